"""Hostile documents end in findings: no exception, no long message, no explosion."""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Iterator
from typing import Any, Final

import pytest
from jsonschema_rs import validator_map_for

from tests.readers.documents import answer, contract_of, document, operation, read_tree
from tests.readers.test_agreement import BASE

LONGEST_MESSAGE: Final = 200
KEYS: Final = [
    "$defs", "$ref", "additionalProperties", "allOf", "callbacks", "const", "content", "default",
    "discriminator", "encoding", "enum", "example", "examples", "get", "headers", "in",
    "items", "mapping", "name", "not", "nullable", "oneOf", "parameters", "patternProperties",
    "post", "prefixItems", "properties", "readOnly", "required", "responses", "schema", "security",
    "style", "title", "type", "writeOnly", "x-a", "200",
]  # fmt: skip
VALUES: Final[list[Any]] = [
    None, True, False, 0, -1, 1.5, "", "a", "#", "#/", "#/paths", [], {}, ["a"], [{}], {"a": {}}, "object", "array",
    "#/components/schemas/Pet", "#/components/schemas/Any", "#/components/schemas/Pet/properties/name",
    {"$ref": "#/components/schemas/Cat"}, {"type": "object", "properties": {"a": {"readOnly": True}}},
    [{"$ref": "#/components/schemas/Any"}],
]  # fmt: skip


def pointers(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield from pointers(child, (*path, key))


def lookup(tree: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        tree = tree[step]
    return tree


def damage(tree: Any, chance: random.Random) -> None:
    path = chance.choice(list(pointers(tree))[1:])
    parent, node = lookup(tree, path[:-1]), lookup(tree, path)
    value = copy.deepcopy(chance.choice([chance.choice(VALUES), lookup(tree, chance.choice(list(pointers(tree))))]))
    match chance.randrange(3):
        case 0:
            del parent[path[-1]]
        case 1 if isinstance(node, dict):
            node[chance.choice(KEYS)] = value
        case _:
            parent[path[-1]] = value


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
@pytest.mark.parametrize("seed", range(10))
def test_damaged_documents_are_read_or_refused_but_never_raise(version: str, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(40):
        tree: dict[str, Any] = copy.deepcopy(BASE) | {"openapi": version}
        for _ in range(chance.randint(1, 4)):
            damage(tree, chance)

        reading = read_tree(tree)

        assert all(len(finding.message) <= LONGEST_MESSAGE for finding in reading.findings)
        if reading.contract is not None:
            definitions: dict[str, Any] = {name: d.schema for name, d in reading.contract.definitions.items()}
            validator_map_for({"$defs": definitions})


def both_ways(schemas: dict[str, Any], name: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{name}"}
    return document(
        schemas=schemas, paths={"/a": {"post": operation("a", request=schema, responses={"200": answer(schema)})}}
    )


def test_compositions_that_would_explode_when_expanded_are_read_in_their_size() -> None:
    leaf = {"type": "object", "properties": {"id": {"type": "string", "readOnly": True}}}
    schemas: dict[str, Any] = {
        f"S{level}": {"allOf": [{"$ref": f"#/components/schemas/S{level + 1}"}] * 2} for level in range(40)
    }
    start = time.process_time()

    contract = contract_of(read_tree(both_ways(schemas | {"S40": leaf}, "S0")))

    assert len(contract.definitions) == 2 * 41
    assert time.process_time() - start < 1


@pytest.mark.parametrize("keyword", ["items", "allOf", "properties"])
def test_schemas_nested_as_deeply_as_documents_may_be_are_read(keyword: str) -> None:
    schema: Any = {"type": "object", "properties": {"id": {"readOnly": True}}}
    for _ in range(85):
        schema = {keyword: schema if keyword == "items" else [schema] if keyword == "allOf" else {"a": schema}}

    contract = contract_of(read_tree(both_ways({"Deep": schema}, "Deep")))

    assert "DeepInput" in contract.definitions


def test_names_of_any_length_stay_short() -> None:
    post = operation("x" * 100_000, request={"type": "object", "properties": {"a": {"type": "string"}}})

    contract = contract_of(read_tree(document(paths={"/a": {"post": post}})))

    assert all(len(name) < 150 for name in contract.definitions)
