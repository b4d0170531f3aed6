"""What the contract tests change in a contract before schemathesis reads it."""

from __future__ import annotations

from typing import Any

import pytest

from apictl.support.contract_testing.plain_contract import say_plainly

CAT = "#/components/schemas/Cat"
DOG = "#/components/schemas/Dog"


def _said(pet: dict[str, Any], version: str = "3.1.0", **schemas: Any) -> Any:
    contract: dict[str, Any] = {"openapi": version, "components": {"schemas": {"Pet": pet, **schemas}}}
    say_plainly(contract)
    return contract["components"]["schemas"]["Pet"]


def test_values_that_the_branches_name_are_mapped_to_them() -> None:
    pet = {"oneOf": [{"$ref": CAT}, {"$ref": DOG}], "discriminator": {"propertyName": "kind"}}
    cat = {"properties": {"kind": {"const": "cat"}}}
    dog = {"allOf": [{"properties": {"kind": {"$ref": "#/components/schemas/DogKind"}}}]}

    said = _said(pet, Cat=cat, Dog=dog, DogKind={"enum": ["dog", "wolf"]})

    assert said["discriminator"]["mapping"] == {"cat": CAT, "dog": DOG, "wolf": DOG}


def test_what_the_contract_maps_stays() -> None:
    discriminator = {"propertyName": "kind", "mapping": {"cat": DOG}}

    said = _said(
        {"oneOf": [{"$ref": CAT}], "discriminator": discriminator}, Cat={"properties": {"kind": {"const": "cat"}}}
    )

    assert said["discriminator"] == discriminator


def test_branches_that_name_no_value_go_by_their_own_names() -> None:
    pet = {"anyOf": [{"$ref": CAT}], "discriminator": {"propertyName": "kind"}}

    said = _said(pet, Cat={"properties": {"kind": {"type": "string"}}, "oneOf": [{"$ref": CAT}]})

    assert "mapping" not in said["discriminator"]


def test_headers_that_openapi_has_ignored_are_no_parameters() -> None:
    kept = {"name": "X-Trace", "in": "header"}
    named = {name: {"name": name, "in": "header"} for name in ("Accept", "content-type", "Authorization")}
    shared = {"$ref": "#/components/parameters/Accept"}
    query = {"name": "accept", "in": "query"}
    item = {"parameters": [shared, kept], "get": {"parameters": [*named.values(), query]}}
    contract: dict[str, Any] = {"openapi": "3.0.3", "paths": {"/": item}, "components": {"parameters": named}}

    say_plainly(contract)

    assert contract["paths"]["/"] == {"parameters": [kept], "get": {"parameters": [query]}}


@pytest.mark.parametrize(
    "keyword, said", [("oneOf", {"type": "integer", "not": {}}), ("anyOf", {"type": "integer", "not": {}}),
                      ("allOf", {"type": "integer"})]
)  # fmt: skip
def test_composition_without_a_branch_is_said_in_words_that_are_no_flaw(keyword: str, said: dict[str, Any]) -> None:
    assert _said({"type": "integer", keyword: []}) == said


def test_enum_that_lists_nothing_says_nothing() -> None:
    assert _said({"type": "string", "enum": []}) == {"type": "string"}


def test_a_name_that_is_required_twice_is_required_once() -> None:
    assert _said({"required": ["name", "id", "name"]}) == {"required": ["name", "id"]}


def test_nullable_says_nothing_since_3_1() -> None:
    pet = {"type": "object", "nullable": True, "properties": {"nullable": {"type": "string", "nullable": True}}}

    assert _said(pet) == {"type": "object", "properties": {"nullable": {"type": "string"}}}


def test_nullable_of_3_0_stays() -> None:
    assert _said({"type": "string", "nullable": True}, "3.0.3") == {"type": "string", "nullable": True}


def test_whether_a_parameter_is_required_stays() -> None:
    parameter = {"in": "query", "required": True, "schema": {"required": ["a", "a"]}}
    contract = {"openapi": "3.1.0", "paths": {"/pets": {"parameters": [parameter]}}}

    say_plainly(contract)

    assert parameter == {"in": "query", "required": True, "schema": {"required": ["a"]}}
