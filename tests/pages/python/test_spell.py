"""A contract gets its Python names once: each is one of its kind, and no answer has what HTTP forbids."""

from __future__ import annotations

import re

import pytest

from apictl.contract.contract import Contract
from apictl.contract.operation import MediaType, Operation, RequestBody, Response
from apictl.contract.schema import Schema
from apictl.pages.python.spell import spell
from apictl.pages.python.spelling import SpelledOperation
from tests.pages.python.contracts import PLACE, contract, operation


def _class_names(pets: Contract) -> dict[tuple[str, str], str]:
    """Return the names of the classes for answers, by operation and status."""
    operations = spell(pets).operations
    return {
        (each.operation.id, answer.response.status): answer.class_name for each in operations for answer in each.answers
    }


def _only(pets: Contract) -> SpelledOperation:
    (spelled,) = spell(pets).operations
    return spelled


def test_a_body_whose_definition_accepts_null_says_so() -> None:
    schema: Schema = {"type": ["object", "null"], "properties": {"name": {"type": "string"}}}
    body = RequestBody((MediaType("application/json", {"$ref": "#/$defs/pet"}, PLACE),), PLACE, is_required=True)
    add = Operation("add", "POST", "/", PLACE, request_body=body, responses=(Response("204", PLACE),))

    spelled = _only(contract(add, definitions={"pet": schema}))

    assert spelled.body is not None
    assert spelled.body.annotation == "models.Pet | None"


def test_a_body_of_several_representations_is_their_union() -> None:
    contents = (
        MediaType("application/json", {"enum": ["a", None]}, PLACE),
        MediaType("text/plain", {"type": "string"}, PLACE),
        MediaType("image/png", None, PLACE),
    )
    add = Operation("add", "POST", "/", PLACE, request_body=RequestBody(contents, PLACE), responses=())

    spelled = _only(contract(add))

    assert spelled.body is not None
    assert spelled.body.argument_annotation == 'Literal["a"] | str | bytes | None'


@pytest.mark.parametrize("status", ["1XX", "103", "204", "205", "304"])
def test_an_answer_that_never_has_content_is_spelled_without_and_the_contract_hears_of_it(status: str) -> None:
    pets = contract(operation("getPet", "200", status))

    spelled = spell(pets)

    found = [(finding.rule, finding.place.pointer) for finding in spelled.findings]
    assert found == [("content-impossible", f"/paths/~1getPet/get/responses/{status}/content")]
    assert [answer.body_annotation for answer in spelled.operations[0].answers] == ["str", "None"]
    assert not any(key.startswith(f"getPet/{status}/") for key in spelled.judged)


def test_no_answer_to_head_has_content() -> None:
    pets = contract(operation("peekPet", "200", "404", method="HEAD"))

    spelled = spell(pets)

    assert [finding.rule for finding in spelled.findings] == ["content-impossible"] * 2
    assert [answer.body for answer in spelled.operations[0].answers] == [None, None]
    assert spelled.operations[0].returns == "None"


def test_an_answer_that_declares_no_impossible_content_is_no_finding() -> None:
    remove = Operation("removePet", "DELETE", "/", PLACE, responses=(Response("204", PLACE),))

    assert spell(contract(remove, operation("getPet", "200", "2XX", "206", "default"))).findings == ()


def test_a_shared_response_with_impossible_content_is_one_finding() -> None:
    shared = operation("a", "304").responses
    operations = [Operation(id_, "GET", f"/{id_}", PLACE, responses=shared) for id_ in ("a", "b")]

    assert len(spell(contract(*operations)).findings) == 1


def test_error_classes_that_want_one_name_are_told_apart_and_the_contract_hears_of_it() -> None:
    pets = contract(operation("create", "200", "4XX"), operation("createClient", "200", "default"))

    spelled, chosen = spell(pets), _class_names(pets)

    clashing = [chosen["create", "4XX"], chosen["createClient", "default"]]
    assert clashing[0] == "CreateClientError"
    assert re.fullmatch("CreateClientError[0-9a-f]{4}", clashing[1])
    assert len(set(clashing)) == 2
    assert [finding.rule for finding in spelled.findings] == ["name-clash"]
    assert spelled.findings[0].place == pets.operations[1].responses[1].place
    assert "'CreateClientError'" in spelled.findings[0].message


def test_what_tells_classes_apart_depends_on_neither_order_nor_a_third_one() -> None:
    create, create_client = operation("create", "200", "4XX"), operation("createClient", "200", "default")
    chosen = _class_names(contract(create, create_client))

    turned = _class_names(contract(create_client, operation("createClientError", "200", "404"), create))

    assert chosen.items() <= turned.items()


def test_an_error_class_never_hides_the_class_it_is_made_of() -> None:
    chosen = _class_names(contract(operation("declared", "200", "default"), operation("getPet", "200", "404")))

    assert chosen["declared", "default"].startswith("DeclaredError")
    assert chosen["declared", "default"] != "DeclaredError"


def test_a_result_and_an_error_of_one_name_stay_as_they_are() -> None:
    found = operation("getNot", "302", "304")
    missing = operation("get", "200", "404")

    chosen = _class_names(contract(found, missing))

    assert chosen["getNot", "302"] == chosen["get", "404"] == "GetNotFound"


@pytest.mark.parametrize("id_", ["judge", "operations", "securitySchemes", "uuid"])
def test_the_constant_of_an_operation_hides_no_other_name_of_its_module(id_: str) -> None:
    spelled = _only(contract(operation(id_, "200")))

    assert spelled.constant not in {"JUDGE", "OPERATIONS", "SECURITY_SCHEMES", "UUID"}


@pytest.mark.parametrize("tag", ["settings", "authentication", "handlers", "service", "errors", "security"])
def test_the_group_of_a_tag_has_no_name_that_the_doors_of_the_server_need(tag: str) -> None:
    (group,) = spell(contract(operation("getPet", "200", tag=tag))).groups

    assert group.attribute == f"{tag}_2"


def test_the_stub_of_a_tag_called_security_is_no_security() -> None:
    (group,) = spell(contract(operation("getPet", "200", tag="security"))).groups

    assert group.class_stem == "SecurityGroup"


def test_operations_without_a_tag_and_a_tag_that_is_called_as_the_service_are_two_groups() -> None:
    groups = spell(contract(operation("a", "200"), operation("b", "200", tag="pets"))).groups

    assert {group.tag: group.attribute for group in groups} == {"": "pets_untagged", "pets": "pets"}
    assert {group.tag: group.class_stem for group in groups} == {"": "PetsUntagged", "pets": "Pets"}


@pytest.mark.parametrize(
    "status, expected",
    [("413", "RequestEntityTooLarge"), ("422", "UnprocessableEntity"), ("418", "ImATeapot"), ("499", "Status499")],
)
def test_an_error_is_called_alike_by_every_python(status: str, expected: str) -> None:
    assert _class_names(contract(operation("a", "200", status)))["a", status] == f"A{expected}"
