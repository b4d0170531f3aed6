"""Why a value is refused, in one line."""

from __future__ import annotations

from collections.abc import Mapping

from apictl.contract.schema import JsonValue, Schema
from apictl.contract.values.judge import Judge, Unjudgeable

_LONGEST = 160


class Reasons:
    """Tells what the schemas of a contract have against a value."""

    def __init__(self, definitions: Mapping[str, Schema]) -> None:
        """Judge by *definitions*."""
        self._judge = Judge(definitions)

    def of(self, schema: Schema, value: JsonValue) -> str:
        """Return the first reason why *schema* refuses *value*."""
        try:
            flaw = next(iter(self._judge.validator(schema).iter_errors(value)), None)
        except (Unjudgeable, ValueError):
            flaw = None
        if flaw is None:
            return "it is refused by its schema"
        where = "/".join(str(step) for step in flaw.instance_path)
        text = " ".join(f"{where}: {flaw.message}".removeprefix(": ").split())
        return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
