"""Values that a JSON Schema most likely allows, drawn by hypothesis; whoever asks for them has a judge."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final, TypeAlias

from hypothesis import reject, strategies
from hypothesis.strategies import DrawFn, SearchStrategy

Draw: TypeAlias = DrawFn
Schema: TypeAlias = "dict[str, Any] | bool"
Schemas: TypeAlias = "tuple[Schema, ...]"
"""All of which a value has to keep."""

_DEEPEST: Final = 5
"""Level from which on only what is required is there."""
_TOO_DEEP: Final = 40
_MOST_COMBINED: Final = 1000
"""Schemas of one value; who refers to himself has more."""
_MOST_ITEMS: Final = 4
_MOST_CHARACTERS: Final = 40
_SAFE: Final = 2**53 - 1
"""The greatest integer that JSON carries between all languages (RFC 8259, section 6)."""
_TYPES: Final = ("null", "boolean", "integer", "number", "string", "array", "object")


class Values:
    """Draws values."""

    def __init__(self, draw: Draw, resolve: Callable[[str], Any], alphabet: SearchStrategy[str]) -> None:
        """Make texts of *alphabet*, and follow a `$ref` by *resolve*."""
        self._draw = draw
        self._resolve = resolve
        self._alphabet = alphabet

    def value(self, schemas: Schemas, depth: int = 0) -> Any:
        """Return a value that most likely keeps all of *schemas*."""
        if depth > _TOO_DEEP:
            reject()
        whole = self._expanded(schemas)
        fixed = [each["const"] for each in whole if "const" in each]
        if fixed:
            return fixed[0]
        lists = [each["enum"] for each in whole if isinstance(each.get("enum"), list) and each["enum"]]
        if lists:
            return self._draw(strategies.sampled_from(min(lists, key=len)))
        match self._type(whole):
            case "array":
                return self._array(whole, depth)
            case "object":
                return self._object(whole, depth)
            case scalar:
                return self._scalar(scalar, whole)

    def _scalar(self, name: str, whole: list[dict[str, Any]]) -> Any:
        match name:
            case "boolean":
                return self._draw(strategies.booleans())
            case "integer":
                return self._integer(whole)
            case "number":
                return self._number(whole)
            case "string":
                return self._text(whole)
            case _:
                return None

    # ------------------------------------------------------------------------------------------------ schemas

    def _expanded(self, schemas: Schemas) -> list[dict[str, Any]]:
        """Return *schemas* with what they refer to and combine; one branch of each choice is drawn."""
        found: list[dict[str, Any]] = []
        waiting = [*schemas]
        while waiting:
            schema = waiting.pop()
            if schema is False or len(found) > _MOST_COMBINED:
                reject()
            if isinstance(schema, dict):
                found.append(schema)
                waiting += self._below(schema)
        return found

    def _below(self, schema: dict[str, Any]) -> Iterator[Schema]:
        if isinstance(schema.get("$ref"), str):
            yield self._resolve(schema["$ref"])
        yield from schema.get("allOf") or ()
        for choice in ("oneOf", "anyOf"):
            if schema.get(choice):
                yield self._draw(strategies.sampled_from(schema[choice]))

    def _type(self, whole: list[dict[str, Any]]) -> str:
        allowed = set(_TYPES)
        for each in whole:
            said = each.get("type", _TYPES)
            told = {said} if isinstance(said, str) else set(said)
            allowed &= told | ({"integer"} if "number" in told else set())
        likely = self._likely(whole) & allowed or allowed
        if not likely:
            reject()
        if "number" in likely and len(likely) > 1:
            likely -= {"integer"}
        drawn: str = self._draw(strategies.sampled_from(sorted(likely)))
        return drawn

    def _likely(self, whole: list[dict[str, Any]]) -> set[str]:
        """Return the types that keywords speak of."""
        words = {word for each in whole for word in each}
        found = {"object"} if words & {"properties", "required", "additionalProperties", "patternProperties"} else set()
        found |= {"array"} if words & {"items", "prefixItems", "minItems"} else set()
        return found | ({"string"} if words & {"pattern", "minLength", "maxLength"} else set())

    # ------------------------------------------------------------------------------------------------ scalars

    def _integer(self, whole: list[dict[str, Any]]) -> int:
        low, high = self._bounds(whole)
        step = int(_first(whole, "multipleOf", 1)) or 1
        least, most = -(-int(low) // step), int(high) // step
        if least > most:
            reject()
        drawn: int = self._draw(strategies.integers(least, most))
        return drawn * step

    def _number(self, whole: list[dict[str, Any]]) -> float:
        low, high = self._bounds(whole)
        if low > high or _first(whole, "multipleOf", None) is not None or self._draw(strategies.booleans()):
            return self._integer(whole)
        drawn: float = self._draw(strategies.floats(float(low), float(high), allow_nan=False, allow_infinity=False))
        # JSON has a negative zero, but nothing to be learnt from it.
        return drawn + 0.0

    def _bounds(self, whole: list[dict[str, Any]]) -> tuple[float, float]:
        lows = [each[word] for each in whole for word in ("minimum", "exclusiveMinimum") if _is_number(each.get(word))]
        highs = [each[word] for each in whole for word in ("maximum", "exclusiveMaximum") if _is_number(each.get(word))]
        return max([-_SAFE, *lows]), min([_SAFE, *highs])

    def _text(self, whole: list[dict[str, Any]]) -> str:
        least = max([0, *(int(each["minLength"]) for each in whole if _is_number(each.get("minLength")))])
        most = min([least + _MOST_CHARACTERS, *(int(each["maxLength"]) for each in whole if "maxLength" in each)])
        patterns = [each["pattern"] for each in whole if isinstance(each.get("pattern"), str)]
        formats = [each["format"] for each in whole if each.get("format") in _FORMATS]
        if patterns:
            return self._matching(patterns[0], least, most)
        if formats:
            return str(self._draw(_FORMATS[formats[0]]))
        if least > most:
            reject()
        drawn: str = self._draw(strategies.text(self._alphabet, min_size=least, max_size=most))
        return drawn

    def _matching(self, pattern: str, least: int, most: int) -> str:
        try:
            # As ECMA-262 has it: digits and letters are those of ASCII, and `$` is the very end.
            found = strategies.from_regex(re.compile(pattern, re.ASCII), alphabet=self._alphabet)
            drawn: str = self._draw(found.map(lambda text: text.rstrip("\n")))
        except (re.error, ValueError, OverflowError):
            drawn = self._draw(strategies.text(self._alphabet, min_size=least, max_size=max(least, most)))
        return drawn

    # ------------------------------------------------------------------------------------------------ what has parts

    def _array(self, whole: list[dict[str, Any]], depth: int) -> list[Any]:
        least = max([0, *(int(each["minItems"]) for each in whole if _is_number(each.get("minItems")))])
        usual = least if depth > _DEEPEST else least + _MOST_ITEMS
        most = min([usual, *(int(each["maxItems"]) for each in whole if _is_number(each.get("maxItems")))])
        prefix: list[Schema] = _first(whole, "prefixItems", [])
        items = tuple(each["items"] for each in whole if isinstance(each.get("items"), (dict, bool)))
        if False in items:
            most = min(most, len(prefix))
        if least > most:
            reject()
        count = self._draw(strategies.integers(least, most))
        found = [
            self.value((prefix[index],) if index < len(prefix) else items, depth + 1) for index in range(int(count))
        ]
        if any(each.get("uniqueItems") for each in whole):
            found = [*{json.dumps(each, sort_keys=True): each for each in found}.values()]
        return found

    def _object(self, whole: list[dict[str, Any]], depth: int) -> dict[str, Any]:
        required = {name for each in whole for name in each.get("required") or ()}
        declared: dict[str, Schemas] = {}
        for each in whole:
            for name, schema in (each.get("properties") or {}).items():
                declared[name] = (*declared.get(name, ()), schema)
        others = tuple(each["additionalProperties"] for each in whole if "additionalProperties" in each)
        found: dict[str, Any] = {}
        for name in (*declared, *sorted(required - declared.keys())):
            is_wanted = name in required or (depth <= _DEEPEST and self._draw(strategies.booleans()))
            if is_wanted and False not in declared.get(name, ()):
                found[name] = self.value(declared.get(name, others), depth + 1)
        if any(isinstance(each, dict) for each in others) and depth <= _DEEPEST:
            keys = strategies.lists(strategies.text(self._alphabet, min_size=1, max_size=8), max_size=2, unique=True)
            for name in self._draw(keys):
                found.setdefault(name, self.value(others, depth + 1))
        return found


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _first(whole: list[dict[str, Any]], word: str, otherwise: Any) -> Any:
    return next((each[word] for each in whole if word in each), otherwise)


def _instant(time: datetime) -> str:
    offset = _OFFSETS[time.minute % len(_OFFSETS)]
    return time.replace(tzinfo=None).isoformat() + offset


_OFFSETS: Final = ("Z", "Z", "Z", "+00:00", "-08:00", "+05:30")
_TIMES: Final = strategies.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1))  # noqa: DTZ001 - hypothesis wants none
_FORMATS: Final[dict[str, SearchStrategy[Any]]] = {
    "date-time": _TIMES.map(_instant),
    "date": _TIMES.map(lambda time: time.date().isoformat()),
    "time": _TIMES.map(lambda time: _instant(time).partition("T")[2]),
    "uuid": strategies.uuids().map(str),
    "email": strategies.from_regex(r"\A[a-z]{1,10}@[a-z]{1,10}\.example\Z"),
    "hostname": strategies.from_regex(r"\A[a-z]{1,10}\.example\Z"),
    "ipv4": strategies.ip_addresses(v=4).map(str),
    "ipv6": strategies.ip_addresses(v=6).map(str),
    "uri": strategies.from_regex(r"\Ahttps://[a-z]{1,10}\.example/[a-z]{0,10}\Z"),
    "decimal": strategies.decimals(-1000, 1000, places=2).map(str),
    "byte": strategies.just("AAEC"),
}
