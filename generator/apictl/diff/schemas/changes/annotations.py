"""What is only said about values: descriptions, defaults, examples, deprecation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from apictl.contract.schema import JsonValue, as_schema
from apictl.contract.values.conjunction import identity
from apictl.diff.law import Effect
from apictl.diff.schemas.aspects import Aspect
from apictl.diff.schemas.changes.pair import Pair, Telling
from apictl.diff.schemas.node import HINTS
from apictl.diff.schemas.universe import Age

_CHANGED: Final = {
    "description-changed": ("description",),
    "title-changed": ("title",),
    "default-changed": ("default",),
    "example-changed": ("example", "examples"),
    "content-encoding-changed": ("contentEncoding",),
    "content-media-type-changed": ("contentMediaType",),
}
_FLAGS: Final = {"deprecated": "deprecated", "read-only": "readOnly", "write-only": "writeOnly"}


def tell_annotations(pair: Pair, telling: Telling) -> None:
    """Tell of annotations; the one that stands nearest counts."""
    for kind, keywords in _CHANGED.items():
        for keyword in keywords:
            old, new = _said(pair.old, keyword), _said(pair.new, keyword)
            if _key(old) != _key(new):
                facts: dict[str, JsonValue] = {"old": old[0] if old else None, "new": new[0] if new else None}
                facts |= {"was_there": bool(old), "is_there": bool(new)}
                places = (pair.old.spot(keyword), pair.new.spot(keyword))
                telling.tell_below((), kind, Effect.NEUTRAL, places=places, facts=facts)
                break
    for name, keyword in _FLAGS.items():
        was, is_now = _said(pair.old, keyword) == [True], _said(pair.new, keyword) == [True]
        if was != is_now:
            kind = f"{name}-added" if is_now else f"{name}-removed"
            telling.tell(kind, Effect.NEUTRAL, (pair.old.spot(keyword), pair.new.spot(keyword)))
    _tell_hint(pair, telling)
    _tell_content(pair, telling)
    if not _tell_alike(pair):
        places = (pair.old.spot("discriminator"), pair.new.spot("discriminator"))
        telling.tell("discriminator-changed", Effect.NEUTRAL, places)


def _tell_content(pair: Pair, telling: Telling) -> None:
    """Tell of the schema of what a text holds, which judges no text (JSON Schema 2020-12, Validation, 8.5)."""
    said = [_said(aspect, "contentSchema") for aspect in (pair.old, pair.new)]
    node = pair.opener.context.universe.node
    old, new = (tuple(node(as_schema(each), aspect.age) for each in values)
                for values, aspect in zip(said, (pair.old, pair.new), strict=True))  # fmt: skip
    told = pair.effect_within(old, new)
    if told is not Effect.NEUTRAL:
        facts: dict[str, JsonValue] = {"was_there": bool(old), "is_there": bool(new), "effect": told.value}
        places = (pair.old.spot("contentSchema"), pair.new.spot("contentSchema"))
        telling.tell_below((), "content-schema-changed", Effect.NEUTRAL, places=places, facts=facts)


def _tell_hint(pair: Pair, telling: Telling) -> None:
    """Tell of a format that says nothing about values; of one that does, the constraints tell."""
    old, new = _said(pair.old, "format"), _said(pair.new, "format")
    if old != new and all(value in HINTS for value in [*old, *new]):
        action = "changed" if old and new else "added" if new else "removed"
        places = (pair.old.spot("format"), pair.new.spot("format"))
        facts: dict[str, JsonValue] = {"old": old[0] if old else None, "new": new[0] if new else None}
        telling.tell_below((), f"format-{action}", Effect.NEUTRAL, places=places, facts=facts | {"is_asserted": False})


def _said(aspect: Aspect, keyword: str) -> list[JsonValue]:
    """Return the value of *keyword* that counts, in a list; an empty one when there is none."""
    return next(([part.schema[keyword]] for part in aspect.having(keyword)), [])


def _key(said: list[JsonValue]) -> list[str]:
    return [identity(value) for value in said]


def _tell_alike(pair: Pair) -> bool:
    """Whether discriminators have the same property, values and meanings."""
    (old_name, old), (new_name, new) = _discriminator(pair.old), _discriminator(pair.new)
    if old_name != new_name or old.keys() != new.keys():
        return False
    return all(old[value] == new[value] or _mean_the_same(pair, old[value], new[value]) for value in old)


def _discriminator(aspect: Aspect) -> tuple[JsonValue, Mapping[str, JsonValue]]:
    said = _said(aspect, "discriminator")
    if not said or not isinstance(said[0], dict):
        return None, {}
    mapping = said[0].get("mapping")
    return said[0].get("propertyName"), mapping if isinstance(mapping, dict) else {}


def _mean_the_same(pair: Pair, old: JsonValue, new: JsonValue) -> bool:
    """Whether two definitions that are called differently allow the same."""
    universe, prover = pair.opener.context.universe, pair.opener.prover
    before = (universe.node(universe.target(old, Age.OLD)[0], Age.OLD),)
    after = (universe.node(universe.target(new, Age.NEW)[0], Age.NEW),)
    return prover.is_within(before, after) and prover.is_within(after, before)
