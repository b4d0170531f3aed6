"""Which alternative of one contract is which of the other, where several are much alike."""

from __future__ import annotations

from apictl.contract.schema import JsonValue, definition_reference
from tests.diff.schemas.comparing import INTEGER, TEXT, kind, told

Tree = dict[str, JsonValue]
OBJECT: Tree = {"type": "object"}


def saying(title: str) -> Tree:
    return OBJECT | {"properties": {"a": TEXT | {"description": f"a of {title}"}}, "title": title}


def test_alternatives_that_allow_the_same_are_told_apart_by_what_they_say_behind_references() -> None:
    first, second, third = (saying(name) for name in ("One", "Two", "Three"))

    old: Tree = {"anyOf": [first, second, third]}
    new: Tree = {"anyOf": [{"allOf": [second]}, definition_reference("First"), third]}

    assert told(old, new, new_defined={"First": first}) == []


def test_alternatives_of_other_spelling_are_told_apart_by_what_they_allow() -> None:
    def branch(value: int, null: Tree) -> Tree:
        said: Tree = INTEGER | {"title": f"number {value}", "enum": [value]}
        return OBJECT | {"properties": {"a": {"oneOf": [null, said]}}}

    old: Tree = {"anyOf": [branch(1, {"type": "null"}), branch(2, {"type": "null"})]}
    new: Tree = {"anyOf": [branch(2, {"const": None}), branch(1, {"const": None})]}

    assert told(old, new) == []


def test_one_value_tells_an_alternative_though_others_are_listed_alike() -> None:
    def branch(value: str, limit: int) -> Tree:
        colours: Tree = {"enum": ["red", "blue"]}
        shared = kind(value, colour=colours, size=INTEGER | {"maximum": limit})
        return shared | {"required": ["colour", "kind", "size"]}

    old: Tree = {"oneOf": [branch("a", 1), branch("b", 2)]}
    new: Tree = {"oneOf": [branch("b", 4), branch("a", 3)]}

    assert told(old, new) == ["maximum-loosened widens /size", "maximum-loosened widens /size"]
