"""One defect each, put into a text so that its line is known."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tests.mutants.places import Entry, Text

_METHODS: Final = ("get", "put", "post", "delete", "patch")
_DATA: Final = frozenset({"example", "examples", "default", "enum", "const", "x-"})
_TEMPLATE: Final = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A text with one defect.

    Attributes:
        text: of the whole document.
        lines: that a person would look for the defect at; most have one.
    """

    text: str
    lines: frozenset[int]


Defect = Callable[[Text, random.Random], Mutant | None]


def replaced(text: Text, begin: int, end: int, new: str, *also: int) -> Mutant:
    """Return *text* with *new* from *begin* to *end*; a finding there is right, or one at an offset of *also*."""
    changed = text.text[:begin] + new + text.text[end:]
    return Mutant(changed, frozenset({text.line(begin), *(text.line(offset) for offset in also)}))


def quoted(text: Text, value: str) -> str:
    """Return *value* as a scalar of *text*."""
    return f'"{value}"' if text.is_json else f"'{value}'"


def picked(entries: list[Entry], chance: random.Random) -> Entry | None:
    """Return one of *entries*; None when there is none."""
    return chance.choice(entries) if entries else None


def misspelled(name: str, chance: random.Random) -> str:
    """Return *name* with one slip."""
    at = chance.randrange(1, len(name) - 1)
    match chance.randrange(3):
        case 0:
            return name[:at] + name[at + 1 :]
        case 1:
            return name[:at] + name[at] + name[at:]
        case _:
            return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def schemas(text: Text) -> list[Entry]:
    """Return the mappings that are schemas beyond doubt: those with a type, and below components."""
    return [
        entry
        for path, entry in text.entries.items()
        if path[:2] == ("components", "schemas")
        and len(path) > 2
        and "type" in entry.members
        and path[-1] not in ("properties", "patternProperties", "$defs", "mapping")
        and not any(str(step).startswith(tuple(_DATA)) for step in path[3:])
        and (kind := text.entries[*path, "type"].scalar) is not None
        and kind in ("string", "integer", "number", "boolean", "array", "object")
    ]


def in_schema(text: Text, keyword: str, kind: str = "") -> list[Entry]:
    """Return the values of *keyword* of schemas, of type *kind* if that is given."""
    found = [entry for entry in schemas(text) if keyword in entry.members]
    return [
        text.entries[*entry.path, keyword]
        for entry in found
        if not kind or text.entries[*entry.path, "type"].scalar == kind
    ]


def of_operations(text: Text, *pattern: str | int) -> list[Entry]:
    """Return the entries below operations of paths that fit *pattern*."""
    return [entry for method in _METHODS for entry in text.under("paths", "*", method, *pattern)]


def parameters(text: Text, field: str) -> list[Entry]:
    """Return the values of *field* of parameters."""
    shared = text.under("paths", "*", "parameters", "*", field)
    return [
        *of_operations(text, "parameters", "*", field),
        *shared,
        *text.under("components", "parameters", "*", field),
    ]


def referring(text: Text) -> list[Entry]:
    """Return the references within the document."""
    return [
        entry
        for path, entry in text.entries.items()
        if path[-1:] == ("$ref",)
        and (entry.scalar or "").startswith("#/")
        and not any(str(step).startswith(tuple(_DATA)) for step in path)
    ]


def renamed_key(text: Text, entry: Entry | None, new: str) -> Mutant | None:
    """Return *text* with another key for *entry*."""
    if entry is None or entry.key is None:
        return None
    begin, end = entry.key
    mark = text.text[begin] if text.text[begin] in "'\"" else ""
    return replaced(text, begin, end, f"{mark}{new}{mark}")


def another_value(text: Text, entry: Entry | None, new: str, *also: int) -> Mutant | None:
    """Return *text* with *new* for the value of *entry*, which is no block of several lines."""
    if entry is None or (entry.scalar is not None and "\n" in text.text[entry.begin : entry.end].rstrip()):
        return None
    if not entry.is_block:
        return replaced(text, entry.begin, entry.end, new, *also)
    if entry.key is None:
        return None
    rest = text.text[entry.begin : entry.end]
    end = entry.begin + len(rest.rstrip())
    if "#" in rest:
        return None  # a comment in it may be taken along
    return replaced(text, entry.key[1], end, f": {new}", *also)


def without(text: Text, entry: Entry | None) -> Mutant | None:
    """Return *text* without *entry*, which is not the first of its mapping; the mapping is where it is missed."""
    if entry is None or entry.key is None:
        return None
    holder = text.entries[entry.path[:-1]]
    if entry.path[-1] == holder.members[0]:
        return None
    begin = entry.key[0]
    end = entry.begin + len(text.text[entry.begin : entry.end].rstrip())
    if holder.is_block:
        begin = text.text.rfind("\n", 0, begin)
        end = text.text.find("\n", end)
        end = len(text.text) if end < 0 else end
    else:
        begin = text.text.rfind(",", 0, begin)
    lines = {text.line(holder.begin)} | ({text.line(holder.key[0])} if holder.key else set())
    return Mutant(text.text[:begin] + text.text[end:], frozenset(lines))


def names_in(text: str) -> list[str]:
    """Return the names in braces."""
    return _TEMPLATE.findall(text)
