"""Bodies that are one item after another, in Python's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple, TypeGuard

from apictl.contract.definition import Definition
from apictl.contract.operation import MediaType
from apictl.contract.schema import JsonValue, Schema, as_schema
from apictl.pages.python.annotations import Annotations
from apictl.pages.python.contents import SpelledContent, is_scalar, resolve, spell_contents
from apictl.pages.python.types import Anything, ListOf, Scalar, Type
from apictl.support.declarations import Kind

Definitions = Mapping[str, Definition]

_EVENTS: Final = "text/event-stream"
_LINES: Final = re.compile(r"application/(?:x-)?(?:json-?lines|jsonl|ndjson)|application/[^;]+\+jsonl", re.IGNORECASE)
_SEQUENCE: Final = re.compile(r"application/(?:[^;]+\+)?json-seq", re.IGNORECASE)
_JSON: Final = re.compile(r"application/(?:[^;]+\+)?json", re.IGNORECASE)


class _Items(NamedTuple):
    """What a body is made of: items of one schema, or events with data of one, and what a whole event is."""

    kind: Kind
    schema: Schema | None
    event: Schema | None = None


def spell_success_contents(
    contents: Sequence[MediaType], annotations: Annotations, definitions: Definitions
) -> tuple[SpelledContent, ...]:
    """Return *contents* of a success in their order; those of which one item comes after another are streams."""
    items = {index: found for index, media in enumerate(contents) if (found := _items(media, definitions)) is not None}
    others = iter(
        spell_contents([each for index, each in enumerate(contents) if index not in items], annotations, definitions)
    )
    return tuple(
        _spelled(media, items[index], annotations) if index in items else next(others)
        for index, media in enumerate(contents)
    )


def spell_request_contents(
    contents: Sequence[MediaType], annotations: Annotations, definitions: Definitions
) -> tuple[SpelledContent, ...]:
    """Return *contents* of a request in their order; those whose items are described are lists to the service."""
    others = iter(spell_contents([each for each in contents if not _is_list(each)], annotations, definitions))
    return tuple(_listed(each, annotations) if _is_list(each) else next(others) for each in contents)


def _is_list(media: MediaType) -> bool:
    return media.item_schema is not None and _sequence_kind(media) is not None


def _listed(media: MediaType, annotations: Annotations) -> SpelledContent:
    kind, schema = _sequence_kind(media), media.item_schema
    assert kind is not None  # noqa: S101 - told by the caller, for the type checker
    assert schema is not None  # noqa: S101 - as above
    item = annotations.lowering.type_of(schema)
    listed = ListOf(item)
    return SpelledContent(media, kind, listed, annotations.text(listed), schema, sent=annotations.text(item))


def _sequence_kind(media: MediaType) -> Kind | None:
    """Return the kind of a body that is JSON documents one after another; None of any other."""
    name = media.name.partition(";")[0].strip().lower()
    return Kind.LINES if _LINES.fullmatch(name) else Kind.SEQUENCE if _SEQUENCE.fullmatch(name) else None


def _spelled(media: MediaType, items: _Items, annotations: Annotations) -> SpelledContent:
    is_event = items.kind in {Kind.EVENTS, Kind.TEXT_EVENTS}
    plain: Type = Scalar("str") if items.kind is Kind.TEXT_EVENTS else Anything()
    value = plain if items.schema is None else annotations.lowering.type_of(items.schema)
    annotation = annotations.text(value)
    return SpelledContent(
        media_type=media,
        kind=items.kind,
        type=value,
        annotation=annotation,
        judged=items.schema,
        item=f"ServerSentEvent[{annotation}]" if is_event else annotation,
        event=items.event,
    )


def _items(media: MediaType, definitions: Definitions) -> _Items | None:
    """Return what *media* is made of; None when it is one value."""
    name = media.name.partition(";")[0].strip().lower()
    if name == _EVENTS:
        return _events(media, definitions)
    kind = _sequence_kind(media)
    if kind is None:
        return None
    if media.item_schema is not None:
        return _Items(kind, media.item_schema)
    if media.schema is None:
        return _Items(kind, None)
    # A sequence is judged as an array of its items (OpenAPI 3.2, 4.14.3); before, people wrote what one item is.
    whole = resolve(media.schema, definitions)
    if isinstance(whole, Mapping) and whole.get("type") == "array":
        return _Items(kind, as_schema(whole.get("items", True)))
    return None if is_scalar(media.schema, definitions) else _Items(kind, media.schema)


def _events(media: MediaType, definitions: Definitions) -> _Items:
    if media.item_schema is not None:
        return _described(media.item_schema, definitions)
    if media.schema is None:
        return _Items(Kind.TEXT_EVENTS, None)
    if is_scalar(media.schema, definitions):
        return _Items(Kind.TEXT_EVENTS, {"type": "string"})
    whole = resolve(media.schema, definitions)
    if isinstance(whole, Mapping) and whole.get("type") == "array":
        return _described(as_schema(whole.get("items", True)), definitions)
    return _Items(Kind.EVENTS, media.schema)


def _described(event: Schema, definitions: Definitions) -> _Items:
    """Return events of which a whole one is *event*: an object whose `data` is text (OpenAPI 3.2, 4.14.4)."""
    data = list(_data_schemas(event, definitions))
    contained = [each.get("contentSchema") for each in data if _is_json(each)]
    schemas = [as_schema(each) for each in contained if isinstance(each, dict | bool)]
    if not schemas or len(schemas) < len(data):
        return _Items(Kind.TEXT_EVENTS, None, event)
    distinct = [each for index, each in enumerate(schemas) if each not in schemas[:index]]
    if len(distinct) == 1:
        return _Items(Kind.EVENTS, distinct[0], event)
    union: list[JsonValue] = [each if isinstance(each, bool) else dict(each) for each in distinct]
    return _Items(Kind.EVENTS, {"anyOf": union}, event)


def _is_json(data: Mapping[str, JsonValue]) -> bool:
    media_type = data.get("contentMediaType", "application/json")
    return isinstance(media_type, str) and _JSON.fullmatch(media_type.partition(";")[0].strip()) is not None


def _data_schemas(event: Schema, definitions: Definitions) -> Iterator[Mapping[str, JsonValue]]:
    """Yield what is said of `data` in *event*, its parts and its choices; of each schema once."""
    seen: set[int] = set()
    waiting = [event]
    while waiting:
        resolved = resolve(waiting.pop(), definitions)
        if not isinstance(resolved, Mapping) or id(resolved) in seen:
            continue
        seen.add(id(resolved))
        properties = resolved.get("properties")
        data = resolve(as_schema(properties["data"]), definitions) if _has_data(properties) else None
        if isinstance(data, Mapping):
            yield data
        for keyword in ("allOf", "oneOf", "anyOf"):
            branches = resolved.get(keyword)
            waiting.extend(map(as_schema, branches if isinstance(branches, list) else []))


def _has_data(properties: JsonValue) -> TypeGuard[dict[str, JsonValue]]:
    return isinstance(properties, dict) and isinstance(properties.get("data"), dict)
