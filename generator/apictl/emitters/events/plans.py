"""How the messages of a channel are told apart, decided from their schemas."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from apictl.contract.definition import Definition
from apictl.contract.events import Message
from apictl.contract.schema import JsonValue, Schema
from apictl.contract.values.canonical import canonical_form
from apictl.emitters.events.constants import Constants, Texts
from apictl.emitters.events.spelling import Plan, SpelledMessage, Telling
from apictl.support.pointers import join_pointer

_MOST_MESSAGES = 30
"""Of a channel, where a property is to tell them apart: each asks about every other."""
_MOST_PROPERTIES = 10
"""Of one message that are tried as the one that tells it apart."""


class Plans:
    """Decides the plans of one contract."""

    def __init__(self, definitions: Mapping[str, Definition]) -> None:
        """Follow references to *definitions*."""
        self._definitions = {name: definition.schema for name, definition in definitions.items()}
        self._constants = Constants(definitions)

    def plan(self, messages: Sequence[SpelledMessage]) -> Plan:
        """Return how *messages* are told apart."""
        if len(messages) < 2:  # noqa: PLR2004 - one alone needs no telling
            return Plan()
        return self._by_header(messages) or self._by_value(messages) or self._by_property(messages) or Plan()

    def _by_header(self, messages: Sequence[SpelledMessage]) -> Plan | None:
        if any(each.message.headers is None for each in messages):
            return None
        found = self._telling(messages, lambda message: message.headers)
        return next((Plan(Telling.HEADER, steps[0], names) for steps, names in found if len(steps) == 1), None)

    def _by_value(self, messages: Sequence[SpelledMessage]) -> Plan | None:
        if any(not each.is_json or each.schema is None for each in messages):
            return None
        schemas = {each.message.name: each.schema for each in messages}
        found = self._telling(messages, lambda message: schemas[message.name])
        return next((Plan(Telling.VALUE, join_pointer(steps), names) for steps, names in found), None)

    def _telling(
        self, messages: Sequence[SpelledMessage], part: Callable[[Message], Schema | None]
    ) -> Iterator[tuple[tuple[str, ...], Mapping[str, str]]]:
        """Yield the places where each of *messages* has texts that no other has there, with the messages by text."""
        fixed: list[tuple[str, Texts]] = []
        for each in messages:
            schema = part(each.message)
            fixed.append((each.message.name, self._constants.of(True if schema is None else schema)))
        for steps in sorted(fixed[0][1], key=lambda steps: (len(steps), steps)):
            names: dict[str, str] = {}
            told = [(name, texts.get(steps, frozenset())) for name, texts in fixed]
            for name, texts in told:
                names |= dict.fromkeys(sorted(texts), name)
            if all(texts for _, texts in told) and len(names) == sum(len(texts) for _, texts in told):
                yield steps, names

    def _by_property(self, messages: Sequence[SpelledMessage]) -> Plan | None:
        if len(messages) > _MOST_MESSAGES or any(not each.is_json or each.schema is None for each in messages):
            return None
        names: dict[str, str] = {}
        for each in messages:
            others = [one.schema for one in messages if one is not each]
            own = self._constants.required(True if each.schema is None else each.schema)[:_MOST_PROPERTIES]
            telling = next((name for name in own if all(self._refuses(one, name) for one in others)), None)
            if telling is None:
                return None
            names[telling] = each.message.name
        return Plan(Telling.PROPERTY, "", names)

    def _refuses(self, schema: Schema | None, name: str) -> bool:
        """Whether it is proved that no object of *schema* has the property *name*."""
        with_it: dict[str, JsonValue] = {"allOf": [_plain(schema), {"type": "object", "required": [name]}]}
        form = canonical_form(with_it, self._definitions)
        return form is not None and form.is_empty


def _plain(schema: Schema | None) -> JsonValue:
    return True if schema is None else schema if isinstance(schema, bool) else dict(schema)
