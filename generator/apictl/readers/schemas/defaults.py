"""Defaults: each one fits the schema it stands in, or is not taken over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from jsonschema_rs import Draft202012Validator

from apictl.contract.definition import Definition
from apictl.contract.schema import JsonValue, Schema, reachable_names
from apictl.findings import Finding, Place, warning
from apictl.readers.access import Tree
from apictl.readers.schemas.convert import Defaulted


def default_findings(defaults: Sequence[Defaulted], definitions: Mapping[str, Definition]) -> Iterator[Finding]:
    """Yield a finding for each default that its schema refuses, and take the default out of that schema."""
    schemas = {name: definition.schema for name, definition in definitions.items()}
    seen: set[Place] = set()
    for defaulted in defaults:
        value = defaulted.schema["default"]
        if _validator(defaulted.schema, schemas).is_valid(value):
            continue
        del defaulted.schema["default"]
        if defaulted.place not in seen:
            seen.add(defaulted.place)
            message = f"default {_shown(value)} does not fit its schema"
            yield warning("default-mismatch", defaulted.place.child("default"), message, hint="the default is not used")


def _validator(schema: Tree, schemas: Mapping[str, Schema]) -> Draft202012Validator:
    needed: Tree = {name: _plain(schemas[name]) for name in reachable_names(schema, schemas)}
    return Draft202012Validator({**schema, "$defs": needed} if needed else schema, validate_formats=False)


def _plain(schema: Schema) -> JsonValue:
    return schema if isinstance(schema, bool) else dict(schema)


def _shown(value: JsonValue) -> str:
    shown = repr(value)
    return shown if len(shown) <= 40 else shown[:39] + "…"  # noqa: PLR2004
