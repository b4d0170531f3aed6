"""Changes after which a document is about as right as before, so that most of them come through the reader."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from tests.fuzz.fitting import (
    COMPONENT_NAMES,
    KEYWORDS,
    LIMITS,
    MEDIA_TYPES,
    PARAMETERS,
    PROPERTY_NAMES,
    SCHEMAS,
    STATUSES,
    WORDS,
)

_HOLD_SCHEMAS: Final = frozenset({"properties", "schemas", "$defs", "definitions", "allOf", "oneOf", "anyOf"})
_SECTIONS_OF_SCHEMAS: Final = {"schemas": "#/components/schemas/", "definitions": "#/definitions/"}
_ARE_SCHEMAS: Final = frozenset({"schema", "items", "additionalProperties", "payload", "not"})
_HOLD_NAMED: Final = frozenset(
    {"schemas", "parameters", "requestBodies", "headers", "examples", "messages", "channels", "operations", "links"}
    | {"securitySchemes", "callbacks", "messageTraits", "operationTraits", "replies", "servers", "correlationIds"}
)
_METHODS: Final = frozenset({"get", "put", "post", "delete", "patch", "options", "head"})


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a document.

    Attributes:
        holder: a mapping or list.
        key: a key or index of it.
        section: the key under which the holder stands; "" when it stands in a list, or is the whole.
    """

    holder: Any
    key: Any
    section: str

    @property
    def value(self) -> Any:
        """What stands there."""
        return self.holder[self.key]

    @property
    def is_schema(self) -> bool:
        """Whether a JSON Schema stands there, as far as its surroundings tell."""
        named = self.section in _HOLD_SCHEMAS or (self.key in _ARE_SCHEMAS and self.section not in _HOLD_NAMED)
        return named and isinstance(self.value, dict)


Change: TypeAlias = Callable[[list[Spot], Sequence[Any], random.Random], None]
_TRIES: Final = 5


def kept(tree: Any, others: Sequence[Any], chance: random.Random) -> Any:
    """Return *tree* with a few such changes; schemas of *others* may get into it."""
    changed = json.loads(json.dumps(tree))
    for _ in range(chance.randint(1, _TRIES)):
        chance.choice(_CHANGES)(list(spots(changed)), others, chance)
    return changed


def spots(tree: Any) -> Iterator[Spot]:
    """Yield all places of *tree*; what stands at one must not be changed before the next is asked for."""
    waiting: list[tuple[Any, str]] = [(tree, "")]
    while waiting:
        node, section = waiting.pop()
        if isinstance(node, dict):
            yield from (Spot(node, key, section) for key in node)
            waiting.extend((child, key) for key, child in node.items())
        elif isinstance(node, list):
            yield from (Spot(node, index, section) for index in range(len(node)))
            waiting.extend((child, "") for child in node)


def _one(found: list[Spot], chance: random.Random) -> Spot | None:
    return chance.choice(found) if found else None


def _schema(all_: list[Spot], chance: random.Random) -> Spot | None:
    return _one([spot for spot in all_ if spot.is_schema], chance)


def _copied(value: Any) -> Any:
    return json.loads(json.dumps(value))


def _add_entry(all_: list[Spot], _others: Sequence[Any], chance: random.Random) -> None:
    """Put a copy of an entry beside it, under a name that may stand there."""
    sections = _HOLD_NAMED | {"properties", "responses", "paths"}
    found = [spot for spot in all_ if spot.section in sections and isinstance(spot.holder, dict)]
    if (spot := _one(found, chance)) is None:
        return
    match spot.section:
        case "properties":
            name = chance.choice([*PROPERTY_NAMES, f"{spot.key}_", str(spot.key).upper()])
        case "paths":
            name = f"{spot.key}/{chance.choice(['more', 'class', 'a.b', '~', '%20'])}"
        case "responses" if str(spot.key)[:1].isdigit() or spot.key == "default":
            name = chance.choice(STATUSES)
        case _:
            name = chance.choice([*COMPONENT_NAMES, f"{spot.key}_", str(spot.key).upper()])
    if name not in spot.holder:
        spot.holder[name] = _with_other_ids(_copied(spot.value), chance)


def _with_other_ids(value: Any, chance: random.Random) -> Any:
    for spot in list(spots(value)):
        if spot.key == "operationId" and isinstance(spot.value, str):
            spot.holder[spot.key] = f"{spot.value}{chance.randrange(10_000)}"
    return value


def _add_keyword(all_: list[Spot], _others: Sequence[Any], chance: random.Random) -> None:
    if (spot := _schema(all_, chance)) is not None and "$ref" not in spot.value:
        kind = spot.value.get("type")
        fitting = [*KEYWORDS[""], *KEYWORDS.get(kind if isinstance(kind, str) else "", ())]
        spot.value.update(_copied(chance.choice(fitting)))


def _change_limit(all_: list[Spot], _others: Sequence[Any], chance: random.Random) -> None:
    found = [spot for spot in all_ if spot.key in LIMITS and type(spot.value) in {int, float}]
    if (spot := _one(found, chance)) is not None:
        value = spot.value
        spot.holder[spot.key] = chance.choice([value + 1, max(0, value - 1), value * 2, value // 2, 0, 1, 10**9])


def _change_words(all_: list[Spot], _others: Sequence[Any], chance: random.Random) -> None:
    found = [spot for spot in all_ if spot.key in {"description", "summary", "title"} and isinstance(spot.value, str)]
    if (spot := _one(found, chance)) is not None:
        spot.holder[spot.key] = chance.choice(WORDS)


def _change_enum(all_: list[Spot], _others: Sequence[Any], chance: random.Random) -> None:
    found = [spot for spot in all_ if spot.key == "enum" and isinstance(spot.value, list) and spot.value]
    if (spot := _one(found, chance)) is None:
        return
    if len(spot.value) > 1 and chance.random() < 0.5:
        spot.value.pop(chance.randrange(len(spot.value)))
    elif all(isinstance(each, str) for each in spot.value):
        spot.value.append(chance.choice([*PROPERTY_NAMES, spot.value[0].upper(), spot.value[0] + " "]))


def _change_required(all_: list[Spot], _others: Sequence[Any], chance: random.Random) -> None:
    found = [spot for spot in all_ if spot.key == "properties" and isinstance(spot.value, dict) and spot.value]
    if (spot := _one(found, chance)) is None or not isinstance(spot.holder, dict):
        return
    names = [*spot.value]
    chosen = sorted(chance.sample(names, chance.randint(1, len(names))))
    if chance.random() < 0.3:
        spot.holder.pop("required", None)
    elif isinstance(spot.holder.get("required", []), list):
        spot.holder["required"] = chosen


def _wrap_schema(all_: list[Spot], _others: Sequence[Any], chance: random.Random) -> None:
    if (spot := _schema(all_, chance)) is None:
        return
    inner, other = spot.value, _copied(chance.choice(SCHEMAS))
    spot.holder[spot.key] = chance.choice(
        [
            {"allOf": [inner]},
            {"allOf": [inner, {"description": "a"}]},
            {"oneOf": [inner, other]},
            {"anyOf": [inner, other]},
            {"type": "array", "items": inner},
            {"type": "object", "properties": {chance.choice(PROPERTY_NAMES): inner}, "required": []},
            {"type": "object", "additionalProperties": inner},
        ]
    )


def _refer(all_: list[Spot], _others: Sequence[Any], chance: random.Random) -> None:
    """Put a reference to a schema of the document in the place of one, so that some contain themselves."""
    named = [spot for spot in all_ if spot.section in _SECTIONS_OF_SCHEMAS and isinstance(spot.key, str)]
    if (spot := _schema(all_, chance)) is not None and named:
        chosen = chance.choice(named)
        name = chosen.key.replace("~", "~0").replace("/", "~1").replace("%", "%25")
        spot.holder[spot.key] = {"$ref": f"{_SECTIONS_OF_SCHEMAS[chosen.section]}{name}"}


def _swap_schemas(all_: list[Spot], _others: Sequence[Any], chance: random.Random) -> None:
    one, other = _schema(all_, chance), _schema(all_, chance)
    if one is not None and other is not None:
        mine, its = _copied(one.value), _copied(other.value)
        one.holder[one.key] = its
        other.holder[other.key] = mine


def _bring_schema(all_: list[Spot], others: Sequence[Any], chance: random.Random) -> None:
    """Put a schema of another document, one that refers to nothing, in the place of one."""
    brought = [spot.value for spot in spots(chance.choice(others)) if spot.is_schema]
    chosen = chance.choice(brought) if brought else chance.choice(SCHEMAS)
    if (spot := _schema(all_, chance)) is not None and "$ref" not in json.dumps(chosen):
        spot.holder[spot.key] = _copied(chosen)


def _new_schema(all_: list[Spot], _others: Sequence[Any], chance: random.Random) -> None:
    if (spot := _schema(all_, chance)) is not None:
        spot.holder[spot.key] = _copied(chance.choice(SCHEMAS))


def _change_operation(all_: list[Spot], _others: Sequence[Any], chance: random.Random) -> None:
    found = [spot for spot in all_ if spot.key in _METHODS and isinstance(spot.value, dict)]
    if (spot := _one(found, chance)) is None:
        return
    listed = spot.value.setdefault("parameters", [])
    match chance.randrange(4):
        case 0:
            spot.value["deprecated"] = True
        case 1:
            spot.value["security"] = []
        case _ if isinstance(listed, list):
            listed.append(_copied(chance.choice(PARAMETERS)) | {"name": chance.choice(["q", "x-q", "class", "a.b"])})
        case _:
            pass


def _change_media_type(all_: list[Spot], _others: Sequence[Any], chance: random.Random) -> None:
    found = [spot for spot in all_ if spot.section == "content" and isinstance(spot.holder, dict)]
    if (spot := _one(found, chance)) is not None:
        name = chance.choice(MEDIA_TYPES)
        if name not in spot.holder:
            spot.holder[name] = _copied(spot.value) if chance.random() < 0.5 else spot.holder.pop(spot.key)


def _leave_out(all_: list[Spot], _others: Sequence[Any], chance: random.Random) -> None:
    """Take out what may be missing."""
    found = [
        spot for spot in all_ if spot.section == "properties" or spot.key in {*LIMITS, "format", "pattern", "tags"}
    ]
    if (spot := _one(found, chance)) is not None and isinstance(spot.holder, dict):
        del spot.holder[spot.key]


_CHANGES: Final[tuple[Change, ...]] = (
    _add_entry, _add_entry, _add_entry, _add_keyword, _add_keyword, _change_limit, _change_words, _change_enum,
    _change_required, _wrap_schema, _wrap_schema, _refer, _swap_schemas, _bring_schema, _bring_schema, _new_schema,
    _change_operation, _change_media_type, _leave_out,
)  # fmt: skip
