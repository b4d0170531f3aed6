"""Definitions that are written one by one, and remembered: as if they had been written together, anew each time."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from apictl.emitters.models.module import Written
from apictl.emitters.models.parts import model_parts
from apictl.emitters.models.shaping import shapes
from apictl.emitters.models.units import written_apart
from apictl.pages.memory import Memory
from tests.emitters.models.modules import execute, source

_REF = "#/$defs/"


def _kind(value: str) -> dict[str, Any]:
    return {"type": "object", "required": ["kind"], "properties": {"kind": {"const": value}}}


DEFINITIONS: dict[str, Any] = {
    "Owner": {
        "type": "object",
        "properties": {
            "pet": {"oneOf": [{"$ref": f"{_REF}Cat"}, {"$ref": f"{_REF}Dog"}]},
            "mood": {"$ref": f"{_REF}Mood"},
            "tree": {"$ref": f"{_REF}Tree"},
        },
        "additionalProperties": {"$ref": f"{_REF}Dog"},
    },
    "Cat": _kind("cat"),
    "Dog": {"allOf": [{"$ref": f"{_REF}Named"}, _kind("dog")]},
    "Named": {"type": "object", "properties": {"name": {"type": "string"}}},
    "Mood": {"type": "string", "enum": ["good", "bad"]},
    "Tree": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"$ref": f"{_REF}Tree"}}]},
    "Pets": {"type": "array", "items": {"$ref": f"{_REF}Owner"}},
}


def _written(definitions: Mapping[str, Any], memory: Memory) -> Mapping[str, Written]:
    names = {name: name for name in definitions}
    return written_apart(shapes(definitions, reserved=frozenset(names)), names, memory, support="apictl.support")


def _edit(*steps: str | int, value: object) -> Callable[[dict[str, Any]], None]:
    def change(definitions: dict[str, Any]) -> None:
        node: Any = definitions
        for step in steps[:-1]:
            node = node[step]
        node[steps[-1]] = value

    return change


EDITS: Mapping[str, tuple[Callable[[dict[str, Any]], None], set[str]]] = {
    "a description": (_edit("Mood", "description", value="How it is."), {"Mood"}),
    "a property": (_edit("Named", "properties", "age", value={"type": "integer"}), {"Named"}),
    "what tells a union apart": (_edit("Cat", "properties", "kind", "const", value="lion"), {"Cat", "Owner"}),
    "what no longer tells it apart": (_edit("Cat", "properties", "kind", "const", value="dog"), {"Cat", "Owner"}),
    "an alias of itself": (_edit("Tree", "anyOf", 0, value={"type": "integer"}), {"Tree"}),
    "a definition more": (_edit("New", value={"$ref": f"{_REF}Cat"}), {"New"}),
    "a name that an import has": (
        _edit("Literal", value={"type": "object", "properties": {}}),
        {*DEFINITIONS, "Literal"},
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_what_is_remembered_after_an_edit_is_what_would_be_written(edit: str) -> None:
    before = Memory()
    _written(DEFINITIONS, before)
    change, touched = EDITS[edit]
    edited = copy.deepcopy(DEFINITIONS)
    change(edited)

    after = Memory(before.kept)
    remembered = _written(edited, after)

    assert remembered == _written(edited, Memory())
    assert len(after.kept.keys() - before.kept.keys()) <= len(touched)


def test_nothing_is_written_again_when_nothing_has_changed() -> None:
    memory = Memory()
    _written(DEFINITIONS, memory)

    again = Memory(memory.kept)
    _written(DEFINITIONS, again)

    assert not again.is_changed


def test_each_definition_reads_as_it_does_in_one_module() -> None:
    whole = source(DEFINITIONS)

    apart = _written(DEFINITIONS, Memory())

    assert [name for name, each in apart.items() if each.text not in whole] == []


def test_parts_that_need_each_other_to_be_imported_are_one() -> None:
    definitions = {
        "Base": {"type": "object", "properties": {"a": {"type": "string"}}},
        "Leaf": {"allOf": [{"$ref": f"{_REF}Base"}, {"type": "object", "properties": {"b": {"type": "string"}}}]},
        "Leaves": {"type": "array", "items": {"$ref": f"{_REF}Leaf"}},
    }
    names = {name: name for name in definitions}
    written = _written(definitions, Memory())

    parts = list(model_parts(written, {"Base": "one", "Leaf": "two", "Leaves": "one"}, names, package="p"))

    assert [(part.name, part.definitions) for part in parts] == [("one", ("Base", "Leaf", "Leaves"))]
    assert "class Leaf(Base)" in parts[0].text


def test_a_class_called_as_a_builtin_of_python_is_itself_wherever_it_stands() -> None:
    definitions: dict[str, Any] = {
        "Report": {"type": "object", "properties": {"warning": {"$ref": f"{_REF}Warning"}}},
        "Warning": {"type": "object", "properties": {"text": {"type": "string"}}},
    }

    module = execute(source(definitions))

    assert module.Report.model_validate({"warning": {"text": "a"}}).warning.text == "a"
