"""Which of the values that a text may mean count: those that the schemas of their place accept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from .proofs import said, validator_of
from .query_values import Values

_BINDING: Final = ("allOf",)
_COMPOSING: Final = ("allOf", "anyOf", "oneOf")
_OTHERS: Final = ("patternProperties", "unevaluatedProperties")
"""Keywords that speak of properties by rules."""


class Guide:
    """Knows what a schema says of what is within a value."""

    def __init__(self, schema: Any) -> None:
        """Guide by *schema*, one of the contract."""
        self._schema = schema

    def kept(self, path: tuple[str, ...], values: Values) -> Values:
        """Return those of *values* that the schemas to which *path* leads accept, and one of those that are all alike.

        Where none binds, as in a union, a branch that does not speak of it accepts any: so what another one accepts.
        """
        binding, schemas = _validators(self._at(path, _BINDING)), _validators(self._at(path, _COMPOSING))
        possible = [each for each in values.found if all(one.is_valid(each) for one in binding)]
        accepted = [each for each in possible if any(one.is_valid(each) for one in schemas)]
        if any(word in each for each in self._at(path[:-1], _COMPOSING) for word in _OTHERS):
            return Values(tuple(possible), values.are_all)
        return Values(tuple(accepted or possible[:1]), values.are_all)

    def _at(self, path: Sequence[str], composing: Sequence[str]) -> list[Mapping[str, Any]]:
        """Return the schemas to which *path* leads, by references and *composing* keywords, too."""
        schemas = [*said(self._schema, composing)]
        for step in path:
            schemas = [found for each in schemas for found in said(_below(each, step), composing)]
        return schemas


def _below(schema: Mapping[str, Any], step: str) -> Any:
    """Return what *schema* says of *step*, the name of a property or the index of an item."""
    properties = schema.get("properties", {})
    if step in properties:
        return properties[step]
    is_item = (step.isdecimal() or not step) and "items" in schema
    return schema.get("items" if is_item else "additionalProperties")


def _validators(schemas: Iterable[Mapping[str, Any]]) -> list[Any]:
    return [found for each in schemas if (found := validator_of(each)) is not None]
