"""Representations of bodies side by side."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence

from apictl.contract.definition import Definition
from apictl.contract.operation import MediaType
from apictl.contract.schema import JsonValue, as_schema
from apictl.diff.matching import either, in_order, partners
from apictl.diff.pairs import Definitions, EncodingPair, MediaTypePair
from apictl.diff.scalars import followed, is_scalar
from apictl.diff.spot import Spot
from apictl.support.media_types import covers, parse_media_type


def media_type_pairs(old: Sequence[MediaType], new: Sequence[MediaType], spot: Spot) -> Iterator[MediaTypePair]:
    """Yield the representations of a body at *spot* by media type; one that only one side lists meets its range."""
    for was, now in in_order(old, new, partners(old, new, _identity)):
        one = either(now, was)
        before = _cover(one, old) if was is None else was
        after = _cover(one, new) if now is None else now
        at = spot.of(before, after)
        yield MediaTypePair(before, after, at.at(f"{spot.part} ({one.name})"))


def encoding_pairs(pair: MediaTypePair, definitions: Definitions) -> Iterator[EncodingPair]:
    """Yield how the properties of a form are written, by name; not of those that only one side has."""
    if pair.old is None or pair.new is None:
        return
    before, after = _properties(pair.old, definitions.old), _properties(pair.new, definitions.new)
    for name in dict.fromkeys([*pair.new.encodings, *pair.old.encodings]):
        if (before is None or name in before) and (after is None or name in after):
            yield EncodingPair(
                pair.old.encodings.get(name),
                pair.new.encodings.get(name),
                pair.spot.at(f"property {name!r} of {pair.spot.part}"),
                is_scalar=_is_scalar(before, name, definitions.old) and _is_scalar(after, name, definitions.new),
            )


def _is_scalar(properties: Mapping[str, JsonValue] | None, name: str, definitions: Mapping[str, Definition]) -> bool:
    return properties is not None and is_scalar(as_schema(properties[name]), definitions)


def _properties(media_type: MediaType, definitions: Mapping[str, Definition]) -> Mapping[str, JsonValue] | None:
    """Return the properties that a form declares; None when it is not plain to see."""
    schema = None if media_type.schema is None else followed(media_type.schema, definitions)
    properties = schema.get("properties") if isinstance(schema, Mapping) else None
    return properties if isinstance(properties, dict) else None


def is_same_media_type(old: str | None, new: str | None) -> bool:
    """Whether both names mean the same; None is none at all."""
    return (old and _meaning(old)) == (new and _meaning(new))


def _identity(media_type: MediaType) -> Hashable:
    return _meaning(media_type.name)


def _meaning(name: str) -> Hashable:
    parsed = parse_media_type(name)
    if parsed is None:
        return name
    # Text travels as UTF-8 whatever is said, and JSON has no charset (RFC 8259, 8.1).
    parameters = frozenset((name, value) for name, value in parsed.parameters if name != "charset")
    return parsed.kind, parsed.subtype, parameters


def _cover(media_type: MediaType, others: Sequence[MediaType]) -> MediaType | None:
    """Return the range among *others* that holds *media_type*."""
    parsed = parse_media_type(media_type.name)
    if parsed is None:
        return None
    for other in others:
        media_range = parse_media_type(other.name)
        if media_range is not None and media_range.is_range and covers(media_range, parsed):
            return other
    return None
