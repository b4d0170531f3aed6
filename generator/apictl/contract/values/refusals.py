"""Values that a schema refuses, each one small step away from a valid one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, assert_never

from apictl.contract.schema import JsonValue
from apictl.contract.values.choices import Path
from apictl.contract.values.conjunction import Conjunction, is_of
from apictl.contract.values.numbers import exact, to_json
from apictl.contract.values.objects import declared_names, dependencies, is_closed, required_names

_LONG: Final = 20_000
_OTHERS: Final[tuple[JsonValue, ...]] = ("text", 1, 1.5, True, [], {}, None)
_FORMAT_BREAKERS: Final = ("not in the format", "", "::", "%", "2026-13-45")


def steps_away(value: JsonValue, node: Conjunction) -> Iterator[JsonValue]:
    """Yield values one step from *value* that *node* probably refuses, the most telling steps first."""
    match value:
        case dict():
            yield from _objects(value, node)
        case list():
            yield from _arrays(value, node)
        case str():
            yield from _texts(value, node)
        case bool() | None:
            yield from ()
        case int() | float():
            yield from _numbers(node)
        case _:
            assert_never(value)
    if node.enumerated is not None:
        yield from ("not one of them", -987654321)
    yield from (other for other in _OTHERS if not any(is_of(other, kind) for kind in node.types))
    if len(node.parts) != 1 or "type" not in node.parts[0]:
        yield from _OTHERS


def value_at(value: JsonValue, path: Path) -> tuple[JsonValue, ...]:
    """Return the part of *value* at *path* as the only item; nothing when there is none."""
    for step in path:
        match value, step:
            case dict(), str() if step in value:
                value = value[step]
            case list(), int() if step < len(value):
                value = value[step]
            case _:
                return ()
    return (value,)


def replaced(value: JsonValue, path: Path, part: JsonValue) -> JsonValue:
    """Return *value* with *part* at *path*; what is beside the path is shared."""
    if not path:
        return part
    step, rest = path[0], path[1:]
    if isinstance(value, dict) and isinstance(step, str):
        return {**value, step: replaced(value[step], rest, part)}
    if isinstance(value, list) and isinstance(step, int):
        return [*value[:step], replaced(value[step], rest, part), *value[step + 1 :]]
    return value


def _objects(value: dict[str, JsonValue], node: Conjunction) -> Iterator[JsonValue]:
    for name in required_names(node):
        yield {key: item for key, item in value.items() if key != name}
    if is_closed(node):
        yield {**value, "unknownProperty": "text"}
    yield from _other_names(value, node)
    for rule in dependencies(node):
        for name, asked in rule.items():
            yield {key: item for key, item in value.items() if key not in asked} | {name: "text"}
    least, most = node.at_least("minProperties"), node.at_most("maxProperties")
    if least:
        yield dict(list(value.items())[: least - 1])
    if most is not None and most < _LONG:
        yield value | dict.fromkeys((f"key{number}" for number in range(most - len(value) + 1)), "text")
    missing = [name for name in declared_names(node) if name not in value]
    for wrong in _OTHERS:
        yield from ({**value, name: wrong} for name in missing)


def _other_names(value: dict[str, JsonValue], node: Conjunction) -> Iterator[JsonValue]:
    """Yield objects with properties that are forbidden, misnamed, or of a wrong type though undeclared."""
    for properties in node.every("properties"):
        forbidden = properties if isinstance(properties, dict) else {}
        yield from ({**value, name: "text"} for name, schema in forbidden.items() if schema is False)
    if any(True for keyword in ("additionalProperties", "patternProperties") for _ in node.every(keyword)):
        yield from ({**value, "key": other} for other in _OTHERS)
        yield from ({**value, name: other} for name in value for other in _OTHERS[:3])
    if any(True for _ in node.every("propertyNames")):
        yield from ({**value, name: "text"} for name in ("", "not a name!", "NotAName", "0"))


def _arrays(value: list[JsonValue], node: Conjunction) -> Iterator[JsonValue]:
    if node.at_least("minItems"):
        yield value[: node.at_least("minItems") - 1]
    most = node.at_most("maxItems")
    if most is not None and most < _LONG:
        repeated: list[JsonValue] = list(value) or ["text"]
        yield repeated * (most // len(repeated) + 1)
    if value:
        yield [*value, value[-1]]
    if any(True for _ in node.every("contains")):
        yield []
    yield from ([*value, other] for other in _OTHERS)


def _texts(value: str, node: Conjunction) -> Iterator[JsonValue]:
    least, most = node.at_least("minLength"), node.at_most("maxLength")
    if 0 < least < _LONG:
        yield value[: least - 1]
    if most is not None and most < _LONG:
        yield value + (value[-1:] or "a") * (most + 1 - len(value))
    if node.texts("pattern"):
        yield from (value + "!", "!" + value, value.swapcase(), value[:-1], "", "\u2603", value + "\n")
    if node.texts("format"):
        yield from _FORMAT_BREAKERS


def _numbers(node: Conjunction) -> Iterator[JsonValue]:
    steps = [exact(step) for step in node.numbers("multipleOf") if step > 0]
    grid = max(steps, default=exact(1))
    for keyword, sign in (("minimum", -1), ("maximum", 1)):
        for bound in node.numbers(keyword):
            yield to_json(exact(bound) + sign * grid)
    for keyword in ("exclusiveMinimum", "exclusiveMaximum"):
        yield from node.numbers(keyword)
    yield from (to_json(step / 2) for step in steps)
    if node.types and "number" not in node.types:
        yield 1.5
