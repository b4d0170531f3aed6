"""The canonical form of a schema: contradictions worked out, `not` and `allOf` multiplied in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import jsonschema_rs
from jsonschema_rs.canonical import CanonicalizationError, Satisfiability

from apictl.contract.schema import JsonValue, Schema, reachable_names, walk_subschemas

_CLOSURE_LIMIT: Final = 40
"""Most definitions that a schema may reach: past that it takes seconds and decides little."""
_BRANCH_LIMIT: Final = 60
"""Most branches of alternatives in all: the library's time grows with their cube, 200 take seven seconds."""


@dataclass(frozen=True, slots=True)
class CanonicalForm:
    """A schema in canonical form.

    Attributes:
        schema: an equivalent one; its references lead to `definitions`.
        definitions: by name.
        is_empty: it is proved that no value satisfies it.
    """

    schema: Schema
    definitions: Mapping[str, Schema]
    is_empty: bool


def canonical_form(schema: Schema, definitions: Mapping[str, Schema]) -> CanonicalForm | None:
    """Return the canonical form of *schema*; None when it can't be had."""
    names = reachable_names(schema, definitions)
    if isinstance(schema, bool) or len(names) > _CLOSURE_LIMIT:
        return None
    document: dict[str, JsonValue] = {**schema, "$defs": {name: _plain(definitions[name]) for name in names}}
    if _branches(document) > _BRANCH_LIMIT:
        return None
    try:
        canonical = jsonschema_rs.canonicalize(document, draft=20, validate_formats=True, offline=True)
        is_empty = canonical.satisfiability() == Satisfiability.NO
        # The library answers with decimals too: through text they become plain JSON.
        form: JsonValue = json.loads(json.dumps(canonical.to_json_schema(), default=float))
    except (ValueError, CanonicalizationError):
        return None
    if not isinstance(form, dict):
        return CanonicalForm(not is_empty, {}, is_empty)
    inner = form.get("$defs")
    named = (
        {name: each for name, each in inner.items() if isinstance(each, dict | bool)} if isinstance(inner, dict) else {}
    )
    return CanonicalForm(form, named, is_empty)


def _branches(schema: Schema) -> int:
    """Return how many branches `anyOf` and `oneOf` have in *schema*, all levels together."""
    return sum(
        len(branches)
        for _, each in walk_subschemas(schema)
        if isinstance(each, Mapping)
        for branches in (each.get("anyOf"), each.get("oneOf"))
        if isinstance(branches, list)
    )


def _plain(schema: Schema) -> JsonValue:
    return schema if isinstance(schema, bool) else dict(schema)
