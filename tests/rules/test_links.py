"""Links between operations: which of their changes are promises taken back, and which are only written otherwise."""

from __future__ import annotations

import pytest

from apictl.diff.law import Effect
from tests.rules.contracts import between, breaking, rules

DOCUMENT = """
paths:
  /trips:
    post:
      operationId: createTrip
      responses: {'201': {description: A trip., links: LINKS}}
  /trips/{NAME}:
    get:
      operationId: GET_ID
      parameters: [{name: NAME, in: path, required: true, schema: {}}, {name: X-Zone, in: header, schema: {}}]
  /bills/{id}:
    get: {operationId: getBill, parameters: [{name: id, in: path, required: true, schema: {}}]}
components:
  links: {Shared: {operationId: GET_ID, parameters: {NAME: $response.body#/id}}}
"""
USUAL = "{trip: {operationId: getTrip, parameters: {id: $response.body#/id}}}"


def _document(links: str, *, name: str = "id", get_id: str = "getTrip") -> str:
    return DOCUMENT.replace("LINKS", links).replace("NAME", name).replace("GET_ID", get_id)


@pytest.mark.parametrize(
    "links",
    [
        "{trip: {operationRef: '#/paths/~1trips~1%7Bid%7D/get', parameters: {id: $response.body#/id}}}",
        "{trip: {operationId: getTrip, parameters: {path.id: $response.body#/id}}}",
        "{trip: {$ref: '#/components/links/Shared'}}",
    ],
)
def test_link_that_is_written_otherwise_is_the_same(links: str) -> None:
    assert between(_document(USUAL), _document(links)) == ()
    assert between(_document(links), _document(USUAL)) == ()


def test_names_of_headers_have_no_case() -> None:
    old = "{trip: {operationId: getTrip, parameters: {header.X-Zone: $request.header.Zone}}}"
    new = "{trip: {operationId: getTrip, parameters: {header.x-zone: $request.header.zone}}}"

    assert between(_document(old), _document(new)) == ()


def test_operation_and_parameter_that_are_called_otherwise_are_the_same() -> None:
    new = "{trip: {operationId: findTrip, parameters: {trip: $response.body#/id}}}"

    found = between(_document(USUAL), _document(new, name="trip", get_id="findTrip"))

    assert sorted(rules(found)) == ["operation-id-changed", "path-parameter-renamed"]


def test_link_to_another_operation_breaks_whatever_it_passes_on() -> None:
    new = "{trip: {operationId: getBill, parameters: {id: $response.body#/bill}}}"

    [change] = between(_document(USUAL), _document(new))

    assert (change.rule, change.is_breaking) == ("link-target-changed", True)
    assert change.message == "link 'trip' of response 201 of POST /trips leads to 'getBill', it led to 'getTrip'"
    assert change.new.pointer == "/paths/~1trips/post/responses/201/links/trip"


@pytest.mark.parametrize(
    "parameters, effect",
    [
        ("{id: $response.body#/trip}", Effect.INCOMPARABLE),
        ("{id: '7'}", Effect.INCOMPARABLE),
        ("{}", Effect.WIDENS),
        ("{id: $response.body#/id, X-Zone: eu}", Effect.NARROWS),
    ],
)
def test_what_is_passed_on_must_stay_and_may_grow(parameters: str, effect: Effect) -> None:
    [change] = between(_document(USUAL), _document(f"{{trip: {{operationId: getTrip, parameters: {parameters}}}}}"))

    assert (change.rule, change.effect) == ("link-parameters-changed", effect)
    assert change.is_breaking is (effect is not Effect.NARROWS)


def test_link_that_led_nowhere_may_lead_somewhere() -> None:
    lost = _document("{trip: {operationId: nowhere, parameters: {id: $response.body#/id}}}")

    assert between(lost, _document(USUAL)) == ()
    assert rules(between(_document(USUAL), lost)) == ["link-target-changed"]


def test_end_of_an_operation_is_told_at_the_operation_and_not_at_links_to_it() -> None:
    new = _document(USUAL).replace("    get:\n      operationId: getTrip", "    put:\n      operationId: setTrip")

    assert "link-target-changed" not in rules(between(_document(USUAL), new))


def test_link_out_of_the_document_is_told_by_its_reference() -> None:
    old, new = (f"{{trip: {{operationRef: 'https://a.test/{name}#/paths/~1x/get'}}}}" for name in ("a", "b"))

    assert between(_document(old), _document(old)) == ()
    assert rules(between(_document(old), _document(new))) == ["link-target-changed"]


def test_link_of_an_answer_to_a_callback_is_promised_by_the_others() -> None:
    answer = "{'200': {description: Thanks., links: LINKS}}"
    called_back = f"{{post: {{operationId: done, responses: {answer}}}}}"
    callbacks = f"{{done: {{'{{$request.body#/url}}': {called_back}}}}}"
    text = f"paths: {{/a: {{post: {{operationId: a, callbacks: {callbacks}}}}}}}"

    found = between(text.replace("LINKS", "{again: {operationId: a}}"), text.replace("LINKS", "{}"))

    assert (rules(found), breaking(found)) == (["link-removed"], [])


def test_hostile_links_come_to_an_end() -> None:
    no_names = "{operationId: '', parameters: {'': '', '.': $url}}"
    links = f"{{'': {no_names}, a: {{operationRef: '#'}}, b: {{operationRef: '#/paths/~1trips'}}}}"

    assert between(_document(links), _document(links)) == ()
    assert rules(between(_document(links), _document(USUAL))) == ["link-removed"] * 3 + ["link-added"]
