"""What is only said to people: summaries, descriptions and examples outside of schemas."""

from __future__ import annotations

from typing import Any, TypeAlias, assert_never

from apictl.contract.contract import Contract, Tag
from apictl.contract.events import Channel, ChannelParameter, EventOperation, EventServer, Message, MessageExample
from apictl.contract.links import Link
from apictl.contract.operation import Header, MediaType, Operation, Parameter, RequestBody, Response
from apictl.contract.schema import JsonValue
from apictl.contract.security import SecurityScheme
from apictl.contract.values.conjunction import identity
from apictl.diff.pairs import Documentation, DocumentationPair, Pair, SchemePair, TagPair
from apictl.diff.spot import Spot

Documented: TypeAlias = (
    Contract
    | Tag
    | SecurityScheme
    | Operation
    | Parameter
    | Header
    | MediaType
    | RequestBody
    | Response
    | Link
    | Channel
    | ChannelParameter
    | EventOperation
    | EventServer
    | Message
)
_Said: TypeAlias = dict[str, str | tuple[str, ...]]


def documentation_pair(pair: Pair[Any]) -> DocumentationPair | None:
    """Return what both sides of *pair* say to people; None when they say the same, or only one is there."""
    if not isinstance(pair.old, Documented) or not isinstance(pair.new, Documented):
        return None
    return rewritten(pair.old, pair.new, _named(pair))


def rewritten(old: Documented, new: Documented, spot: Spot) -> DocumentationPair | None:
    """Return what *old* and *new* say to people at *spot*; None when they say the same."""
    before, after = _said(old), _said(new)
    if before == after:
        return None
    fields = tuple(name for name in {**before, **after} if before.get(name) != after.get(name))
    return DocumentationPair(Documentation(fields), Documentation(fields), spot)


def _said(thing: Documented) -> _Said:
    match thing:
        case Contract():
            return {"title": thing.title, "description": thing.description}
        case Operation():
            return {"summary": thing.summary, "description": thing.description}
        case Parameter():
            return {"description": thing.description, "examples": _examples(thing.examples)}
        case MediaType():
            return {"examples": _examples(thing.examples)}
        case Channel() | ChannelParameter() | EventOperation() | EventServer() | Message():
            return _said_of_events(thing)
        case _:
            return {"description": thing.description}


def _said_of_events(thing: Channel | ChannelParameter | EventOperation | EventServer | Message) -> _Said:
    match thing:
        case Channel():
            return {"title": thing.title, "description": thing.description}
        case ChannelParameter():
            return {"description": thing.description, "examples": tuple(sorted(thing.examples))}
        case EventOperation() | Message():
            said: _Said = {"title": thing.title, "summary": thing.summary, "description": thing.description}
            examples = thing.examples if isinstance(thing, Message) else ()
            return said | {"tags": tuple(sorted(thing.tags)), "examples": _examples(tuple(map(_example, examples)))}
        case EventServer():
            return {"description": thing.description}
        case _:
            assert_never(thing)


def _examples(values: tuple[JsonValue, ...]) -> tuple[str, ...]:
    """Return *values* without an order: they stand in an object under names that say nothing of them."""
    return tuple(sorted(map(identity, values)))


def _example(example: MessageExample) -> JsonValue:
    headers = None if example.headers is None else dict(example.headers)
    return [example.name, example.summary, headers, list(example.payload)]


def _named(pair: Pair[Any]) -> Spot:
    """Return the spot of *pair* with what has no operation named by itself."""
    match pair:
        case TagPair(new=Tag(name=name)):
            return pair.spot.at(f"tag {name!r}")
        case SchemePair(new=SecurityScheme(name=name)):
            return pair.spot.at(f"security scheme {name!r}")
        case _:
            return pair.spot
