"""Operations carry everything the document says of them, its defaults filled in."""

from __future__ import annotations

from typing import Any

import pytest

from apictl.contract.operation import ParameterLocation, Style
from apictl.contract.security import KeyLocation, SecurityKind, SecurityRequirement
from tests.readers.documents import answer, contract_of, document, errors_of, operation, read_tree, rules_of

TEXT = {"type": "string"}


def parameter(name: str, location: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": location, "schema": TEXT, "required": location == "path"} | more


def first(tree: dict[str, Any]) -> Any:
    return contract_of(read_tree(tree)).operations[0]


@pytest.mark.parametrize(
    "location, style, explode",
    [
        ("path", Style.SIMPLE, False),
        ("query", Style.FORM, True),
        ("header", Style.SIMPLE, False),
        ("cookie", Style.FORM, True),
    ],
)
def test_style_and_explode_are_filled_in(location: str, style: Style, explode: bool) -> None:  # noqa: FBT001
    path = "/a/{p}" if location == "path" else "/a"

    found = first(document(paths={path: {"get": operation("a", parameters=[parameter("p", location)])}})).parameters[0]

    assert (found.location, found.style, found.explode) == (ParameterLocation(location), style, explode)


def test_explode_follows_the_declared_style() -> None:
    piped = parameter("p", "query", style="pipeDelimited")

    assert first(document(paths={"/a": {"get": operation("a", parameters=[piped])}})).parameters[0].explode is False


def test_parameter_with_content_has_its_media_type_and_schema() -> None:
    filtered = {"name": "f", "in": "query", "content": {"application/json": {"schema": TEXT, "example": "x"}}}

    found = first(document(paths={"/a": {"get": operation("a", parameters=[filtered])}})).parameters[0]

    assert (found.media_type, found.schema, found.examples) == ("application/json", TEXT, ("x",))


def test_operation_replaces_the_path_items_parameter_of_equal_name_and_place() -> None:
    item = {
        "parameters": [parameter("p", "query", description="item"), parameter("q", "query")],
        "get": operation("a", parameters=[parameter("p", "query", description="own"), parameter("p", "header")]),
    }

    found = first(document(paths={"/a": item})).parameters

    assert [(p.name, p.location.value, p.description) for p in found] == [
        ("p", "query", "own"),
        ("q", "query", ""),
        ("p", "header", ""),
    ]


def test_header_parameters_that_openapi_ignores_are_left_out_and_said() -> None:
    ignored = [parameter(name, "header") for name in ("Accept", "content-type", "AUTHORIZATION")]

    reading = read_tree(document(paths={"/a": {"get": operation("a", parameters=ignored)}}))

    assert contract_of(reading).operations[0].parameters == ()
    assert rules_of(reading) == ["header-parameter-ignored"] * 3


def test_responses_keep_order_ranges_and_headers_without_content_type() -> None:
    headers = {"X-Rate": {"schema": {"type": "integer"}, "required": True}, "Content-Type": {"schema": TEXT}}
    responses = {
        "4XX": {"description": "no"},
        "200": answer(TEXT) | {"headers": headers},
        "default": {"description": ""},
    }

    found = first(document(paths={"/a": {"get": operation("a", responses=responses)}})).responses

    assert [response.status for response in found] == ["4XX", "200", "default"]
    assert [(header.name, header.is_required) for header in found[1].headers] == [("X-Rate", True)]


def test_encoding_without_style_stays_without() -> None:
    encoding = {"a": {"contentType": "image/png, image/jpeg"}, "b": {"explode": False}}
    media = {"schema": {"type": "object", "properties": {"a": TEXT, "b": TEXT}}, "encoding": encoding}
    post = operation("a") | {"requestBody": {"content": {"multipart/form-data": media}, "required": True}}

    request = first(document(paths={"/a": {"post": post}})).request_body

    encodings = request.contents[0].encodings
    assert (encodings["a"].content_type, encodings["a"].style) == ("image/png, image/jpeg", None)
    assert (encodings["b"].style, encodings["b"].explode) == (Style.FORM, False)
    assert request.is_required


SCHEMES = {
    "key": {"type": "apiKey", "name": "X-Key", "in": "header"},
    "bearer": {"type": "http", "scheme": "Bearer"},
    "digest": {"type": "http", "scheme": "Digest"},
    "oauth": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "/t", "scopes": {"w": "", "r": ""}}}},
}


def test_security_keeps_and_inside_or_and_the_documents_default() -> None:
    paths = {
        "/a": {
            "get": operation("inherits"),
            "put": operation("open", security=[]),
            "post": operation("own", security=[{"key": [], "oauth": ["r"]}, {}]),
        }
    }
    tree = document(paths=paths, components={"securitySchemes": SCHEMES}, security=[{"bearer": []}])

    contract = contract_of(read_tree(tree))

    inherits, anonymous, own = contract.operations
    assert inherits.security == ((SecurityRequirement("bearer"),),)
    assert anonymous.security == ()
    assert own.security == ((SecurityRequirement("key"), SecurityRequirement("oauth", ("r",))), ())
    schemes = contract.security_schemes
    assert (schemes["key"].kind, schemes["key"].key_location) == (SecurityKind.API_KEY, KeyLocation.HEADER)
    assert (schemes["bearer"].kind, schemes["digest"].http_scheme) == (SecurityKind.BEARER, "digest")
    assert schemes["oauth"].scopes == ("r", "w")


def test_server_variables_are_replaced_and_relative_urls_kept() -> None:
    servers = [
        {"url": "https://{h}.test/{v}", "variables": {"h": {"default": "a"}, "v": {"default": "2"}}},
        {"url": "/v1"},
    ]

    contract = contract_of(read_tree(document(servers=servers)))

    assert [server.url for server in contract.servers] == ["https://a.test/2", "/v1"]


def test_operation_keeps_the_servers_that_are_its_own() -> None:
    upload = operation("a", servers=[{"url": "https://uploads.test"}])

    assert first(document(paths={"/a": {"post": upload}})).servers == ("https://uploads.test",)


def test_callbacks_and_webhooks_are_operations_of_their_own() -> None:
    done = {
        "{$request.body#/url}": {"post": operation("onDone", request={"type": "object", "properties": {"id": TEXT}})}
    }
    tree = document(
        version="3.1.0",
        paths={"/a": {"post": operation("a", callbacks={"done": done})}},
        webhooks={"newPet": {"post": operation("onPet", request=TEXT)}},
    )

    contract = contract_of(read_tree(tree))

    callback = contract.operations[0].callbacks[0]
    assert (callback.name, callback.expression, callback.operations[0].id) == ("done", "{$request.body#/url}", "onDone")
    assert list(contract.definitions) == ["OnDoneBody"]
    assert [(webhook.id, webhook.path) for webhook in contract.webhooks] == [("onPet", "newPet")]


def test_callback_that_leads_back_to_itself_is_an_error() -> None:
    cycle = {"{$url}": {"post": operation("a", callbacks={"again": {"$ref": "#/components/callbacks/again"}})}}
    tree = document(
        paths={"/x": {"post": operation("x", callbacks={"again": {"$ref": "#/components/callbacks/again"}})}},
        components={"callbacks": {"again": cycle}},
    )

    assert [rule for rule, _ in errors_of(read_tree(tree))] == ["reference-cycle"]


def test_every_method_is_read() -> None:
    methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]

    contract = contract_of(read_tree(document(paths={"/a": {method: operation(method) for method in methods}})))

    assert [operation.method for operation in contract.operations] == [method.upper() for method in methods]


def test_tags_are_the_declared_ones_and_then_those_only_used() -> None:
    paths = {"/a": {"get": operation("a", tags=["used", "second"]), "put": operation("b", tags=["told"])}}

    contract = contract_of(read_tree(document(paths=paths, tags=[{"name": "told", "description": "T"}])))

    assert [(tag.name, tag.description) for tag in contract.tags] == [("told", "T"), ("used", "")]
    assert [operation.tag for operation in contract.operations] == ["used", "told"]


def test_single_document_is_served_as_it_is() -> None:
    tree = document(paths={"/a": {"get": operation("a")}})

    assert dict(contract_of(read_tree(tree)).source) == tree
