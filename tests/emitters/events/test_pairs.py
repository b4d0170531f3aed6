"""Pairs: few values, in which each two choices meet."""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

import pytest

from apictl.contract.samples import Sampler
from apictl.emitters.events.pairs import Pairs


def values(schema: dict[str, Any], plain: Any, *, most: int = 50) -> list[Any]:
    """Return the values of *schema* around *plain*."""
    definitions: dict[str, Any] = {"Size": {"type": "string", "enum": ["S", "M", "L"]}}
    return list(Pairs(definitions, Sampler(definitions)).values(schema, plain, most=most))


ORDER: dict[str, Any] = {
    "type": "object",
    "required": ["size", "seats"],
    "properties": {
        "size": {"$ref": "#/$defs/Size"},
        "seats": {"type": "integer", "minimum": 1, "maximum": 4},
        "note": {"type": "string", "maxLength": 5},
        "isShared": {"type": "boolean"},
    },
}
PLAIN = {"size": "S", "seats": 2, "isShared": False}


def test_each_two_choices_meet_in_one_of_few_values() -> None:
    found = [PLAIN, *values(ORDER, PLAIN)]

    choices = {"size": ("S", "M", "L"), "seats": (1, 4), "isShared": (True, False, None), "note": ("xxxxx", None)}
    for one, other in combinations(choices, 2):
        for first, second in product(choices[one], choices[other]):
            assert any(each.get(one) == first and each.get(other) == second for each in found), (first, second)
    assert len(found) < 40


def test_values_are_bounded_valid_and_the_same_each_time() -> None:
    found = values(ORDER, PLAIN, most=7)

    assert len(found) <= 7
    assert found == values(ORDER, PLAIN, most=7)
    assert all(Sampler({"Size": {"enum": ["S", "M", "L"]}}).is_valid(ORDER, each) for each in found)


def test_choices_that_exclude_each_other_leave_the_others() -> None:
    schema = {**ORDER, "not": {"required": ["note"]}}

    found = values(schema, PLAIN)

    assert found
    assert not any("note" in each for each in found)


@pytest.mark.parametrize(
    "schema, plain",
    [
        (True, {"a": 1}),
        ({"$ref": "#/$defs/Loop"}, 1),
        ({"type": "object", "properties": {"a": {"const": 1}}, "required": ["a"]}, {"a": 1}),
        ({"type": "object", "properties": {"a": {"maxLength": 10**12, "type": "string"}}}, {"a": ""}),
    ],
)
def test_schemas_that_offer_no_choice_or_too_much_do_no_harm(schema: Any, plain: Any) -> None:
    definitions: dict[str, Any] = {"Loop": {"$ref": "#/$defs/Loop"}}

    found = list(Pairs(definitions, Sampler(definitions)).values(schema, plain, most=5))

    assert len(found) <= 5
