"""Text of the wire becomes JSON: several readings are possible, the schema tells which is meant."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import orjson

from .declarations import ABSENT
from .files import File
from .guidance import KINDS, Branch, Guide
from .judge import Judge, Schema
from .shapes import dump_json

# RFC 8259, 6: no leading zeros, no `+`, no NaN.
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_MAX_DIGITS: Final = 1000


@dataclass(frozen=True, slots=True)
class Reading:
    """What one piece of wire text can be; a field is None, or `literal` absent, when it can't be that.

    Attributes:
        text: of a scalar.
        items: of an array.
        members: of an object, by property name.
        file: a part of a multipart body as it came.
        literal: a JSON value that the sender wrote as such.
        document: whether *text* may be a JSON document: the form of an array or object inside another one.
    """

    text: str | None = None
    items: tuple[Reading, ...] | None = None
    members: Mapping[str, Reading] | None = None
    file: File | None = None
    literal: Any = ABSENT
    document: bool = False


def inner(text: str) -> Reading:
    """Return the reading of *text* that stands for an item or property."""
    return Reading(text=text, document=True)


def sequence(readings: Sequence[Reading]) -> Reading:
    """Return the reading of a name that is given once for each of *readings*, of which there is at least one."""
    if len(readings) > 1:
        return Reading(items=tuple(readings))
    (only,) = readings
    # One empty text is how an empty array is written.
    items = () if only.text == "" else (only,)
    return Reading(text=only.text, items=items, file=only.file, literal=only.literal, document=only.document)


def outermost(reading: Reading, members: Mapping[str, Reading] | None) -> Reading:
    """Return *reading*, or an object of *members*, for a whole parameter, whose text is never a JSON document."""
    return Reading(text=reading.text, items=reading.items, members=members)


@lru_cache(maxsize=64)
def guide_by(judge: Judge) -> Guide:
    """Return the guide by the schemas of *judge*."""
    return Guide(judge)


def value_of(reading: Reading, schemas: tuple[Schema, ...], guide: Guide) -> Any:
    """Return the first value of *reading* that all *schemas* accept, else the one that tells best why none is."""
    best: list[Any] = []
    for candidate in _candidates(reading, schemas, guide):
        judged = without_files(candidate)
        if all(guide.judge.fits(schema, judged) for schema in schemas):
            return candidate
        best = best or [candidate]
    return best[0] if best else _plainest(reading)


def without_files(value: Any) -> Any:
    """Return *value* as it is judged: a file as a text of the same length."""
    match value:
        case File():
            return "0" * len(value.content)
        case dict():
            return {key: without_files(item) for key, item in value.items()}
        case list():
            return [without_files(item) for item in value]
        case _:
            return value


def scalar_text(value: Any) -> str:
    """Return the text of *value* inside an array or object: a scalar as itself, anything else as JSON.

    Raises:
        ValueError: a number that is not finite.
    """
    match value:
        case str():
            return value
        case bool() | None:
            return {True: "true", False: "false", None: "null"}[value]
        case float() if not math.isfinite(value):
            raise ValueError(f"{value!r} is no JSON number")
        case int() | float():
            return str(value)
        case _:
            return dump_json(value).decode()


def _candidates(reading: Reading, schemas: tuple[Schema, ...], guide: Guide) -> Iterator[Any]:
    branches = guide.branches(schemas)
    kinds = frozenset[str]().union(*(guide.kinds(branch) for branch in branches))
    several = reading.items is not None and len(reading.items) > 1
    if several:
        yield from _arrays(reading, branches, guide)
    if reading.literal is not ABSENT:
        yield reading.literal
    if reading.file is not None and (guide.is_file(schemas) or (kinds == KINDS and _is_upload(reading))):
        yield reading.file
    if reading.text is not None:
        yield from _scalars(reading.text, kinds)
        yield from _documents(reading, kinds)
        yield from _texts(reading.text, kinds)
    if not several:
        yield from _arrays(reading, branches, guide)
    yield from _objects(reading, branches, guide)


def _arrays(reading: Reading, branches: Iterable[Branch], guide: Guide) -> Iterator[list[Any]]:
    for branch in branches:
        if reading.items is None or "array" not in guide.kinds(branch):
            continue
        yield [value_of(item, guide.item(branch, index), guide) for index, item in enumerate(reading.items)]
        if not reading.items and reading.text is not None:
            # Another sender's way to write an array of one empty text.
            yield [value_of(inner(reading.text), guide.item(branch, 0), guide)]


def _objects(reading: Reading, branches: Iterable[Branch], guide: Guide) -> Iterator[dict[str, Any]]:
    members = {} if reading.members is None else reading.members
    able = [branch for branch in branches if reading.members is not None and "object" in guide.kinds(branch)]
    # What knows most of the members first: of a member that it does not know, a branch accepts any text.
    for branch in sorted(able, key=lambda each: sum(not guide.member(each, name) for name in members)):
        yield {name: value_of(member, guide.member(branch, name), guide) for name, member in members.items()}


def _scalars(text: str, kinds: frozenset[str]) -> Iterator[float | bool]:
    if "integer" in kinds and _NUMBER.fullmatch(text) and len(text) <= _MAX_DIGITS:
        number = int(text) if text.removeprefix("-").isdigit() else float(text)
        if math.isfinite(number):
            yield number
    if "boolean" in kinds and text in {"true", "false"}:
        yield text == "true"


def _documents(reading: Reading, kinds: frozenset[str]) -> Iterator[Any]:
    text = reading.text or ""
    if reading.document and text[:1] in {"[", "{"} and not kinds.isdisjoint({"array", "object"}):
        # What is no JSON after all stays the text that it is.
        with suppress(ValueError):
            yield orjson.loads(text)


def _texts(text: str, kinds: frozenset[str]) -> Iterator[str | None]:
    # A text that happens to read `null` stays a text where texts are allowed: somebody is called Null.
    if "string" in kinds:
        yield text
    if "null" in kinds and text == "null":
        yield None


def _is_upload(reading: Reading) -> bool:
    return reading.text is None or (reading.file is not None and reading.file.filename is not None)


def _plainest(reading: Reading) -> Any:
    """Return the value of *reading* of which no schema knows anything."""
    if reading.text is not None:
        return reading.text
    if reading.items is not None:
        return [_plainest(item) for item in reading.items]
    if reading.members is not None:
        return {name: _plainest(member) for name, member in reading.members.items()}
    # Bytes are no JSON value: every judge refuses them.
    return None if reading.file is None else reading.file.content
