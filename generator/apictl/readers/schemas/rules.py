"""What a schema must hold beyond its structure, in any dialect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from jsonschema_rs import Draft202012Validator, ValidationError

from apictl.findings import Finding, Place, Related, error, info, warning
from apictl.readers.access import Key, Tree, items, key_of, mapping, reference, text, texts
from apictl.readers.schemas.dialect import Dialect, named_dialect
from apictl.readers.schemas.discriminators import find_property, property_name
from apictl.readers.schemas.graph import SchemaGraph, SchemaNode
from apictl.readers.schemas.keywords import IN_PLACE_LISTED, IN_PLACE_SINGLE, is_annotation, subschemas

DIALECTS_READ: Final = frozenset({
    "https://spec.openapis.org/oas/3.1/dialect/base",
    "https://spec.openapis.org/oas/3.2/dialect/2025-09-17",
    "https://json-schema.org/draft/2020-12/schema",
})  # fmt: skip
LONGEST_PATTERN: Final = 10_000
_SAME_VALUE: Final = frozenset({*IN_PLACE_LISTED, *IN_PLACE_SINGLE, "$ref", "dependentSchemas"})
"""Keywords without which a schema leads to no other that judges the same value."""
_COMPOSITIONS: Final = tuple(sorted(IN_PLACE_LISTED))
_COMPOSED: Final = frozenset({*IN_PLACE_LISTED, "$ref", "patternProperties"})
"""Keywords beside which properties may be declared elsewhere."""


def pattern_uncompilable(graph: SchemaGraph) -> Iterator[Finding]:
    """A pattern is a regular expression of ECMA-262 (JSON Schema 2020-12, Validation, 6.3.3)."""
    seen: dict[str, str | None] = {}
    for place, fields in _saying(graph, "pattern", "patternProperties"):
        patterns = [(place.child("pattern"), text(fields["pattern"]))] if "pattern" in fields else []
        patterns += [
            (place.child("patternProperties", key).key(), key) for key in mapping(fields.get("patternProperties"))
        ]
        for spot, pattern in patterns:
            if pattern not in seen:
                seen[pattern] = _why_uncompilable(pattern)
            if seen[pattern] is not None:
                yield error("pattern-uncompilable", spot, f"{pattern[:60]!r} is no regular expression: {seen[pattern]}")


def schema_cycle(graph: SchemaGraph) -> Iterator[Finding]:
    """No schema is made of itself: judging a value against it would never end (JSON Schema 2020-12, Core, 9.4.1)."""
    state: dict[Key, bool] = {}
    for key, node in graph.schemas.items():
        if key not in state and isinstance(node.value, dict) and not _SAME_VALUE.isdisjoint(node.value):
            yield from _cycles_from(graph, node, state)


def reference_siblings_ignored(graph: SchemaGraph) -> Iterator[Finding]:
    """What stands beside a reference is not applied (OpenAPI 3.0, Reference Object)."""
    for place, fields in _saying(graph, "$ref"):
        if reference(fields) is None or not graph.dialect_at(place).is_reference_alone:
            continue
        beside = [keyword for keyword in fields if keyword != "$ref" and _is_effective(keyword)]
        if beside:
            names = ", ".join(repr(keyword) for keyword in beside)[:100]
            message, hint = f"{names} beside '$ref' is ignored", "put the reference into an 'allOf'"
            yield warning("reference-siblings-ignored", place.child("$ref"), message, hint=hint)


def nullable_ignored(graph: SchemaGraph) -> Iterator[Finding]:
    """A `nullable` has an effect beside a `type` of OpenAPI 3.0 only (OpenAPI 3.0.3, Schema Object)."""
    for place, fields in _saying(graph, "nullable"):
        if fields.get("nullable") is not True or reference(fields) is not None:
            continue
        spot = place.child("nullable")
        if graph.dialect_at(place) is not Dialect.OPENAPI_30:
            hint = "add 'null' to the type"
            yield warning("keyword-of-other-version", spot, "'nullable' is of OpenAPI 3.0 and has no effect", hint=hint)
        elif "type" not in fields and any(keyword in fields for keyword in ("allOf", "oneOf", "anyOf", "enum", "not")):
            message = (
                "by the letter of OpenAPI 3.0.3, 'nullable' without 'type' allows no null; it is read as if it did"
            )
            yield info("nullable-without-type", spot, message, hint="add the type")


def enum_empty(graph: SchemaGraph) -> Iterator[Finding]:
    """An `enum` should list at least one value (JSON Schema 2020-12, Validation, 6.1.2)."""
    for place, fields in _saying(graph, "enum"):
        if fields.get("enum") == []:
            message = "'enum' lists no value, so that none would be valid; it is read as if it were not there"
            yield warning("enum-empty", place.child("enum"), message, hint="list the values, or remove it")


def keyword_unsupported(graph: SchemaGraph) -> Iterator[Finding]:
    """Dynamic references, foreign dialects and rebased references are not resolved."""
    for place, fields in _saying(graph, "$dynamicRef", "$recursiveRef", "$schema", "$id"):
        if graph.dialect_at(place) is Dialect.OPENAPI_30:
            continue
        if "$dynamicRef" in fields:
            spot = place.child("$dynamicRef")
            yield error("schema-keyword-unsupported", spot, "'$dynamicRef' is not supported", hint="use '$ref'")
        if "$recursiveRef" in fields:
            message = "'$recursiveRef' is of JSON Schema 2019-09 and has no effect"
            yield warning("keyword-of-other-version", place.child("$recursiveRef"), message, hint="use '$ref'")
        dialect = fields.get("$schema")
        is_own = named_dialect(dialect) is graph.dialect_at(place)
        if isinstance(dialect, str) and not is_own and dialect.rstrip("#") not in DIALECTS_READ:
            message = f"dialect {dialect[:80]!r} is not supported"
            yield error("schema-dialect-unsupported", place.child("$schema"), message)
        if isinstance(fields.get("$id"), str) and _is_rebased(place, fields):
            message = "'$id' changes what references below it mean, which is not supported"
            yield error("schema-keyword-unsupported", place.child("$id"), message, hint="remove '$id'")


def required_undeclared(graph: SchemaGraph) -> Iterator[Finding]:
    """What is required is declared, where the schema declares properties."""
    for place, fields in _saying(graph, "required"):
        properties = mapping(fields.get("properties"))
        is_composed = not _COMPOSED.isdisjoint(fields)
        if not properties or is_composed or isinstance(fields.get("additionalProperties"), dict):
            continue
        for index, name in enumerate(texts(fields.get("required"))):
            if name not in properties:
                spot = place.child("required", index)
                yield warning("required-undeclared", spot, f"property {name[:60]!r} is required but not declared")


def discriminator_property_undeclared(graph: SchemaGraph) -> Iterator[Finding]:
    """Each branch of a discriminated union declares the property (OpenAPI 3.1, Discriminator Object)."""
    for place, fields in _saying(graph, "discriminator"):
        name = property_name(fields) if "discriminator" in fields else ""
        if not name or "defaultMapping" in mapping(fields["discriminator"]):  # then it may be missing (OpenAPI 3.2)
            continue
        for keyword in ("oneOf", "anyOf"):
            for index, branch in enumerate(items(fields.get(keyword))):
                spot = place.child(keyword, index)
                node = SchemaNode(spot, branch)
                if reference(branch) is not None and find_property(graph, node, name) is None:
                    message = f"discriminating property {name[:60]!r} is not declared by this branch"
                    yield warning("discriminator-property-undeclared", spot, message)


def composition_empty(graph: SchemaGraph) -> Iterator[Finding]:
    """A composition has a branch (JSON Schema 2020-12, Core, 10.2.1)."""
    for place, fields in _saying(graph, *_COMPOSITIONS):
        for keyword in _COMPOSITIONS:
            if fields.get(keyword) == []:
                meant = "anything" if keyword == "allOf" else "nothing"
                hint = f"read as: {meant} is allowed"
                yield warning("composition-empty", place.child(keyword), f"{keyword!r} has no branch", hint=hint)


def array_items_missing(graph: SchemaGraph) -> Iterator[Finding]:
    """An array says what it holds (OpenAPI 3.0, Schema Object, items)."""
    for place, fields in _saying(graph, "type"):
        if fields.get("type") == "array" and "items" not in fields and graph.dialect_at(place) is Dialect.OPENAPI_30:
            yield warning("array-items-missing", place, "an array has no 'items'", hint="items: {} allows everything")


def _saying(graph: SchemaGraph, *keywords: str) -> Iterator[tuple[Place, Tree]]:
    """Yield the schemas that have one of *keywords*, in the order of reading."""
    found = graph.saying.get(keywords[0], []) if len(keywords) == 1 else _merged(graph, keywords)
    for node in found:
        yield node.place, mapping(node.value)


def _merged(graph: SchemaGraph, keywords: Iterable[str]) -> Iterable[SchemaNode]:
    nodes = {key_of(node.place): node for keyword in keywords for node in graph.saying.get(keyword, ())}
    if len(nodes) < 2:  # noqa: PLR2004 - nothing to put into order
        return nodes.values()
    return [node for key, node in graph.schemas.items() if key in nodes]


def _why_uncompilable(pattern: str) -> str | None:
    if len(pattern) > LONGEST_PATTERN:
        return f"longer than {LONGEST_PATTERN} characters"
    try:
        Draft202012Validator({"pattern": pattern})
    except (ValidationError, ValueError):
        return "it does not compile"
    return None


def _is_effective(keyword: str) -> bool:
    return keyword in {"readOnly", "writeOnly", "default"} or not is_annotation(keyword)


def _is_rebased(place: Place, fields: Tree) -> bool:
    """Whether the `$id` of a schema gives a reference another meaning; one within a file of its own stays there."""
    stack = [fields]
    while stack:
        node = stack.pop()
        target = reference(node)
        if target is not None and (place.pointer or not target.startswith("#")):
            return True
        stack.extend(child for _, child in subschemas(node) if isinstance(child, dict))
    return False


def _cycles_from(graph: SchemaGraph, start: SchemaNode, state: dict[Key, bool]) -> Iterator[Finding]:
    """Depth first through the schemas that judge the same value; a node still open is met again in a cycle."""
    stack: list[tuple[SchemaNode, Iterator[SchemaNode]]] = [(start, _same_value(graph, start))]
    state[key_of(start.place)] = False
    while stack:
        node, below = stack[-1]
        child = next(below, None)
        if child is None:
            state[key_of(node.place)] = True
            stack.pop()
            continue
        is_done = state.get(key_of(child.place))
        if is_done is None:
            state[key_of(child.place)] = False
            stack.append((child, _same_value(graph, child)))
        elif not is_done:
            members = [entry for entry, _ in stack]
            first = next(index for index, entry in enumerate(members) if entry.place == child.place)
            yield _cycle(members[first:])


def _cycle(members: list[SchemaNode]) -> Finding:
    related = tuple(Related("through here", member.place) for member in members[1:])
    holder = next((member for member in members if reference(member.value) is not None), members[0])
    return error("reference-cycle", holder.place.child("$ref"), "a schema is made of itself", related=related)


def _same_value(graph: SchemaGraph, node: SchemaNode) -> Iterator[SchemaNode]:
    fields = mapping(node.value)
    target = graph.target(node.place) if reference(fields) is not None else None
    if target is not None:
        yield target
        if graph.dialect_at(node.place).is_reference_alone:
            return
    for keyword in IN_PLACE_LISTED & fields.keys():
        for index in range(len(items(fields[keyword]))):
            yield graph.schemas[key_of(node.place.child(keyword, index))]
    for keyword in IN_PLACE_SINGLE & fields.keys():
        yield graph.schemas[key_of(node.place.child(keyword))]
    for name in mapping(fields.get("dependentSchemas")):
        yield graph.schemas[key_of(node.place.child("dependentSchemas", name))]
