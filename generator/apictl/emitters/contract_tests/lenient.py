"""Bodies a step away from a valid one that no random walk is sure to find: what the service's readers let pass."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from apictl.contract.definition import Definition
from apictl.contract.samples import Sampler, Unsatisfiable
from apictl.contract.schema import JsonValue, Schema, as_schema, reference_name

_DEPTH_LIMIT = 20


def lenient_bodies(
    schema: Schema, body: JsonValue, scope: tuple[Sampler, Mapping[str, Definition]]
) -> Iterator[tuple[str, JsonValue]]:
    """Yield what a lenient service may accept in place of *body*, and what is wrong with it.

    A property that is readOnly: the view of a request forbids it, its schema is `false` (OpenAPI 3.1, readOnly).
    A number or boolean written as text: "5" for 5.
    """
    if not isinstance(body, dict):
        return
    sampler, definitions = scope
    for name, property_schema in _properties(schema, definitions, 0).items():
        if property_schema is False and name not in body:
            yield f"body: property {name!r} is readOnly", {**body, name: "set by the caller"}
        value = body.get(name, _sample(sampler, property_schema))
        if isinstance(value, bool | int | float):
            yield f"body: {name!r} is a text, not a value", {**body, name: json.dumps(value)}


def _sample(sampler: Sampler, schema: Schema) -> JsonValue:
    try:
        return sampler.sample(schema)
    except Unsatisfiable:
        return None


def _properties(schema: Schema, definitions: Mapping[str, Definition], depth: int) -> dict[str, Schema]:
    """Return the properties of *schema*, through references and `allOf`; where several say something, the last."""
    if isinstance(schema, bool) or depth > _DEPTH_LIMIT:
        return {}
    found: dict[str, Schema] = {}
    referred = reference_name(schema)
    if referred is not None and referred in definitions:
        found |= _properties(definitions[referred].schema, definitions, depth + 1)
    branches = schema.get("allOf")
    for branch in branches if isinstance(branches, list) else ():
        found |= _properties(as_schema(branch), definitions, depth + 1)
    declared = schema.get("properties")
    if isinstance(declared, dict):
        found |= {name: as_schema(each) for name, each in declared.items()}
    return found
