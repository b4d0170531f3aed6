"""Two contracts side by side: what is the same thing, and which way its values travel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from apictl.diff.law import Side
from apictl.diff.pairs import (
    CallbackPair,
    HeaderPair,
    MediaTypePair,
    OperationPair,
    Pair,
    ParameterPair,
    Repetition,
    ResponsePair,
    SchemaPair,
    SchemePair,
)
from apictl.diff.walk import pairs
from tests.rules.contracts import contract

PairT = TypeVar("PairT", bound=Pair[Any])
PartT = TypeVar("PartT")


def found(kind: type[PairT], old: str, new: str) -> list[PairT]:
    return [pair for pair in pairs(contract(old), contract(new)) if isinstance(pair, kind)]


def _both(pair: Pair[PartT], name: Callable[[PartT], str]) -> tuple[str | None, str | None]:
    return None if pair.old is None else name(pair.old), None if pair.new is None else name(pair.new)


def operations(old: str, new: str) -> list[tuple[str | None, str | None]]:
    return [_both(one, lambda part: part.path) for one in found(OperationPair, old, new)]


def statuses(old: str, new: str) -> list[tuple[str | None, str | None]]:
    documents = (f"paths: {{/a: {{get: {{responses: {{{text}}}}}}}}}" for text in (old, new))
    return [_both(one, lambda part: part.status) for one in found(ResponsePair, *documents)]


def media_types(old: str, new: str) -> list[tuple[str | None, str | None]]:
    documents = (f"paths: {{/a: {{post: {{requestBody: {{content: {text}}}}}}}}}" for text in (old, new))
    return [_both(one, lambda part: part.name) for one in found(MediaTypePair, *documents)]


def parameters(old: str, new: str) -> list[tuple[str | None, str | None]]:
    documents = (f"paths: {{/a: {{get: {{parameters: [{text}]}}}}}}" for text in (old, new))
    return [_both(one, lambda part: part.name) for one in found(ParameterPair, *documents)]


def test_operation_is_found_though_its_path_parameters_are_called_otherwise() -> None:
    path = "paths: {{'/trips/{{{0}}}/legs/{{{1}}}': {{get: {{}}}}}}"

    assert operations(path.format("a", "b"), path.format("trip", "leg")) == [
        ("/trips/{a}/legs/{b}", "/trips/{trip}/legs/{leg}")
    ]


def test_operation_that_moved_is_found_by_its_id() -> None:
    old, new = "paths: {/a: {get: {operationId: one}}}", "paths: {/v2/a: {post: {operationId: one}}}"

    [pair] = found(OperationPair, old, new)

    assert pair.is_moved
    assert pair.spot.label == "POST /v2/a"


def test_derived_ids_do_not_make_operations_the_same() -> None:
    assert operations("paths: {/a-b: {get: {}}}", "paths: {/a/b: {get: {}}}") == [("/a-b", None), (None, "/a/b")]


def test_what_is_gone_comes_where_it_was() -> None:
    old, new = (
        "paths: {/a: {get: {}}, /b: {get: {}}, /c: {get: {}}}",
        "paths: {/a: {get: {}}, /c: {get: {}}, /d: {get: {}}}",
    )

    assert operations(old, new) == [("/a", "/a"), ("/b", None), ("/c", "/c"), (None, "/d")]


def test_path_parameters_are_found_by_position() -> None:
    parameter = "{{name: {0}, in: path, required: true, schema: {{}}}}"
    one, two, three = (parameter.format(name) for name in "abc")
    old = f"paths: {{'/{{a}}/{{b}}': {{get: {{parameters: [{two}, {one}]}}}}}}"
    new = f"paths: {{'/{{b}}/{{c}}': {{get: {{parameters: [{two}, {three}]}}}}}}"

    named = [_both(one, lambda part: part.name) for one in found(ParameterPair, old, new)]

    assert named == [("a", "b"), ("b", "c")]


def test_headers_have_no_case_and_query_parameters_do() -> None:
    text = "{{name: {0}, in: {1}, schema: {{}}}}"

    assert parameters(text.format("X-A", "header"), text.format("x-a", "header")) == [("X-A", "x-a")]
    assert parameters(text.format("A", "query"), text.format("a", "query")) == [("A", None), (None, "a")]


def test_parameter_is_found_in_another_place_when_both_are_alone() -> None:
    assert parameters("{name: a, in: query, schema: {}}", "{name: a, in: header, schema: {}}") == [("a", "a")]


def test_parameter_of_the_path_item_is_the_operations() -> None:
    old = "paths: {/a: {get: {parameters: [{name: q, in: query, schema: {}}]}}}"
    new = "paths: {/a: {parameters: [{name: q, in: query, schema: {}}], get: {}}}"

    [pair] = found(ParameterPair, old, new)

    assert pair.old is not None
    assert pair.new is not None


def test_parameter_that_takes_one_value_and_an_array_is_repeated() -> None:
    one, many = "{type: integer}", "{type: array, items: {type: integer}}"
    path = "paths: {{/a: {{get: {{parameters: [{{name: q, in: query, schema: {0}}}]}}}}}}"

    [there] = found(ParameterPair, path.format(one), path.format(many))
    [back] = found(ParameterPair, path.format(many), path.format(one))

    assert (there.repetition, back.repetition) == (Repetition.GAINED, Repetition.LOST)


def test_media_types_have_no_case_and_json_has_no_charset() -> None:
    assert media_types("{application/json: {}}", "{Application/JSON; charset=utf-8: {}}") == [
        ("application/json", "Application/JSON; charset=utf-8")
    ]
    assert media_types("{a/b; v=1: {}}", "{a/b; v=2: {}}") == [("a/b; v=1", None), (None, "a/b; v=2")]


def test_media_type_meets_the_range_that_holds_it() -> None:
    assert media_types("{image/png: {}, text/csv: {}}", "{image/*: {}}") == [
        ("image/png", "image/*"),
        ("text/csv", None),
        (None, "image/*"),
    ]


def test_status_meets_what_covers_it() -> None:
    assert statuses(
        "'200': {description: a}, 4XX: {description: b}", "'200': {description: a}, '404': {description: c}"
    ) == [
        ("200", "200"),
        ("4XX", None),
        ("4XX", "404"),
    ]
    assert statuses("default: {description: a}", "'200': {description: b}, default: {description: a}") == [
        ("default", "200"),
        ("default", "default"),
    ]


def test_success_beside_others_does_not_meet_default_which_is_for_failures() -> None:
    old = "'200': {description: a}, default: {description: b}"

    assert statuses(old, f"'201': {{description: c}}, {old}")[0] == (None, "201")


def test_requests_of_callbacks_are_produced_and_their_answers_accepted() -> None:
    body = "{content: {application/json: {schema: {type: object}}}}"
    answer = "{'200': {description: a, content: {application/json: {schema: {type: object}}}}}"
    calls = f"{{onData: {{'{{$url}}': {{post: {{requestBody: {body}, responses: {answer}}}}}}}}}"
    text = f"paths: {{/a: {{post: {{requestBody: {body}, callbacks: {calls}}}}}}}"

    sides = [(one.spot.label, one.spot.part, one.spot.side) for one in found(SchemaPair, text, text)]

    assert sides == [
        ("POST /a", "request body (application/json)", Side.ACCEPTS),
        ("callback 'onData' of POST /a", "request body (application/json)", Side.PRODUCES),
        ("callback 'onData' of POST /a", "response 200 (application/json)", Side.ACCEPTS),
    ]
    assert len(found(CallbackPair, text, text)) == 1


def test_requests_of_webhooks_are_produced() -> None:
    text = "webhooks: {done: {post: {requestBody: {content: {text/plain: {}}}}}}"

    [pair] = found(SchemaPair, text, text)

    assert (pair.spot.label, pair.spot.side) == ("webhook done", Side.PRODUCES)


def test_response_headers_have_no_case() -> None:
    text = "paths: {{/a: {{get: {{responses: {{'200': {{description: a, headers: {{{0}: {{schema: {{}}}}}}}}}}}}}}}}"

    [pair] = found(HeaderPair, text.format("ETag"), text.format("etag"))

    assert pair.spot.part == "header 'etag' of response 200"
    assert pair.spot.side is Side.PRODUCES


def test_security_scheme_is_found_by_what_it_means_when_it_is_called_otherwise() -> None:
    text = "components: {{securitySchemes: {{{0}: {{type: apiKey, in: header, name: {1}}}}}}}"

    [pair] = found(SchemePair, text.format("a", "X-Key"), text.format("b", "x-key"))

    assert pair.old is not None
    assert pair.new is not None


def test_security_schemes_that_mean_the_same_are_told_apart_by_who_asks_for_them() -> None:
    text = """
        paths: {{/user: {{get: {{security: [{{{0}: []}}]}}}}, /admin: {{get: {{security: [{{{1}: []}}]}}}}}}
        components: {{securitySchemes: {{{2}: {{type: http, scheme: bearer}}, {3}: {{type: http, scheme: bearer}}}}}}
    """

    schemes = found(SchemePair, text.format("u", "a", "u", "a"), text.format("user", "admin", "admin", "user"))

    assert [_both(pair, lambda part: part.name) for pair in schemes] == [("a", "admin"), ("u", "user")]


def test_places_are_those_of_the_thing_or_of_what_would_hold_it() -> None:
    old, new = "paths: {/a: {get: {}, post: {}}}", "paths: {/a: {get: {}}}"

    pair = found(OperationPair, old, new)[1]

    assert (pair.spot.old.pointer, pair.spot.new.pointer) == ("/paths/~1a/post", "/paths/~1a")
