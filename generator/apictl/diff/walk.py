"""Everything in two contracts that is compared, in the order of the new document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from apictl.contract.contract import Contract
from apictl.contract.operation import Header, MediaType, Operation, Parameter, Style
from apictl.diff.demands import demands_of, scheme_partners, scopes_asked_for
from apictl.diff.documentation import documentation_pair, rewritten
from apictl.diff.events.pairs import AnyEventPair
from apictl.diff.events.walk import event_pairs
from apictl.diff.extensions import Extensions
from apictl.diff.law import Side
from apictl.diff.links import Links
from apictl.diff.matching import in_order, matched
from apictl.diff.media import encoding_pairs, media_type_pairs
from apictl.diff.operations import callback_pairs, called_back_pairs, operation_pairs, webhook_pairs
from apictl.diff.pairs import (
    BodyPair,
    CallbackPair,
    Definitions,
    DemandsPair,
    DocumentationPair,
    EncodingPair,
    HeaderPair,
    LifePair,
    LinkPair,
    ListingPair,
    MediaTypePair,
    OperationPair,
    ParameterPair,
    Repetition,
    ResponsePair,
    SchemaPair,
    SchemePair,
    ServerPair,
    TagPair,
)
from apictl.diff.parts import body_pair, header_pairs, life_of, parameter_pairs
from apictl.diff.responses import response_pairs
from apictl.diff.scalars import as_text, is_scalar, only_item
from apictl.diff.schemas.difference import SchemaAt
from apictl.diff.spot import Role, Spot

AnyPair: TypeAlias = (
    ServerPair
    | TagPair
    | SchemePair
    | OperationPair
    | CallbackPair
    | LifePair
    | ListingPair
    | DemandsPair
    | ParameterPair
    | BodyPair
    | MediaTypePair
    | EncodingPair
    | ResponsePair
    | HeaderPair
    | LinkPair
    | DocumentationPair
    | SchemaPair
    | AnyEventPair
)


def pairs(old: Contract, new: Contract) -> Iterator[AnyPair]:
    """Yield everything that *old* and *new* have, matched: servers, ways to authenticate, tags, operations, events.

    What is in an operation comes after it, when both contracts have it.
    """
    said = rewritten(old, new, Spot(Side.PRODUCES, old.place, new.place, part="the API"))
    if said is not None:
        yield said
    for pair in _pairs(old, new):
        yield pair
        said = documentation_pair(pair)
        if said is not None:
            yield said


def _pairs(old: Contract, new: Contract) -> Iterator[AnyPair]:
    spot = Spot(Side.ACCEPTS, old.place, new.place)
    yield from _server_pairs(_urls(old), _urls(new), spot)
    yield from _scheme_pairs(old, new)
    for before, after in matched(old.tags, new.tags, lambda tag: tag.name):
        yield TagPair(before, after, spot)
    operations = (*operation_pairs(old, new), *webhook_pairs(old, new))
    walk = _Walk(old, new, Links(operations))
    for pair in operations:
        yield from walk.operation(pair)
    yield from event_pairs(old, new)


def _server_pairs(old: Sequence[str], new: Sequence[str], spot: Spot) -> Iterator[ServerPair]:
    before, after = list(enumerate(old)), list(enumerate(new))
    for was, now in matched(before, after, lambda server: server[1].rstrip("/")):
        at = spot.below(was and spot.old.child("servers", was[0]), now and spot.new.child("servers", now[0]))
        yield ServerPair(was and was[1], now and now[1], at, is_listed=bool(old) and bool(new))


def _scheme_pairs(old: Contract, new: Contract) -> Iterator[SchemePair]:
    used, asked = scopes_asked_for(old), scopes_asked_for(new)
    before, after = tuple(old.security_schemes.values()), tuple(new.security_schemes.values())
    for was, now in in_order(before, after, scheme_partners(old, new)):
        spot = Spot(Side.ACCEPTS, was.place if was else old.place, now.place if now else new.place)
        yield SchemePair(
            was,
            now,
            spot,
            is_used=was is not None and was.name in used,
            old_scopes=frozenset() if was is None else used.get(was.name, frozenset()),
            new_scopes=frozenset() if now is None else asked.get(now.name, frozenset()),
        )


class _Walk:
    """Goes through the operations of two contracts."""

    def __init__(self, old: Contract, new: Contract, links: Links) -> None:
        self._links = links
        self._definitions = Definitions(old.definitions, new.definitions)
        self._extensions = Extensions(self._definitions)
        self._roots = old.place, new.place
        self._urls = _urls(old), _urls(new)
        before, after = tuple(old.security_schemes.values()), tuple(new.security_schemes.values())
        self._scheme_names = {after[at].name: before[from_].name for at, from_ in scheme_partners(old, new).items()}

    def operation(self, pair: OperationPair) -> Iterator[AnyPair]:
        """Yield *pair* and everything in it."""
        yield pair
        old, new = pair.old, pair.new
        if old is None or new is None:
            return
        yield LifePair(life_of(old), life_of(new), pair.spot)
        if old.servers or new.servers:
            yield from _server_pairs(old.servers or self._urls[0], new.servers or self._urls[1], pair.spot)
        yield self._demands(old, new, pair.spot)
        for parameter in parameter_pairs(pair, self._definitions):
            yield from self._parameter(parameter)
        yield from self._body(pair)
        for response in response_pairs(old.responses, new.responses, pair.spot):
            yield from self._response(response)
        for callback in callback_pairs(pair):
            yield callback
            for called_back in called_back_pairs(callback):
                yield from self.operation(called_back)

    def _demands(self, old: Operation, new: Operation, spot: Spot) -> DemandsPair:
        before = demands_of(old, {}, self._roots[0])
        after = demands_of(new, self._scheme_names, self._roots[1])
        return DemandsPair(before, after, spot.below(before.place, after.place))

    def _parameter(self, pair: ParameterPair) -> Iterator[AnyPair]:
        before, after = pair.old, pair.new
        if before is None or after is None:
            yield pair
            return
        old, new = written = _value(before), _value(after)
        if before.media_type is None and after.media_type is None:
            if all(one.style is Style.FORM and one.explode for one in (before, after)):
                old, new, repetition = self._single(old, new)
                pair = replace(pair, repetition=repetition)
            written, (old, new) = (old, new), self._as_text(old, new)
        yield pair
        yield LifePair(life_of(before), life_of(after), pair.spot)
        yield from self._schemas(SchemaPair(old, new, pair.spot, root=after.name, written=written))

    def _body(self, operation: OperationPair) -> Iterator[AnyPair]:
        pair = body_pair(operation)
        if pair is None:
            return
        yield pair
        if pair.old is None or pair.new is None:
            return
        for media_type in media_type_pairs(pair.old.contents, pair.new.contents, pair.spot):
            yield from self._media_type(media_type)

    def _response(self, pair: ResponsePair) -> Iterator[AnyPair]:
        yield pair
        if pair.old is None or pair.new is None:
            return
        for header in header_pairs(pair.old.headers, pair.new.headers, pair.spot, self._definitions):
            yield from self._header(header)
        yield from self._links.pairs(pair)
        is_asked_for = pair.spot.role is Role.SERVICE
        for media_type in media_type_pairs(pair.old.contents, pair.new.contents, pair.spot):
            yield from self._media_type(replace(media_type, is_asked_for=is_asked_for))

    def _media_type(self, pair: MediaTypePair) -> Iterator[AnyPair]:
        yield pair
        if pair.old is None or pair.new is None:
            return
        yield from self._schemas(SchemaPair(_content(pair.old), _content(pair.new), pair.spot))
        if pair.old.item_schema is not None or pair.new.item_schema is not None:
            spot = pair.spot.at(f"each item of {pair.spot.part}")
            yield from self._schemas(SchemaPair(_item(pair.old), _item(pair.new), spot))
        for encoding in encoding_pairs(pair, self._definitions):
            yield encoding
            old = () if encoding.old is None else encoding.old.headers
            new = () if encoding.new is None else encoding.new.headers
            for header in header_pairs(old, new, encoding.spot, self._definitions):
                yield from self._header(header)

    def _header(self, pair: HeaderPair) -> Iterator[AnyPair]:
        yield pair
        if pair.old is None or pair.new is None:
            return
        old, new = written = _value(pair.old), _value(pair.new)
        if pair.old.media_type is None and pair.new.media_type is None:
            old, new = self._as_text(old, new)
        yield from self._schemas(SchemaPair(old, new, pair.spot, root=pair.new.name, written=written))

    def _schemas(self, pair: SchemaPair) -> Iterator[AnyPair]:
        yield pair
        yield from self._extensions.pairs(pair)

    def _as_text(self, old: SchemaAt, new: SchemaAt) -> tuple[SchemaAt, SchemaAt]:
        return as_text(old, self._definitions.old), as_text(new, self._definitions.new)

    def _single(self, old: SchemaAt, new: SchemaAt) -> tuple[SchemaAt, SchemaAt, Repetition]:
        """Both schemas of a parameter written once an item; where only one has items, that of the one item."""
        before, after = self._definitions.old, self._definitions.new
        if is_scalar(old.schema, before) and (item := only_item(new, after)) is not None:
            return old, item, Repetition.GAINED
        if is_scalar(new.schema, after) and (item := only_item(old, before)) is not None:
            return item, new, Repetition.LOST
        return old, new, Repetition.SAME


def _urls(contract: Contract) -> tuple[str, ...]:
    return tuple(server.url for server in contract.servers)


def _content(media_type: MediaType) -> SchemaAt:
    return SchemaAt(True if media_type.schema is None else media_type.schema, media_type.place.child("schema"))


def _item(media_type: MediaType) -> SchemaAt:
    schema = media_type.item_schema
    return SchemaAt(True if schema is None else schema, media_type.place.child("itemSchema"))


def _value(holder: Parameter | Header) -> SchemaAt:
    steps = ("schema",) if holder.media_type is None else ("content", holder.media_type, "schema")
    return SchemaAt(holder.schema, holder.place.child(*steps))
