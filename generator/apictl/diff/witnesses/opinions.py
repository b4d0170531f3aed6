"""Two opinions on a value: of jsonschema-rs, and of jsonschema, which share no code."""

from __future__ import annotations

import itertools
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from typing import Final, Protocol

import jsonschema_rs
from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped] # ships no types
from jsonschema.exceptions import UnknownType  # type: ignore[import-untyped] # as above
from jsonschema.validators import extend  # type: ignore[import-untyped] # as above
from referencing import Registry
from referencing.exceptions import Unresolvable

from apictl.contract.schema import JsonValue, Schema, reachable_names
from apictl.contract.values.effort import EFFORT_LIMIT, Effort
from apictl.contract.values.judge import Judge, Unjudgeable
from apictl.diff.witnesses.apart import root_value
from apictl.diff.witnesses.backtracking import is_quick

_FIRST_LIMIT: Final = 8 * EFFORT_LIMIT
"""Most schemas that jsonschema-rs applies to judge one value; it takes a tenth of a second."""
_FAN_LIMIT: Final = EFFORT_LIMIT // 4
"""Most schemas applied at one place of a value; real contracts stay below a hundredth of it."""
_NAME_LIMIT: Final = 200
_FAILURES: Final = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    UnknownType,
    Unresolvable,
    ValueError,
    re.error,
)
"""What jsonschema raises on schemas and patterns that it can't work with."""

Keyword = Callable[["_Validator", JsonValue, JsonValue, Mapping[str, JsonValue]], Iterator[Exception] | None]
"""What jsonschema calls for a keyword: the validator, the keyword's value, the value to judge, the schema."""


class _Validator(Protocol):
    def is_valid(self, instance: JsonValue) -> bool:
        """Whether it allows *instance*."""

    def is_type(self, instance: JsonValue, kind: str) -> bool:
        """Whether *instance* is of type *kind*."""


class TooSlow(ValueError):
    """A pattern that `re` may look for too long."""


class Opinions:
    """Judges values by one schema, with formats asserted and nothing fetched from anywhere."""

    def __init__(self, schema: Schema, definitions: Mapping[str, Schema]) -> None:
        """Take *schema*, whose references lead to *definitions*.

        Raises:
            Unjudgeable: jsonschema-rs takes it for no schema, or judging by it would never end.
        """
        needed = {name: definitions[name] for name in reachable_names(schema, definitions)}
        self._schema = schema
        self._effort = Effort(needed)
        if self._effort.heavy_names(schema) or self._effort.of(schema, None) >= _FAN_LIMIT:
            raise Unjudgeable("judging by it takes too long")
        self._first = Judge(needed).explaining(schema)
        self._second = _second(schema, needed)

    @property
    def judge(self) -> jsonschema_rs.Validator:
        """The validator of jsonschema-rs."""
        return self._first

    def is_accepted(self, value: JsonValue) -> bool:
        """Whether jsonschema-rs allows *value*, and jsonschema agrees."""
        return self._is_tolerable(value) and self._first.is_valid(value) and self._verdict(value) is True

    def is_refused(self, value: JsonValue) -> bool:
        """Whether jsonschema-rs refuses *value*, and jsonschema agrees."""
        return self._is_tolerable(value) and not self._first.is_valid(value) and self._verdict(value) is False

    def is_quick(self, value: JsonValue) -> bool:
        """Whether the first judgement of *value* surely ends soon."""
        return self.effort(value) < _FIRST_LIMIT

    def effort(self, value: JsonValue) -> int:
        """Return how many schemas are applied to judge *value*, at most; jsonschema does some 300,000 a second."""
        return self._effort.of(self._schema, value)

    def _is_tolerable(self, value: JsonValue) -> bool:
        return self.effort(value) < EFFORT_LIMIT

    def _verdict(self, value: JsonValue) -> bool | None:
        """Return what jsonschema says of *value*; None when it can't say."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of `re`, about the spelling of patterns
                return self._second.is_valid(value)
        except _FAILURES:
            return None


def _second(schema: Schema, definitions: Mapping[str, Schema]) -> _Validator:
    named: dict[str, JsonValue] = {name: root_value(each) for name, each in definitions.items()}
    document: dict[str, JsonValue] = {"$defs": named, "allOf": [root_value(schema)]}
    checker: FormatChecker = Draft202012Validator.FORMAT_CHECKER
    # An empty registry: the one that jsonschema has by default fetches what a reference names.
    validator: _Validator = _GUARDED(document, registry=Registry(), format_checker=checker)
    return validator


def _guarded(keyword: str) -> Keyword:
    """Return jsonschema's function for *keyword*, which refuses to begin what may not end."""
    function: Keyword = Draft202012Validator.VALIDATORS[keyword]

    def judge(
        validator: _Validator,
        said: JsonValue,
        value: JsonValue,
        schema: Mapping[str, JsonValue],
    ) -> Iterator[Exception] | None:
        if isinstance(value, str) and keyword == "pattern" and not is_quick(str(said), value):
            raise TooSlow(f"pattern {said!r}")
        if isinstance(value, dict) and any(len(name) > _NAME_LIMIT for name in value):
            raise TooSlow("a property's name")
        patterns = schema.get("patternProperties")
        pairs = itertools.product(patterns, value) if isinstance(patterns, dict) and isinstance(value, dict) else ()
        if any(not is_quick(pattern, name) for pattern, name in pairs):
            raise TooSlow("a property's name")
        return function(validator, said, value, schema)

    return judge


_GUARDED: Final = extend(
    Draft202012Validator,
    {
        keyword: _guarded(keyword)
        for keyword in ("pattern", "patternProperties", "additionalProperties", "unevaluatedProperties")
    },
)
