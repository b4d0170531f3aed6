"""What a document means is consistent: paths, parameters, ids, security, servers, tags."""

from __future__ import annotations

from typing import Any

import pytest

from tests.readers.documents import contract_of, document, errors_of, forgiven_of, operation, read_tree, rules_of


def path_parameter(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def errors(**parts: Any) -> list[tuple[str, str]]:
    return errors_of(read_tree(document(**parts)))


def test_name_in_the_template_that_is_not_declared_is_a_flaw_and_read_as_a_string() -> None:
    reading = read_tree(document(paths={"/a/{id}": {"get": operation("a")}}))

    assert forgiven_of(reading) == [("path-parameter-undeclared", "/paths/~1a~1{id}")]
    assert not reading.is_valid
    contract = contract_of(reading)
    (parameter,) = contract.operations[0].parameters
    assert (parameter.name, parameter.schema, parameter.is_required) == ("id", {"type": "string"}, True)
    source: Any = contract.source
    assert source["paths"]["/a/{id}"]["get"]["parameters"] == [path_parameter("id")]


def test_operation_that_declares_failures_only_succeeds_without_content() -> None:
    reading = read_tree(
        document(paths={"/a": {"get": {"operationId": "a", "responses": {"404": {"description": ""}}}}})
    )

    assert rules_of(reading) == ["response-success-undeclared"]
    contract = contract_of(reading)
    assert [response.status for response in contract.operations[0].responses] == ["404", "204"]
    source: Any = contract.source
    assert set(source["paths"]["/a"]["get"]["responses"]) == {"404", "204"}


def test_operation_behind_a_reference_is_completed_where_it_is_used() -> None:
    item = {"get": {"operationId": "a"}}
    paths, components = {"/a/{id}": {"$ref": "#/components/pathItems/A"}}, {"pathItems": {"A": item}}

    source: Any = contract_of(read_tree(document(version="3.1.0", paths=paths, components=components))).source

    completed = source["paths"]["/a/{id}"]["get"]
    assert [parameter["name"] for parameter in completed["parameters"]] == ["id"]
    assert set(completed["responses"]) == {"204"}


def test_declared_path_parameter_is_in_the_template() -> None:
    paths = {"/a": {"parameters": [path_parameter("id")], "get": operation("a"), "put": operation("b")}}

    assert errors(paths=paths) == [("path-parameter-unused", "/paths/~1a/parameters/0/name")]


def test_webhooks_and_callbacks_have_no_path_for_a_parameter() -> None:
    sold, done = ({"parameters": [path_parameter("id")], "post": operation(name)} for name in ("sold", "done"))
    calling = operation("a", callbacks={"done": {"{$request.query.url}/{id}": done}})

    found = read_tree(document(version="3.1.0", paths={"/a": {"get": calling}}, webhooks={"sold": sold}))

    assert errors_of(found) == [
        ("path-parameter-unused", "/paths/~1a/get/callbacks/done/{$request.query.url}~1{id}/parameters/0/in"),
        ("path-parameter-unused", "/webhooks/sold/parameters/0/in"),
    ]


def test_path_parameters_may_stand_on_either_level() -> None:
    item = {"parameters": [path_parameter("a")], "get": operation("g", parameters=[path_parameter("b")])}

    assert errors(paths={"/{a}/{b}": item}) == []


@pytest.mark.parametrize("path", ["/a/{", "/a/{}", "/{a}/{a}"])
def test_template_has_named_braces_once_each(path: str) -> None:
    found = errors(paths={path: {"get": operation("a", parameters=[path_parameter("a")])}})

    assert ("path-template-malformed", "/paths/" + path.replace("/", "~1")) in found


def test_paths_that_differ_in_names_only_are_one_path_twice() -> None:
    paths = {
        "/a/{x}": {"get": operation("a", parameters=[path_parameter("x")])},
        "/a/{y}": {"get": operation("b", parameters=[path_parameter("y")])},
    }

    assert errors(paths=paths) == [("path-duplicate", "/paths/~1a~1{y}")]


def test_paths_that_differ_in_names_but_share_no_method_are_only_warned_of() -> None:
    paths = {
        "/a/{x}": {"get": operation("a", parameters=[path_parameter("x")])},
        "/a/{y}": {"put": operation("b", parameters=[path_parameter("y")])},
    }

    reading = read_tree(document(paths=paths))

    assert reading.contract is not None
    assert rules_of(reading) == ["path-duplicate"]


@pytest.mark.parametrize("other", ["/a?y=2&x=1", "/a?%78=1&y=2", "/a?x=1&y=2&"])
def test_fixed_queries_of_the_same_pairs_are_the_same_path(other: str) -> None:
    reading = read_tree(document(paths={"/a?x=1&y=2": {"get": operation("a")}, other: {"get": operation("b")}}))

    assert [(finding.rule, finding.place.pointer) for finding in reading.findings] == [
        ("path-duplicate", "/paths/~1a" + other[2:])
    ]


def test_fixed_query_tells_paths_apart() -> None:
    templates = ("/a", "/a?x=1", "/a?x=2", "/a?x", "/a?x=1&y=2", "/a/{?b}")
    paths = {path: {"get": operation(f"o{number}")} for number, path in enumerate(templates)}

    reading = read_tree(document(paths=paths))

    assert [one.path for one in contract_of(reading).operations] == list(templates)
    assert rules_of(reading) == ["path-parameter-undeclared"]


@pytest.mark.parametrize("path", ["/a#b", "/a?x=1#b", "/{id}#"])
def test_fragment_of_a_path_is_an_error_because_no_request_carries_it(path: str) -> None:
    item = {"parameters": [path_parameter("id")] if "{" in path else [], "get": operation("a")}

    assert errors(paths={path: item}) == [("path-fragment", "/paths/~1" + path[1:])]


def test_number_sign_that_is_encoded_or_in_a_name_is_no_fragment() -> None:
    paths = {"/a%23b": {"get": operation("a")}, "/{x#}": {"parameters": [path_parameter("x#")], "get": operation("b")}}

    assert errors(paths=paths) == []


def test_path_parameter_in_a_fixed_query_is_an_error() -> None:
    item = {"parameters": [path_parameter("a"), path_parameter("b")], "get": operation("g")}

    assert errors(paths={"/{a}?x={b}": item}) == [("path-query-parameter", "/paths/~1{a}?x={b}")]


def test_operation_id_used_twice_is_told_with_both_places() -> None:
    finding = read_tree(document(paths={"/a": {"get": operation("x")}, "/b": {"get": operation("x")}})).findings[0]

    assert (finding.rule, finding.place.pointer) == ("operation-id-duplicate", "/paths/~1b/get/operationId")
    assert [related.place.pointer for related in finding.related] == ["/paths/~1a/get/operationId"]


def test_parameter_declared_twice_in_one_list_is_an_error() -> None:
    query = {"name": "q", "in": "query", "schema": {}}
    twice = [query, query | {"description": "again"}]

    found = errors(paths={"/a": {"get": operation("a", parameters=twice)}})

    assert found == [("parameter-duplicate", "/paths/~1a/get/parameters/1")]


def test_security_scheme_that_is_not_declared_is_an_error() -> None:
    assert errors(security=[{"nope": []}]) == [("security-scheme-undefined", "/security/0/nope")]


def test_scope_that_is_not_declared_is_a_warning() -> None:
    flows = {"clientCredentials": {"tokenUrl": "/t", "scopes": {"r": ""}}}
    components = {"securitySchemes": {"o": {"type": "oauth2", "flows": flows}}}

    reading = read_tree(document(components=components, security=[{"o": ["r", "w"]}]))

    assert reading.contract is not None
    assert rules_of(reading) == ["security-scope-undeclared"]


@pytest.mark.parametrize(
    "server, rule",
    [
        ({"url": "https://{h}"}, "server-variable-undeclared"),
        ({"url": "https://{h}", "variables": {"h": {"default": "c", "enum": ["a", "b"]}}}, "server-variable-default"),
    ],
)
def test_server_variables_are_declared_with_a_default_of_their_enum(server: dict[str, Any], rule: str) -> None:
    assert [found for found, _ in errors(servers=[server])] == [rule]


def test_tag_declared_twice_is_an_error() -> None:
    assert errors(tags=[{"name": "a"}, {"name": "a", "description": "x"}]) == [("tag-duplicate", "/tags/1/name")]


def test_required_property_that_is_not_declared_is_a_warning() -> None:
    schema = {"type": "object", "properties": {"a": {}}, "required": ["b"]}

    reading = read_tree(document(schemas={"A": schema}))

    assert reading.contract is not None
    assert [(f.rule, f.place.pointer) for f in reading.findings] == [
        ("required-undeclared", "/components/schemas/A/required/0")
    ]


def test_path_item_reference_with_fields_beside_it_is_refused() -> None:
    paths = {"/a": {"get": operation("a")}, "/b": {"$ref": "#/paths/~1a", "put": operation("b")}}

    assert ("path-item-reference-siblings", "/paths/~1b/put") in errors(paths=paths)
