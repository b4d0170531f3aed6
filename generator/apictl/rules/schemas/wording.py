"""What is said about a difference between two schemas, from the side of the one who is hurt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from apictl.contract.schema import JsonValue
from apictl.diff.law import Effect, Side
from apictl.diff.pairs import SchemaPair
from apictl.diff.schemas.difference import SchemaDifference
from apictl.diff.spot import Role
from apictl.diff.values import shown, where

_LENGTH: Final = 200


@dataclass(frozen=True, slots=True)
class Telling:
    """A difference with the words for who speaks and where.

    Attributes:
        who: the operation.
        where: the part of the value.
        difference: what is told of.
        is_sent: the value is one that the service sends.
        verb: what the service does with the value: "accept", "answer", "send".
    """

    who: str
    where: str
    difference: SchemaDifference
    is_sent: bool
    verb: str

    @property
    def facts(self) -> Mapping[str, JsonValue]:
        """What the difference knows."""
        return self.difference.facts

    def no_longer(self, what: str) -> str:
        """Return that *what* does not come any more, or is refused now."""
        return f"{self.who} no longer {self.verb}s {what}"

    def now(self, what: str) -> str:
        """Return that *what* may come, or is not refused any more."""
        return f"{self.who} may now {self.verb} {what}" if self.is_sent else f"{self.who} now {self.verb}s {what}"

    def changed(self, what: str) -> str:
        """Return that *what* was something else, with both when they are known."""
        old, new = self.facts.get("old"), self.facts.get("new")
        if new is None and old is None:
            return f"{what} of {self.where} changed in {self.who}"
        if new is None:
            return f"{what} of {self.where} is gone from {self.who}, it was {shown(old)}"
        before = "there was none" if old is None else f"it was {shown(old)}"
        return f"{what} of {self.where} is {shown(new)} in {self.who}, {before}"


def sentence(pair: SchemaPair, difference: SchemaDifference) -> str:
    """Return what happened at *pair*; lower case but for names, no full stop, at most 200 characters."""
    is_sent = pair.spot.side is Side.PRODUCES
    verb = "accept" if not is_sent else "answer" if pair.spot.role is Role.SERVICE else "send"
    told = Telling(pair.spot.label, where(pair.root, pair.spot.part, difference.path), difference, is_sent, verb)
    text = _SENTENCES.get(difference.kind, _generic)(told)
    return text if len(text) <= _LENGTH else text[: _LENGTH - 1] + "…"


_Sentence: TypeAlias = Callable[[Telling], str]


def _enum_value(told: Telling) -> str:
    what = f"{shown(told.facts.get('value'))} for {told.where}"
    return told.no_longer(what) if told.difference.kind.endswith("removed") else told.now(what)


def _null(told: Telling) -> str:
    what = f"null for {told.where}"
    return told.no_longer(what) if told.difference.kind.endswith("removed") else told.now(what)


def _types(told: Telling) -> str:
    old, new = _names(told.facts.get("old")), _names(told.facts.get("new"))
    gone = " or ".join(name for name in old if name not in new)
    come = " or ".join(name for name in new if name not in old)
    match told.difference.kind:
        case "type-narrowed" if not new:
            keyword = told.facts.get("keyword")
            why = f": no alternative of {keyword} is possible" if isinstance(keyword, str) else ""
            return told.no_longer(f"any value for {told.where}") + why
        case "type-narrowed":
            return f"{told.no_longer(f'{gone} for {told.where}')}, only {' or '.join(new)}"
        case "type-widened" if not old:
            return f"{told.now(f'{come} for {told.where}')}, there was no value that it could be"
        case "type-widened":
            return f"{told.now(f'{come} for {told.where}')} beside {' or '.join(old)}"
        case _:
            return f"{told.now(f'{come} for {told.where}')}, not {gone}"


def _names(value: JsonValue) -> list[str]:
    return [str(name) for name in value] if isinstance(value, list) else []


def _listed(told: Telling) -> str:
    values = told.facts.get("values")
    named = ", ".join(shown(value) for value in values[:3]) if isinstance(values, list) else ""
    rest = ", …" if isinstance(values, list) and len(values) > 3 else ""  # noqa: PLR2004 - as many as are named
    if told.difference.kind == "enum-removed":
        return told.now(f"other values than {named}{rest} for {told.where}")
    return told.no_longer(f"other values than {named}{rest} for {told.where}")


def _required(told: Telling) -> str:
    if told.is_sent:
        return f"{told.who} always {told.verb}s {told.where} now"
    return f"{told.who} now requires {told.where}"


def _optional(told: Telling) -> str:
    if told.is_sent:
        return f"{told.who} may now {told.verb} without {told.where}"
    return f"{told.who} no longer requires {told.where}"


def _property_added(told: Telling) -> str:
    return _required(told) if told.facts.get("is_required") else told.now(told.where)


def _property_removed(told: Telling) -> str:
    return told.no_longer(told.where)


def _others(told: Telling) -> str:
    what = f"undeclared members of {told.where}"
    match told.difference.effect:
        case Effect.NARROWS:
            return told.no_longer(what)
        case Effect.WIDENS:
            return told.now(what)
        case Effect.INCOMPARABLE | Effect.NEUTRAL:
            return f"{told.now(f'other {what}')} than before"


def _branch(told: Telling) -> str:
    name, value = told.facts.get("name"), told.facts.get("value")
    variant = shown(name) if isinstance(name, str) else "one"
    key = told.facts.get("property")
    told_by = f" ({key}: {shown(value)})" if isinstance(key, str) else ""
    what = f"the alternative {variant}{told_by} for {told.where}"
    return told.no_longer(what) if told.difference.kind.endswith("removed") else told.now(what)


def _respelled(told: Telling) -> str:
    keyword = str(told.facts.get("keyword"))
    what = f"{_SPOKEN.get(keyword, keyword)} of {told.where}"
    old, new = told.facts.get("old"), told.facts.get("new")
    if not told.facts.get("is_there"):
        state = f"{what} is gone from {told.who}"
    elif not told.facts.get("was_there"):
        state = f"{what} is new in {told.who}"
    elif old is None or new is None:
        state = f"{what} is written otherwise in {told.who}"
    else:
        state = f"{what} is {shown(new)} in {told.who}, it was {shown(old)}"
    return f"{state}, and no value is judged otherwise for that"


def _words(told: Telling) -> str:
    return f"{told.difference.kind.removesuffix('-changed')} of {told.where} changed in {told.who}"


def _generic(told: Telling) -> str:
    words = told.difference.kind.rsplit("-", 1)[0]
    what = _KEYWORDS.get(words, words.replace("-", " "))
    if told.difference.kind in _FLAGS:
        state = "" if told.difference.kind.endswith("added") else "not "
        more = "" if told.difference.kind.endswith("added") else " any more"
        return f"{told.where} is {state}{words.replace('-', ' ')} in {told.who}{more}"
    return told.changed(what)


_FLAGS: Final = frozenset(
    f"{name}-{event}" for name in ("deprecated", "read-only", "write-only") for event in ("added", "removed")
)

_KEYWORDS: Final = {
    "condition": "'if', 'then' or 'else'",
    "content-encoding": "contentEncoding",
    "content-media-type": "contentMediaType",
    "content-schema": "contentSchema",
    "dependent-required": "dependentRequired",
    "dependent-schemas": "dependentSchemas",
    "max-contains": "maxContains",
    "max-items": "maxItems",
    "max-length": "maxLength",
    "max-properties": "maxProperties",
    "min-contains": "minContains",
    "min-items": "minItems",
    "min-length": "minLength",
    "min-properties": "minProperties",
    "multiple-of": "multipleOf",
    "not": "'not'",
    "pattern-properties": "patternProperties",
    "property-names": "propertyNames",
    "schema": "the schema",
    "unique-items": "uniqueItems",
}
"""Kinds without their last word, as JSON Schema has them."""

_SPOKEN: Final = {word: f"'{word}'" for word in ("not", "if", "then", "else")} | {"properties": "the declaration"}
"""Keywords that would be misread."""

_SENTENCES: Final[Mapping[str, _Sentence]] = {
    "additional-properties-allowed": _others,
    "additional-properties-changed": _others,
    "additional-properties-forbidden": _others,
    "branch-added": _branch,
    "branch-removed": _branch,
    "description-changed": _words,
    "enum-added": _listed,
    "enum-removed": _listed,
    "enum-value-added": _enum_value,
    "enum-value-removed": _enum_value,
    "example-changed": _words,
    "null-added": _null,
    "null-removed": _null,
    "property-added": _property_added,
    "property-allowed": _property_added,
    "property-forbidden": _property_removed,
    "property-optional": _optional,
    "property-removed": _property_removed,
    "property-required": _required,
    "schema-respelled": _respelled,
    "title-changed": _words,
    "type-changed": _types,
    "type-narrowed": _types,
    "type-widened": _types,
}
