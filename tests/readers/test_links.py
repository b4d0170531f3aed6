"""Links of responses: where they lead and what they pass on; flows of OAuth2."""

from __future__ import annotations

from apictl.contract.contract import Contract
from apictl.contract.links import Link
from apictl.findings import Place
from tests.readers.documents import contract_of, read_files, read_text, rules_of

HEAD = """
openapi: 3.0.3
info: {title: Trips, version: '1'}
"""
TRIP = """
  /trips/{id}:
    get:
      operationId: getTrip
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: A trip.}}
"""


def _document(links: str, components: str = "{}") -> str:
    answer = f"{{'201': {{description: A trip., links: {links}}}}}"
    paths = f"paths:\n  /trips: {{post: {{operationId: createTrip, responses: {answer}}}}}{TRIP}"
    return f"{HEAD}{paths}components: {components}\n"


def _links(contract: Contract) -> tuple[Link, ...]:
    return contract.operations[0].responses[0].links


def test_link_says_where_it_leads_and_what_it_passes_on() -> None:
    passed = "parameters: {path.id: $response.body#/id, limit: 5}, requestBody: {a: 1}"
    server = "server: {url: 'https://{zone}.test', variables: {zone: {default: eu}}}"
    text = _document(f"{{trip: {{operationId: getTrip, description: The trip., {passed}, {server}}}}}")

    [link] = _links(contract_of(read_text(text)))

    assert (link.name, link.operation_id, link.operation_ref, link.target) == ("trip", "getTrip", "", None)
    assert dict(link.parameters) == {"path.id": "$response.body#/id", "limit": 5}
    assert (link.body, link.server, link.description) == ({"a": 1}, "https://eu.test", "The trip.")
    assert link.place == Place("openapi.yaml", "/paths/~1trips/post/responses/201/links/trip")


def test_reference_of_an_operation_leads_to_its_place() -> None:
    references = [
        "#/paths/~1trips~1%7Bid%7D/get", "openapi.yaml#/paths/~1trips~1%7Bid%7D/get", "#/paths/~1trips~1%7Bid%7D",
        "#/paths/~1nowhere/get", "https://other.test/#/paths/~1trips/get", "../../x.yaml#/paths/~1a/get", "#/paths/~",
    ]  # fmt: skip
    written = ", ".join(f"l{index}: {{operationRef: '{each}'}}" for index, each in enumerate(references))

    links = _links(contract_of(read_text(_document(f"{{{written}}}"))))

    there = Place("openapi.yaml", "/paths/~1trips~1{id}/get")
    assert [link.target for link in links] == [there, there, None, None, None, None, None]


def test_link_of_the_components_is_followed() -> None:
    text = _document("{trip: {$ref: '#/components/links/Trip'}}", "{links: {Trip: {operationId: getTrip}}}")

    [link] = _links(contract_of(read_text(text)))

    assert (link.name, link.operation_id, link.place.pointer) == ("trip", "getTrip", "/components/links/Trip")


def test_operation_in_another_file_is_found_through_its_path_item() -> None:
    answer = "{'201': {description: A trip., links: {trip: {operationRef: '#/paths/~1trips~1%7Bid%7D/get'}}}}"
    paths = f"paths:\n  /trips: {{post: {{responses: {answer}}}}}\n  /trips/{{id}}: {{$ref: trip.yaml}}\n"
    parameter = "{name: id, in: path, required: true, schema: {type: string}}"
    item = f"get: {{parameters: [{parameter}], responses: {{'200': {{description: ''}}}}}}\n"

    [link] = _links(contract_of(read_files({"openapi.yaml": HEAD + paths, "trip.yaml": item})))

    assert link.target == Place("trip.yaml", "/get")


def test_expression_of_no_known_form_is_read_as_a_constant() -> None:
    reading = read_text(_document("{trip: {operationId: getTrip, parameters: {id: $response.bodies}}}"))

    assert "operation-id-missing" not in rules_of(reading)
    assert dict(_links(contract_of(reading))[0].parameters) == {"id": "$response.bodies"}


def test_server_of_a_link_is_read_in_3_1_too() -> None:
    text = _document("{trip: {operationId: getTrip, server: {url: 'https://a.test'}}}").replace("3.0.3", "3.1.0")

    assert _links(contract_of(read_text(text)))[0].server == "https://a.test"


def test_flows_have_their_urls_and_scopes() -> None:
    text = f"""{HEAD}
paths: {{}}
components:
  securitySchemes:
    login:
      type: oauth2
      flows:
        x-note: {{}}
        implicit: {{authorizationUrl: 'https://a', scopes: {{b: B., a: A.}}}}
        password: {{tokenUrl: 'https://t', refreshUrl: 'https://r', scopes: {{}}}}
    id: {{type: openIdConnect, openIdConnectUrl: 'https://o'}}
    token: {{type: http, scheme: Bearer, bearerFormat: JWT}}
    key: {{type: apiKey, in: header, name: X-Key}}
"""

    contract = contract_of(read_text(text))

    login, openid, token, key = contract.security_schemes.values()
    implicit, password = login.flows
    assert (implicit.name, implicit.authorization_url, dict(implicit.scopes)) == (
        "implicit", "https://a", {"b": "B.", "a": "A."}
    )  # fmt: skip
    assert (password.token_url, password.refresh_url, dict(password.scopes)) == ("https://t", "https://r", {})
    assert password.place.pointer == "/components/securitySchemes/login/flows/password"
    assert (openid.discovery_url, token.bearer_format) == ("https://o", "JWT")
    assert [one.flows for one in (openid, token, key)] == [(), (), ()]
