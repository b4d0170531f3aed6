"""What is wrong in a document's structure is said at its place, in the words of its cause."""

from __future__ import annotations

from typing import Any

import pytest

from tests.readers.documents import answer, document, errors_of, operation, read_text, read_tree

VERSIONS = pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])


def messages_of(tree: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(f.rule, f.place.pointer, f.message) for f in read_tree(tree).findings]


@VERSIONS
def test_unknown_field_is_named_with_the_one_that_was_meant(version: str) -> None:
    tree = document(version=version, paths={"/a": {"get": operation("a", sumary="x")}})

    finding = read_tree(tree).findings[0]

    assert (finding.rule, finding.place.pointer) == ("field-unknown", "/paths/~1a/get/sumary")
    assert finding.place.on_key
    assert finding.hint == "did you mean 'summary'?"


@VERSIONS
@pytest.mark.parametrize("paths", [[], None, "x"])
def test_wrong_type_is_told_with_both_types(version: str, paths: Any) -> None:
    tree = document(version=version) | {"paths": paths}

    ((rule, pointer, message),) = messages_of(tree)

    assert (rule, pointer) == ("type-wrong", "/paths")
    assert message.endswith("stands where a mapping is expected")


@VERSIONS
def test_missing_field_is_told_at_its_owner(version: str) -> None:
    tree = document(version=version) | {"info": {"title": "x"}}

    assert messages_of(tree) == [("field-missing", "/info", "'version' is missing")]


@VERSIONS
def test_path_without_a_slash_is_told_at_its_key(version: str) -> None:
    tree = document(version=version, paths={"a": {"get": operation("a")}})

    assert errors_of(read_tree(tree)) == [("path-without-slash", "/paths/a")]


@VERSIONS
def test_error_in_one_branch_of_a_union_is_told_inside_the_branch(version: str) -> None:
    schema = {"oneOf": [{"type": "string"}, {"type": "object", "properties": {"a": {"type": "strin"}}}]}

    ((rule, pointer, message),) = messages_of(document(version=version, schemas={"A": schema}))

    assert pointer == "/components/schemas/A/oneOf/1/properties/a/type"
    assert "strin" in message
    assert rule == "value-not-allowed"


@VERSIONS
def test_parameter_in_a_path_that_is_not_required_is_one_error(version: str) -> None:
    parameter = {"name": "p", "in": "path", "schema": {"type": "string"}}
    tree = document(version=version, paths={"/a/{p}": {"get": operation("a", parameters=[parameter])}})

    assert messages_of(tree) == [("field-missing", "/paths/~1a~1{p}/get/parameters/0", "'required' is missing")]


@VERSIONS
@pytest.mark.parametrize(
    "parts, message",
    [
        ({}, "exactly one of 'content' and 'schema' is required"),
        ({"schema": {}, "content": {"a/b": {}}}, "'schema' and 'content' exclude each other"),
    ],
)
def test_parameter_has_either_schema_or_content(version: str, parts: dict[str, Any], message: str) -> None:
    parameter = {"name": "p", "in": "query"} | parts
    tree = document(version=version, paths={"/a": {"get": operation("a", parameters=[parameter])}})

    place = "/paths/~1a/get/parameters/0"

    assert {(pointer, said) for _, pointer, said in messages_of(tree)} <= {
        (place, message),
        (place, "exactly one of 'content' and 'schema' is required"),
    }
    assert errors_of(read_tree(tree))


@VERSIONS
def test_security_scheme_is_judged_as_the_type_it_says(version: str) -> None:
    components = {"securitySchemes": {"k": {"type": "apiKey", "in": "header"}}}

    assert messages_of(document(version=version, components=components)) == [
        ("field-missing", "/components/securitySchemes/k", "'name' is missing")
    ]


@VERSIONS
def test_name_of_a_component_is_judged(version: str) -> None:
    assert errors_of(read_tree(document(version=version, schemas={"a b": {"type": "string"}}))) == [
        ("component-name", "/components/schemas/a b")
    ]


@VERSIONS
def test_status_that_is_none_is_told(version: str) -> None:
    responses = {"20": {"description": ""}, "200": {"description": ""}}
    tree = document(version=version, paths={"/a": {"get": operation("a", responses=responses)}})

    assert errors_of(read_tree(tree)) == [("status-unknown", "/paths/~1a/get/responses/20")]


@VERSIONS
def test_all_errors_are_told_in_one_run(version: str) -> None:
    schemas = {f"S{number}": {"properties": ["x"]} for number in range(50)}

    assert len(errors_of(read_tree(document(version=version, schemas=schemas)))) == 50


def test_long_values_are_not_echoed() -> None:
    tree = document() | {"paths": "x" * 5000}

    assert all(len(message) <= 200 for _, _, message in messages_of(tree))


@pytest.mark.parametrize(
    "line, rule, pointer",
    [
        ("openapi: 4.0.0", "version-unsupported", "/openapi"),
        ("openapi: 3.3.0", "version-unsupported", "/openapi"),
        ("openapi: 2.0.0", "version-unsupported", "/openapi"),
        ("openapi: 3.1", "version-not-a-string", "/openapi"),
        ("swagger: '2.1'", "version-unsupported", "/swagger"),
        ("swagger: '1.2'", "version-unsupported", "/swagger"),
        ("swagger: 2.0", "version-not-a-string", "/swagger"),
        ("swagger: [2]", "version-unsupported", "/swagger"),
        ("asyncapi: 1.2.0", "version-unsupported", "/asyncapi"),
        ("title: x", "version-missing", ""),
    ],
)
def test_what_is_not_read_is_told_by_its_version(line: str, rule: str, pointer: str) -> None:
    reading = read_text(line + "\ninfo: {title: x, version: '1'}\npaths: {}\n")

    assert errors_of(reading) == [(rule, pointer)]
    assert reading.contract is None


@VERSIONS
def test_reference_to_another_kind_of_object_names_both_kinds(version: str) -> None:
    components = {"parameters": {"P": {"name": "p", "in": "query", "schema": {"type": "string"}}}}
    responses = {"200": answer({"$ref": "#/components/parameters/P"})}
    paths = {"/a": {"get": operation("a", responses=responses)}}

    found = messages_of(document(version=version, paths=paths, components=components))

    assert found == [
        (
            "reference-wrong-kind",
            "/paths/~1a/get/responses/200/content/application~1json/schema/$ref",
            "a schema is expected here, the reference leads to a parameter",
        )
    ]


@VERSIONS
@pytest.mark.parametrize("section", ["parameters", "responses", "requestBodies", "headers", "callbacks", "examples"])
def test_component_that_only_refers_to_itself_is_a_cycle(version: str, section: str) -> None:
    components = {section: {"A": {"$ref": f"#/components/{section}/B"}, "B": {"$ref": f"#/components/{section}/A"}}}

    found = errors_of(read_tree(document(version=version, components=components)))

    assert found == [("reference-cycle", f"/components/{section}/A/$ref")]
