"""What a conjunction says of the properties of an object."""

from __future__ import annotations

from collections.abc import Iterator

from apictl.contract.schema import JsonValue, Schema, as_schema
from apictl.contract.values.conjunction import Conjunction
from apictl.contract.values.scalars import scalar_options
from apictl.contract.values.space import Space
from apictl.contract.values.texts import pattern_texts

_EXTRA_NAMES = ("key", "key2", "key3", "key4")


def required_names(node: Conjunction) -> tuple[str, ...]:
    """Return the names that *node* requires, each once."""
    lists = [value for value in node.every("required") if isinstance(value, list)]
    return tuple(dict.fromkeys(name for names in lists for name in names if isinstance(name, str)))


def declared_names(node: Conjunction) -> tuple[str, ...]:
    """Return the names of the properties of *node*, but for those that must not be there."""
    maps = [value for value in node.every("properties") if isinstance(value, dict)]
    forbidden = {name for properties in maps for name, schema in properties.items() if schema is False}
    return tuple(dict.fromkeys(name for properties in maps for name in properties if name not in forbidden))


def property_schemas(node: Conjunction, name: str, space: Space) -> tuple[Schema, ...]:
    """Return the schemas that the property *name* of *node* must all satisfy (JSON Schema 2020-12 core, 10.3.2)."""
    found: list[Schema] = []
    for part in node.parts:
        properties, patterns = part.get("properties"), part.get("patternProperties")
        is_declared = isinstance(properties, dict) and name in properties
        if isinstance(properties, dict) and name in properties:
            found.append(as_schema(properties[name]))
        if isinstance(patterns, dict):
            matching = [as_schema(schema) for pattern, schema in patterns.items() if space.judge.matches(pattern, name)]
            is_declared = is_declared or bool(matching)
            found.extend(matching)
        if not is_declared and "additionalProperties" in part:
            found.append(as_schema(part["additionalProperties"]))
    # What no part speaks of is unevaluated (11.3).
    return tuple(found) if found else tuple(node.schemas("unevaluatedProperties"))


def dependent_names(node: Conjunction, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return *names* and all that `dependentRequired` asks for beside them."""
    rules = dependencies(node)
    if not rules:
        return names
    found = dict.fromkeys(names)
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        for rule in rules:
            fresh = [other for other in rule.get(name, ()) if other not in found]
            found.update(dict.fromkeys(fresh))
            waiting.extend(fresh)
    return tuple(found)


def dependencies(node: Conjunction) -> list[dict[str, tuple[str, ...]]]:
    """Return what each `dependentRequired` of *node* says: a name, and the names that it asks for."""
    return [
        {
            name: tuple(other for other in asked if isinstance(other, str))
            for name, asked in rule.items()
            if isinstance(asked, list)
        }
        for rule in node.every("dependentRequired")
        if isinstance(rule, dict)
    ]


def dependent_schemas(node: Conjunction, names: tuple[str, ...]) -> tuple[Schema, ...]:
    """Return the `dependentSchemas` that *names* bring in and that are no part of *node* yet."""
    maps = [value for value in node.every("dependentSchemas") if isinstance(value, dict)]
    parts = {id(part) for part in node.parts}
    wanted = [as_schema(rules[name]) for rules in maps for name in rules if name in names]
    return tuple(schema for schema in wanted if schema is not True and id(schema) not in parts)


def extra_names(node: Conjunction, space: Space) -> Iterator[str]:
    """Yield names of properties that *node* allows though it does not declare them."""
    seen = set(declared_names(node))
    for name in _extra_candidates(node, space):
        if name not in seen:
            seen.add(name)
            if not space.conjoin(property_schemas(node, name, space)).is_refused:
                yield name


def is_open(node: Conjunction) -> bool:
    """Whether *node* says what undeclared properties look like, as a map does."""
    openers = ("additionalProperties", "patternProperties", "unevaluatedProperties")
    return any(value not in (False, {}) and value is not True for opener in openers for value in node.every(opener))


def is_closed(node: Conjunction) -> bool:
    """Whether *node* refuses properties that it does not declare."""
    return any(value is False for key in ("additionalProperties", "unevaluatedProperties") for value in node.every(key))


def _extra_candidates(node: Conjunction, space: Space) -> Iterator[str]:
    naming = node.schemas("propertyNames")
    if naming:
        options: tuple[JsonValue, ...] = scalar_options(space.conjoin(tuple(naming)), "string", "key", space.judge)
        enumerated = space.conjoin(tuple(naming)).enumerated or ()
        yield from (name for name in (*enumerated, *options) if isinstance(name, str))
    for patterns in node.every("patternProperties"):
        for pattern in patterns if isinstance(patterns, dict) else ():
            yield from pattern_texts(pattern, (4, 1, 2, 3, 5, 6, 7))
    yield from _EXTRA_NAMES
    yield from (f"key{number}" for number in range(5, max(node.at_least("minProperties"), 5) + 5))
