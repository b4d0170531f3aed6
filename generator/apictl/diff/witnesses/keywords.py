"""Which keywords of JSON Schema a kind of difference is about."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Final

_WORDS: Final[Mapping[str, frozenset[str]]] = {
    "type": frozenset({"type", "enum", "const", "falseSchema"}),
    "null": frozenset({"type", "enum", "const", "falseSchema"}),
    "enum": frozenset({"enum", "const", "type"}),
    "const": frozenset({"enum", "const", "type"}),
    "property-required": frozenset({"required"}),
    "property-optional": frozenset({"required"}),
    "maximum": frozenset({"maximum", "exclusiveMaximum"}),
    "exclusive-maximum": frozenset({"maximum", "exclusiveMaximum"}),
    "minimum": frozenset({"minimum", "exclusiveMinimum"}),
    "exclusive-minimum": frozenset({"minimum", "exclusiveMinimum"}),
    "additional-properties": frozenset(
        {"additionalProperties", "unevaluatedProperties", "falseSchema", "propertyNames"},
    ),
    "format": frozenset({"format", "minimum", "maximum"}),
    "pattern-properties": frozenset(),
    "items": frozenset({"items", "unevaluatedItems", "additionalItems", "falseSchema"}),
}
"""The keywords that may refuse a value for a difference whose kind begins with a word."""
_PLAIN: Final = (
    "maxLength",
    "minLength",
    "maxItems",
    "minItems",
    "maxProperties",
    "minProperties",
    "multipleOf",
    "pattern",
    "uniqueItems",
    "propertyNames",
    "dependentRequired",
)
_UNNAMED: Final = frozenset({"dependentRequired"})
"""Keywords that the judge reports under the name of another one."""


def is_about(kind: str, keyword: str) -> bool:
    """Whether a difference of *kind* may be what *keyword* refuses a value for; unknown kinds are about anything."""
    meant = keywords_of(kind)
    return not meant or keyword in meant


@functools.cache
def keywords_of(kind: str) -> frozenset[str]:
    """Return the keywords that *kind* names; none when it may be about anything."""
    for word in sorted(_WORDS, key=len, reverse=True):
        if kind == word or kind.startswith(word + "-"):
            return _WORDS[word]
    for keyword in _PLAIN:
        if kind.startswith(kebab(keyword) + "-"):
            return frozenset({keyword, "required"}) if keyword in _UNNAMED else frozenset({keyword})
    return frozenset()


def kebab(keyword: str) -> str:
    """Return *keyword* in kebab case: `maxLength` becomes `max-length`."""
    return re.sub(r"[A-Z]", lambda letter: "-" + letter.group().lower(), keyword)
