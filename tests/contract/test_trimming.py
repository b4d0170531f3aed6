"""A contract with less in it: only what the operations that are left need, in the document it serves, too."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from apictl.contract.contract import Contract
from apictl.contract.operation import Operation
from apictl.contract.trimming import Filter, Selection, trimmed
from apictl.readers.read import read
from apictl.source.library import DocumentMissing, Library

ROOT = Path(__file__).parents[2]
CORPUS = Path(os.environ.get("APICTL_CORPUS", ROOT.parent / "shared" / "corpus")) / "openapi"

SHOP = """
openapi: 3.1.0
info: {title: Shop, version: '1'}
tags: [{name: pets}, {name: shops}]
paths:
  /pets/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: getPet
      tags: [pets]
      responses:
        '200':
          description: .
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
          links: {shop: {operationId: getShop}, again: {operationId: getPet}}
    put:
      operationId: setPet
      tags: [pets]
      security: [{key: []}]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/NewPet'}}}}
      responses: {'204': {description: .}}
  /shops:
    get:
      operationId: getShop
      tags: [shops]
      responses: {'200': {description: ., content: {application/json: {schema: {$ref: '#/components/schemas/Shop'}}}}}
  /copies:
    get:
      operationId: getCopy
      responses: {'200': {$ref: '#/paths/~1shops/get/responses/200'}}
components:
  securitySchemes: {key: {type: apiKey, name: k, in: header}}
  schemas:
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}]
      discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat'}}
    Cat: {type: object, required: [kind], properties: {kind: {const: cat}, friend: {$ref: '#/components/schemas/Pet'}}}
    NewPet: {type: object, properties: {name: {type: string}}}
    Shop: {type: object, properties: {pets: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}
    Unused: {type: object, properties: {x: {type: string}}}
"""


def contract(text: str = SHOP) -> Contract:
    found = read(Library(lambda _: text.encode()), "openapi.yaml", service="shop").contract
    assert found is not None
    return found


def left(*ids: str) -> Contract:
    return trimmed(contract(), lambda operation: operation.id in ids)


def source(found: Contract) -> Mapping[str, Any]:
    return found.source


def test_schemas_that_nobody_needs_any_more_leave() -> None:
    assert set(left("getPet").definitions) == {"Pet", "Cat"}
    assert set(left("setPet").definitions) == {"NewPet"}
    assert set(source(left("getPet"))["components"]["schemas"]) == {"Pet", "Cat"}
    assert "components" not in source(left())
    assert source(left())["paths"] == {}


def test_security_schemes_and_tags_that_nobody_needs_any_more_leave() -> None:
    found = left("getPet")

    assert (set(found.security_schemes), [tag.name for tag in found.tags]) == (set(), ["pets"])
    assert set(left("setPet").security_schemes) == {"key"}
    assert source(left("setPet"))["components"]["securitySchemes"].keys() == {"key"}
    assert source(found)["tags"] == [{"name": "pets"}]


def test_other_operation_of_the_path_leaves_and_what_they_share_stays() -> None:
    item = source(left("setPet"))["paths"]["/pets/{id}"]

    assert item.keys() == {"parameters", "put"}


def test_links_to_what_left_leave() -> None:
    found = left("getPet")

    assert [link.name for link in found.operations[0].responses[0].links] == ["again"]
    assert source(found)["paths"]["/pets/{id}"]["get"]["responses"]["200"]["links"].keys() == {"again"}


def test_what_an_operation_that_left_is_referred_to_for_stands_where_it_is_needed() -> None:
    found = left("getCopy")

    copied = source(found)["paths"]["/copies"]["get"]["responses"]["200"]
    assert copied["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Shop"}
    assert set(source(found)["components"]["schemas"]) == {"Shop", "Pet", "Cat"}


def test_nothing_changes_where_everything_stays_but_what_nobody_needed() -> None:
    whole = contract()

    found = trimmed(whole, lambda _: True)

    assert found.operations == whole.operations
    assert source(found)["paths"] == whole.source["paths"]
    assert set(whole.definitions) - set(found.definitions) == {"Unused"}


@pytest.mark.parametrize(
    "filter_, ids",
    [
        (Filter(Selection(tags=("pets",))), ["getPet", "setPet"]),
        (Filter(Selection(operations=("getShop",), paths=("/pets/*",))), ["getPet", "setPet", "getShop"]),
        (Filter(exclude=Selection(paths=("/pets/*",))), ["getShop", "getCopy"]),
        (Filter(Selection(tags=("pets",)), Selection(operations=("setPet",))), ["getPet"]),
        (Filter(), ["getPet", "setPet", "getShop", "getCopy"]),
    ],
)
def test_filter_keeps_what_is_included_and_not_excluded(filter_: Filter, ids: list[str]) -> None:
    assert [each.id for each in contract().operations if filter_.keeps(each)] == ids


def test_what_a_selection_names_in_vain_is_told() -> None:
    chosen = Selection(tags=("pets", "pet"), operations=("getpet",), paths=("/pets", "/shops"))

    assert [*chosen.idle(contract().operations)] == [
        ("tags", 1, "pet"),
        ("operations", 0, "getpet"),
        ("paths", 0, "/pets"),
    ]


def documents() -> list[Path]:
    found = [*ROOT.glob("specs/*/openapi.yaml"), *(CORPUS.glob("*.yaml") if CORPUS.is_dir() else ())]
    return sorted(path for path in found if path.stat().st_size < 60_000 and "swagger" not in path.name)


@pytest.mark.parametrize("path", documents(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_trimmed_document_is_a_document_with_those_operations_and_no_other(path: Path) -> None:
    whole = _read(path)

    for kept in _halves(whole.operations):
        found = trimmed(whole, partial(_is_kept, kept))

        again = read(Library(partial(_served, found)), "openapi.json", service="shop")
        assert again.contract is not None, again.findings
        assert {each.id for each in again.contract.operations if each.has_declared_id} == {
            each.id for each in found.operations if each.has_declared_id
        }
        assert len(again.contract.operations) == len(found.operations)
        assert set(found.definitions) <= set(whole.definitions)


def _halves(operations: tuple[Operation, ...]) -> list[set[str]]:
    ids = [each.id for each in operations]
    return [set(ids[::2]), set(ids[1::2]), set(ids[:1])]


def _read(path: Path) -> Contract:
    if path.is_relative_to(ROOT):
        base, folder = path.relative_to(ROOT).as_posix(), ROOT
    else:
        base, folder = path.name, path.parent

    def fetch(asked: str) -> bytes:
        if not (folder / asked).is_file():
            raise DocumentMissing(asked)
        return (folder / asked).read_bytes()

    found = read(Library(fetch), base, service="shop").contract
    assert found is not None
    return found


def _is_kept(kept: set[str], operation: Operation) -> bool:
    return operation.id in kept


def _served(found: Contract, _: str) -> bytes:
    return json.dumps(dict(found.source), default=str).encode()
