"""A service and the one that does the opposite of it understand each other, in every real document."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from apictl.contract.contract import Contract
from apictl.contract.events import Direction
from apictl.contract.graph import Graph, Member, graph_of
from apictl.readers.read import read
from apictl.rules.graph.catalogue import judged
from apictl.source.library import Library
from apictl.workspace.fetching import disk_fetch
from tests.corpus.documents import CORPUS, MISSING

_FOLDER = CORPUS / "asyncapi"
_OPPOSITE = {Direction.SEND: Direction.RECEIVE, Direction.RECEIVE: Direction.SEND}


def _contracts() -> list[Contract]:
    if not _FOLDER.is_dir():
        pytest.skip(MISSING)
    found = []
    for path in sorted(each for each in _FOLDER.iterdir() if each.suffix in {".yaml", ".yml", ".json"}):
        reading = read(Library(disk_fetch(Path(_FOLDER).resolve())), path.name, service=path.stem)
        if reading.contract is not None and reading.contract.events is not None:
            found.append(reading.contract)
    return found


def _mirrored(contract: Contract) -> Graph:
    assert contract.events is not None
    turned = tuple(replace(each, direction=_OPPOSITE[each.direction]) for each in contract.events.operations)
    opposite = replace(contract, events=replace(contract.events, operations=turned))
    return graph_of([Member("a", events=contract), Member("b", events=opposite)])


def test_nothing_is_refused_and_nothing_is_orphaned() -> None:
    graphs = {contract.service: _mirrored(contract) for contract in _contracts()}

    assert len(graphs) > 20
    assert {
        name: [each.finding.message for each in judged(graph)] for name, graph in graphs.items() if judged(graph)
    } == {}
    assert [name for name, graph in graphs.items() if not graph.flows] == []
