"""What a check says of traffic: judgements as statements."""

from __future__ import annotations

import dataclasses
from typing import Final

from apictl.contract.schema import JsonValue
from apictl.report.diff.example import marked_line
from apictl.report.statement import Statement, statement_of
from apictl.rules.graph.judgement import Judgement

_WIDTH: Final = 200


def statement_of_traffic(judgement: Judgement) -> Statement:
    """Return *judgement* with what shows it, and who is hit by it."""
    told = statement_of(judgement.finding, judgement.finding.place)
    details = []
    if judgement.proof is not None:
        line = marked_line(judgement.proof.value, judgement.proof.path, width=_WIDTH)
        details.append(f"may be sent, is refused: {line.text}")
    if judgement.call is not None:
        properties: dict[str, JsonValue] = {"consumers": [judgement.call.consumer]}
        told = dataclasses.replace(told, suite=judgement.call.provider, properties=properties)
    elif judgement.flow is not None:
        told = dataclasses.replace(told, suite=judgement.flow.sender.service)
    return dataclasses.replace(told, details=(*details, *told.details))
