"""One flaw is one finding: the branch that was meant, the misspelled name, the missing thing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.readers.documents import answer, document, operation, read_files, read_tree


def told(tree: Any) -> list[tuple[str, str, str | None]]:
    """Rule, pointer and hint of each finding about *tree*."""
    return [(each.rule, each.place.pointer, each.hint) for each in read_tree(tree).findings]


def test_misspelled_field_is_not_missing_besides() -> None:
    tree = {"openapi": "3.1.0", "inof": {"title": "T", "version": "1"}, "paths": {}}

    assert told(tree) == [("field-unknown", "/inof", "did you mean 'info'?")]


def test_field_that_is_missing_beside_an_unknown_one_is_told() -> None:
    tree = {"openapi": "3.1.0", "whatever": {}, "paths": {}}

    assert [rule for rule, _, _ in told(tree)] == ["field-missing", "field-unknown"]


def test_branch_that_was_meant_is_judged_by_the_type_of_the_value() -> None:
    tree = document(schemas={"A": {"type": "object", "additionalProperties": {"type": "strng"}}})

    assert told(tree) == [
        ("value-not-allowed", "/components/schemas/A/additionalProperties/type", "did you mean 'string'?")
    ]


def test_value_that_fits_no_branch_is_told_what_all_of_them_take() -> None:
    findings = read_tree(document(schemas={"A": {"additionalProperties": 7}})).findings

    assert [each.message for each in findings] == ["7 stands where true or false or a mapping is expected"]


def test_value_that_decides_is_told_the_values_of_all_branches() -> None:
    tree = {"asyncapi": "3.0.0", "info": {"title": "T", "version": "1"}}
    tree |= {"components": {"securitySchemes": {"s": {"type": "oauth3"}}}}

    assert told(tree) == [("value-not-allowed", "/components/securitySchemes/s/type", "did you mean 'oauth2'?")]


def test_list_of_types_is_told_once_with_what_the_version_says_instead() -> None:
    ((rule, pointer, hint),) = told(document(schemas={"A": {"type": ["string", "null"]}}))

    assert (rule, pointer) == ("type-wrong", "/components/schemas/A/type")
    assert hint is not None
    assert "nullable" in hint


def test_schema_that_is_missing_is_told_once_with_all_that_refer_to_it() -> None:
    lost = {"$ref": "#/components/schemas/Lost"}
    paths = {f"/{name}": {"get": operation(name, responses={"200": answer(lost)})} for name in "abc"}

    (finding,) = read_tree(document(paths=paths, schemas={"List": {}})).findings

    assert finding.rule == "reference-unresolved"
    assert finding.message.endswith("(and 2 more references to it)")
    assert len(finding.related) == 2


def test_text_that_is_no_document_is_told_in_its_own_file_with_the_reference_to_it() -> None:
    text = 'openapi: 3.1.0\ninfo: {title: T, version: "1"}\npaths: {}\ncomponents:\n  schemas:\n    A: {$ref: b.yaml}\n'

    (finding,) = read_files({"openapi.yaml": text, "b.yaml": "[1]\n"}).findings

    assert (finding.rule, finding.place.path) == ("not-a-mapping", "b.yaml")
    assert [(each.place.path, each.place.pointer) for each in finding.related] == [
        ("openapi.yaml", "/components/schemas/A/$ref")
    ]


def parameter(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def test_path_parameter_of_another_name_is_one_flaw() -> None:
    paths = {"/a/{userId}": {"get": operation("a", parameters=[parameter("userid")])}}

    assert told(document(paths=paths)) == [
        ("path-parameter-unused", "/paths/~1a~1{userId}/get/parameters/0/name", "did you mean 'userId'?")
    ]


def test_path_is_wrong_where_its_operations_agree() -> None:
    operations = {method: operation(method, parameters=[parameter("id")]) for method in ("get", "put", "delete")}

    assert told(document(paths={"/a/{ib}": operations})) == [
        ("path-parameter-unused", "/paths/~1a~1{ib}", "did you mean 'id'?")
    ]


@pytest.mark.parametrize("declaring, pointer", [([], "/paths/~1a~1{id}"), (["get"], "/paths/~1a~1{id}/put")])
def test_name_in_a_path_is_told_at_the_path_or_at_the_operation_that_lacks_it(
    declaring: list[str], pointer: str
) -> None:
    operations = {
        method: operation(method, parameters=[parameter("id")] if method in declaring else [])
        for method in ("get", "put")
    }

    assert [(rule, where) for rule, where, _ in told(document(paths={"/a/{id}": operations}))] == [
        ("path-parameter-undeclared", pointer)
    ]


def test_security_scheme_in_another_case_is_meant() -> None:
    schemes = {"apiKey": {"type": "apiKey", "name": "X", "in": "header"}}
    tree = document(components={"securitySchemes": schemes}, security=[{"apikey": []}])

    assert told(tree) == [("security-scheme-undefined", "/security/0/apikey", "did you mean 'apiKey'?")]
