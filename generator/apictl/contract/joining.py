"""One contract of a service that has two documents: its requests, its events, and one set of definitions for both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final, TypeAlias

from apictl.contract.contract import Contract
from apictl.contract.definition import Definition, View
from apictl.contract.events import Channel, Events, Message
from apictl.contract.schema import (
    SCHEMA_KEYWORDS,
    SCHEMA_LIST_KEYWORDS,
    SCHEMA_MAP_KEYWORDS,
    JsonValue,
    Schema,
    definition_reference,
    reference_name,
)
from apictl.findings import Finding, Place, Related, error

_VIEW_OF_EVENTS: Final = "Event"
"""Ends the name of a schema as events carry it, where requests and answers carry other views of it."""


def joined(requests: Contract, events: Contract) -> Contract | tuple[Finding, ...]:
    """Return *requests* with the events of *events*, or why their definitions don't fit together.

    Definitions of one place are one, and so are those of one name and content. What is readOnly or writeOnly belongs to
    requests and answers: events carry a schema whole, under a name of its own where neither of them does so. Security
    schemes never meet: those of events are the events' own.
    """
    names = _shared_names(requests.definitions, events.definitions)
    names |= _views_of_events(requests.definitions, events.definitions, names)
    clashes = tuple(_clashes(requests.definitions, events.definitions, names))
    if clashes:
        return clashes
    rename = _Renaming(names).schema
    definitions = dict(requests.definitions) | {
        names[name]: replace(one, name=names[name], schema=rename(one.schema))
        for name, one in events.definitions.items()
        if names[name] not in requests.definitions
    }
    found = None if events.events is None else _renamed(events.events, rename)
    return replace(requests, definitions=MappingProxyType(definitions), events=found)


_Definitions: TypeAlias = Mapping[str, Definition]


def _shared_names(requests: _Definitions, events: _Definitions) -> dict[str, str]:
    """What each definition of *events* is called: as its like in *requests* where there is one.

    Each is first taken for the definition of its place, or else of its name; then for the view of it that requests
    have, which may be whole where that of answers isn't.
    """
    places = {_key(one.place): name for name, one in reversed([*requests.items()])}
    likes = {name: places.get(_key(one.place), name) for name, one in events.items()}
    names = _settled(requests, events, likes)
    sent = {one.origin or name: name for name, one in requests.items() if one.view is View.REQUEST}
    views = {
        name: sent.get(like, like) for name, like in likes.items() if not _is_one(name, requests, events, names=names)
    }
    return _settled(requests, events, names | views)


def _settled(requests: _Definitions, events: _Definitions, likes: Mapping[str, str]) -> dict[str, str]:
    """Return *likes* without those that differ, with all that they refer to renamed: recursive ones are one, too."""
    names = dict(likes)
    is_settled = False
    while not is_settled:
        is_settled = True
        for name in events:
            if names[name] != name and not _is_one(name, requests, events, names=names):
                names[name] = name
                is_settled = False
    return names


def _is_one(name: str, requests: _Definitions, events: _Definitions, *, names: Mapping[str, str]) -> bool:
    """Whether the definition *name* of *events* is what *requests* have under its name in *names*."""
    other = requests.get(names[name])
    return other is not None and _Renaming(names).schema(events[name].schema) == other.schema


def _views_of_events(requests: _Definitions, events: _Definitions, names: Mapping[str, str]) -> dict[str, str]:
    """Return names for definitions that differ from those of *requests* because these are views, or refer to some."""
    apart: dict[str, str] = {}
    is_settled = False
    while not is_settled:
        is_settled = True
        for name in events:
            other = requests.get(names[name])
            if name in apart or other is None or _is_one(name, requests, events, names={**names, **apart}):
                continue
            wanted = name + _VIEW_OF_EVENTS
            is_view = other.view is not View.BOTH or _is_one(name, requests, events, names=names)
            if is_view and wanted not in requests and wanted not in events:
                apart[name] = wanted
                is_settled = False
    return apart


def _clashes(requests: _Definitions, events: _Definitions, names: Mapping[str, str]) -> Iterator[Finding]:
    for name, one in events.items():
        other = requests.get(names[name])
        if other is not None and not _is_one(name, requests, events, names=names):
            message = f"{name[:80]!r} is another schema here than in the requests"
            related = (Related("the other", other.place),)
            hint = "give one of them another name, or let both refer to the same schema"
            yield error("definition-clash", one.place, message, related=related, hint=hint)


class _Renaming:
    """Schemas with other names for definitions."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def schema(self, schema: Schema) -> Schema:
        """Return *schema* with its references renamed; what is data stays."""
        if isinstance(schema, bool):
            return schema
        result: dict[str, JsonValue] = {}
        for keyword, value in schema.items():
            result[keyword] = self._value(keyword, value)
        name = reference_name(schema)
        if name is not None:
            result |= definition_reference(self._names.get(name, name))
        return result

    def _value(self, keyword: str, value: JsonValue) -> JsonValue:
        if keyword in SCHEMA_KEYWORDS:
            return self._below(value)
        if keyword in SCHEMA_LIST_KEYWORDS and isinstance(value, list):
            return [self._below(item) for item in value]
        if keyword in SCHEMA_MAP_KEYWORDS and isinstance(value, dict):
            return {key: self._below(item) for key, item in value.items()}
        if keyword == "discriminator" and isinstance(value, dict) and isinstance(value.get("mapping"), dict):
            return value | {"mapping": self._mapping(value["mapping"])}
        return value

    def _below(self, value: JsonValue) -> JsonValue:
        if not isinstance(value, dict):
            return value
        renamed = self.schema(value)
        return renamed if isinstance(renamed, bool) else dict(renamed)

    def _mapping(self, values: JsonValue) -> JsonValue:
        if not isinstance(values, dict):
            return values
        return {value: _reference(self.schema({"$ref": target})) for value, target in values.items()}


def _reference(schema: Schema) -> JsonValue:
    return None if isinstance(schema, bool) else schema["$ref"]


def _renamed(events: Events, rename: Callable[[Schema], Schema]) -> Events:
    return replace(
        events,
        channels=tuple(_channel(channel, rename) for channel in events.channels),
        messages=MappingProxyType({name: _message(message, rename) for name, message in events.messages.items()}),
    )


def _channel(channel: Channel, rename: Callable[[Schema], Schema]) -> Channel:
    parameters = tuple(replace(one, schema=rename(one.schema)) for one in channel.parameters)
    bindings = tuple(
        replace(one, schemas={name: rename(schema) for name, schema in one.schemas.items()}) for one in channel.bindings
    )
    return replace(channel, parameters=parameters, bindings=bindings)


def _message(message: Message, rename: Callable[[Schema], Schema]) -> Message:
    payload = message.payload
    return replace(
        message,
        payload=None if payload is None else replace(payload, schema=rename(payload.schema)),
        headers=None if message.headers is None else rename(message.headers),
        key=None if message.key is None else rename(message.key),
    )


def _key(place: Place) -> tuple[str, str]:
    return place.path, place.pointer
