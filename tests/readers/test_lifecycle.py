"""What a document says about how long an operation or parameter stays."""

from __future__ import annotations

from typing import Any

import pytest

from tests.readers.documents import contract_of, document, operation, read_text, read_tree


def first(path: dict[str, Any], **more: Any) -> Any:
    return contract_of(read_tree(document(paths={"/a": path}, **more))).operations[0]


def test_sunset_and_stability_are_read_as_written() -> None:
    found = first({"get": operation("a", **{"x-sunset": "2030-01-31", "x-stability-level": "beta"})})

    assert (found.sunset, found.stability) == ("2030-01-31", "beta")


@pytest.mark.parametrize("value, expected", [(1, "1"), ({"a": 1}, '{"a": 1}'), (None, ""), ([], "[]")])
def test_sunset_that_is_no_text_is_read_as_json(value: Any, expected: str) -> None:
    assert first({"get": operation("a", **{"x-sunset": value})}).sunset == expected


def test_date_of_yaml_is_text() -> None:
    text = """
        openapi: 3.0.3
        info: {title: Pets, version: '1'}
        paths: {/a: {get: {x-sunset: 2030-01-31, responses: {'204': {description: ''}}}}}
    """

    assert contract_of(read_text(text)).operations[0].sunset == "2030-01-31"


def test_parameter_has_a_life_of_its_own() -> None:
    query = {"name": "q", "in": "query", "schema": {}, "x-sunset": "2030-01-31", "x-stability-level": "alpha"}

    [found] = first({"get": operation("a", parameters=[query])}).parameters

    assert (found.sunset, found.stability) == ("2030-01-31", "alpha")


def test_tags_are_kept_all() -> None:
    assert first({"get": operation("a", tags=["x", "y"])}).tags == ("x", "y")


def test_derived_id_is_told_from_a_declared_one() -> None:
    assert first({"get": operation("a")}).has_declared_id
    assert not first({"get": operation("a") | {"operationId": ""}}).has_declared_id


def test_security_stands_in_the_operation_or_in_the_document() -> None:
    schemes = {"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}}}
    asked: list[Any] = [{"key": []}]

    own = first({"get": operation("a", security=asked)}, components=schemes, security=[])
    inherited = first({"get": operation("a")}, components=schemes, security=asked)
    none = first({"get": operation("a")}, components=schemes)

    assert own.security_place.pointer == "/paths/~1a/get/security"
    assert inherited.security_place.pointer == "/security"
    assert none.security_place is None
