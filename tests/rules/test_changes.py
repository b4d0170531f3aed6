"""What happened between two contracts: whom it hurts, in which order, and once for one cause."""

from __future__ import annotations

import datetime as dt

import pytest

from apictl.diff.changes import Proof
from apictl.diff.law import Effect, Side
from apictl.rules.dials import Dials
from apictl.rules.walk import changes
from tests.rules.contracts import ANY, between, breaking, rules, with_answer, with_body

OBJECT = {"type": "object", "properties": {"kind": {"enum": ["taxi", "gift"]}}, "required": ["kind"]}
WITHOUT_GIFT = OBJECT | {"properties": {"kind": {"enum": ["taxi"]}}}
REMOVED = "paths: {/a: {get: {deprecated: true, x-sunset: '2026-01-31'}}, /b: {get: {}}}"
LEFT = "paths: {/b: {get: {}}}"


def test_value_that_is_refused_now_breaks_and_is_shown() -> None:
    [change] = changes(with_body(OBJECT), with_body(WITHOUT_GIFT), ANY)

    assert change.is_breaking
    assert change.message == "POST /things no longer accepts 'gift' for body.kind"
    assert change.proof is Proof.WITNESS
    assert change.witness is not None
    assert (change.witness.value, change.witness.accepted_by) == ({"kind": "gift"}, "old")


def test_value_that_is_answered_no_longer_hurts_nobody() -> None:
    [change] = changes(with_answer(OBJECT), with_answer(WITHOUT_GIFT), ANY)

    assert not change.is_breaking
    assert change.proof is Proof.LAW
    assert change.message == "POST /things no longer answers 'gift' for body.kind of response 200 (application/json)"


def test_value_that_may_be_answered_now_breaks_unless_enums_are_open() -> None:
    old, new = with_answer(WITHOUT_GIFT), with_answer(OBJECT)

    [strict] = changes(old, new, ANY)
    [tolerant] = changes(old, new, Dials(open_enums=True))

    assert strict.is_breaking
    assert not tolerant.is_breaking
    assert tolerant.waiver == "readers expect values that they do not know"


def test_optional_member_may_be_added_to_a_request_though_it_was_open() -> None:
    old = with_body({"type": "object"})
    new = with_body({"type": "object", "properties": {"seats": {"type": "integer"}}})

    [change] = changes(old, new, ANY)

    assert (change.rule, change.effect, change.is_breaking) == ("property-added", Effect.NARROWS, False)


def test_required_member_must_not_be_added_to_a_request() -> None:
    old = with_body({"type": "object"})
    new = with_body({"type": "object", "properties": {"seats": {"type": "integer"}}, "required": ["seats"]})

    [change] = changes(old, new, ANY)

    assert change.is_breaking
    assert change.message == "POST /things now requires body.seats"


@pytest.mark.parametrize("dials, expected", [(Dials(), []), (Dials(tolerant_readers=False), ["property-added"])])
def test_member_of_a_closed_answer_breaks_readers_who_are_not_tolerant(dials: Dials, expected: list[str]) -> None:
    closed = {"type": "object", "additionalProperties": False}

    found = changes(with_answer(closed), with_answer(closed | {"properties": {"seats": {}}}), dials)

    assert breaking(found) == expected


@pytest.mark.parametrize(
    "today, expected",
    [(None, ["operation-removed"]), (dt.date(2026, 1, 31), ["operation-removed"]), (dt.date(2026, 2, 1), [])],
)
def test_what_is_past_its_sunset_may_go(today: dt.date | None, expected: list[str]) -> None:
    found = between(REMOVED, LEFT, Dials(today=today))

    assert rules(found) == ["operation-removed"]
    assert breaking(found) == expected


def test_what_is_deprecated_without_a_date_may_go_when_the_team_says_so() -> None:
    old = "paths: {/a: {get: {deprecated: true}}, /b: {get: {}}}"

    assert breaking(between(old, LEFT)) == ["operation-removed"]
    assert breaking(between(old, LEFT, Dials(is_sunset_needed=False))) == []


def test_draft_operation_may_change_as_it_likes() -> None:
    old = "paths: {/a: {get: {x-stability-level: draft, operationId: a}}, /b: {get: {operationId: b}}}"

    [change] = between(old, "paths: {/b: {get: {operationId: b}}}")

    assert change.waiver == "GET /a was 'draft', which promises nothing"


def test_definition_that_changed_is_one_change_that_names_all_operations() -> None:
    answer = "{'200': {description: a, content: {application/json: {schema: {$ref: '#/components/schemas/Trip'}}}}}"
    paths = f"paths: {{/a: {{get: {{responses: {answer}}}}}, /b: {{get: {{responses: {answer}}}}}}}\n"
    schema = "components: {{schemas: {{Trip: {{type: object, required: [id], properties: {{id: {{type: {0}}}}}}}}}}}"

    [change] = between(paths + schema.format("string"), paths + schema.format("integer"))

    assert change.operation_ids == ("getA", "getB")
    assert change.message.startswith(
        "GET /a may now answer integer for body.id of response 200 (application/json), not"
    )
    assert change.message.endswith("(and 1 more operation)")
    assert change.new.pointer == "/components/schemas/Trip/properties/id/type"


def test_security_of_the_whole_document_is_one_change() -> None:
    paths = "paths: {/a: {get: {}}, /b: {get: {}}}\n"
    schemes = "components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}\n"

    [change] = between(paths + schemes, paths + schemes + "security: [{key: []}]")

    assert (change.rule, change.operation_ids) == ("security-alternative-removed", ("getA", "getB"))
    assert change.new.pointer == "/security"


def test_scheme_that_is_called_otherwise_is_no_change() -> None:
    text = "paths: {{/a: {{get: {{security: [{{{0}: []}}]}}}}}}\n"
    schemes = "components: {{securitySchemes: {{{0}: {{type: http, scheme: bearer}}}}}}"

    assert between((text + schemes).format("a"), (text + schemes).format("b")) == ()


def test_changes_come_in_the_order_of_the_new_document() -> None:
    old = "paths: {/a: {get: {}}, /b: {get: {}}, /c: {get: {tags: [x]}}}"
    new = "paths: {/c: {get: {tags: [y]}}, /d: {get: {}}, /a: {get: {}}}"

    found = [(change.rule, change.label) for change in between(old, new) if change.label]

    assert found == [
        ("operation-tags-changed", "GET /c"),
        ("operation-added", "GET /d"),
        ("operation-removed", "GET /b"),
    ]


def test_optional_parameter_may_be_added_and_a_required_one_not() -> None:
    text = "paths: {{/a: {{get: {{parameters: [{0}]}}}}}}"

    optional = between(text.format(""), text.format("{name: q, in: query, schema: {}}"))
    required = between(text.format(""), text.format("{name: q, in: query, required: true, schema: {}}"))

    assert breaking(optional) == []
    assert breaking(required) == ["parameter-added"]


def test_number_that_becomes_text_breaks_no_query_and_every_body() -> None:
    text = "paths: {{/a: {{get: {{parameters: [{{name: q, in: query, schema: {{type: {0}}}}}]}}}}}}"

    query = between(text.format("integer"), text.format("string"))
    body = changes(with_body({"type": "integer"}), with_body({"type": "string"}), ANY)

    assert (rules(query), breaking(query)) == (["type-widened"], [])
    assert breaking(body) == ["type-changed"]


def test_webhook_may_send_less_and_not_more() -> None:
    text = "webhooks: {{done: {{post: {{requestBody: {{content: {{text/plain: {{schema: {{enum: [{0}]}}}}}}}}}}}}}}"

    less, more = between(text.format("a, b"), text.format("a")), between(text.format("a"), text.format("a, b"))

    assert (rules(less), breaking(less)) == (["enum-value-removed"], [])
    assert breaking(more) == ["enum-value-added"]
    assert more[0].message == "webhook done may now send 'b' for body"
    assert more[0].side is Side.PRODUCES


def test_status_that_a_range_covers_is_compared_with_it() -> None:
    text = "paths: {{/a: {{get: {{responses: {{'200': {{description: a}}, {0}: {{description: b, content: {1}}}}}}}}}}}"
    old, new = "{text/plain: {schema: {type: string}}}", "{text/plain: {schema: {type: string, minLength: 1}}}"

    found = between(text.format("4XX", old), text.format("'404'", new))

    assert rules(found) == ["response-status-removed", "response-status-named", "min-length-tightened"]
    assert breaking(found) == []


def test_extensible_enum_may_grow_in_answers_and_must_not_shrink_in_requests() -> None:
    long, short = ({"type": "string", "x-extensible-enum": values} for values in (["a", "b"], ["a"]))

    grown = changes(with_answer(short), with_answer(long), ANY)
    shrunk = changes(with_body(long), with_body(short), ANY)

    assert (rules(grown), breaking(grown)) == (["extensible-enum-value-added"], [])
    assert breaking(shrunk) == ["extensible-enum-value-removed"]


def test_stability_of_a_member_is_that_of_an_operation() -> None:
    stable, draft = ({"type": "object", "properties": {"a": {"x-stability-level": one}}} for one in ("stable", "draft"))

    [change] = changes(with_answer(stable), with_answer(draft), ANY)

    assert (change.rule, change.is_breaking) == ("stability-lowered", True)
    assert change.message.startswith("body.a of response 200 (application/json) of POST /things is 'draft'")


def test_content_that_is_encoded_otherwise_breaks_both_ways() -> None:
    old, new = ({"type": "string", "contentEncoding": encoding} for encoding in ("base64", "base32"))

    [change] = changes(with_body(old), with_body(new), ANY)

    assert (change.is_breaking, change.proof) == (True, Proof.LAW)


def test_recursive_definition_is_compared_once() -> None:
    schema = "{type: object, properties: {next: {$ref: '#/components/schemas/N'}, v: {type: TYPE}}}"
    body = "{content: {application/json: {schema: {$ref: '#/components/schemas/N'}}}}"
    text = f"paths: {{/a: {{post: {{requestBody: {body}}}}}}}\ncomponents: {{schemas: {{N: {schema}}}}}"

    found = between(text.replace("TYPE", "string"), text.replace("TYPE", "[string, 'null']"))

    assert rules(found) == ["null-added"]


def test_message_is_cut_to_what_a_line_holds() -> None:
    name = "x" * 5_000

    found = between(f"paths: {{/{name}: {{get: {{}}}}, /b: {{get: {{}}}}}}", LEFT)

    assert [len(change.message) <= 200 for change in found] == [True]
