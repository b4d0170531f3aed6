"""YAML text → where its nodes are."""

from __future__ import annotations

from dataclasses import dataclass

from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from apictl.source.limits import MAX_NESTING
from apictl.source.spots import Spot
from apictl.source.yaml_events import SyntaxFlaw, offset_of, yaml_events


@dataclass(slots=True)
class _Open:
    """A mapping or sequence that is not closed yet; `key` is None for one that is no string."""

    at: int
    below: dict[str, Spot] | list[Spot]
    expects_key: bool = True
    key: str | None = None
    key_at: int = 0


def scan_yaml(text: str) -> Spot:
    """Return the places of the nodes of the first document of *text*, as far as it can be read."""
    stack = [_Open(0, [])]
    try:
        for event in yaml_events(text):
            match event:
                case ScalarEvent():
                    _take(stack, Spot(offset_of(event), offset_of(event)), event.value)
                case AliasEvent():
                    _take(stack, Spot(offset_of(event), offset_of(event)), None)
                case MappingStartEvent():
                    stack.append(_Open(offset_of(event), {}))
                case SequenceStartEvent():
                    stack.append(_Open(offset_of(event), []))
                case MappingEndEvent() | SequenceEndEvent():
                    closed = stack.pop()
                    _take(stack, Spot(closed.at, closed.at, closed.below), None)
                case _:
                    continue
            if len(stack) > MAX_NESTING + 1:
                break
    except SyntaxFlaw:
        # The finding that this is about has been told; what was read so far still has its places.
        pass
    while len(stack) > 1:
        closed = stack.pop()
        _take(stack, Spot(closed.at, closed.at, closed.below), None)
    below = stack[0].below
    return below[0] if isinstance(below, list) and below else Spot(0, 0)


def _take(stack: list[_Open], spot: Spot, key: str | None) -> None:
    holder = stack[-1]
    if isinstance(holder.below, list):
        holder.below.append(spot)
    elif holder.expects_key:
        holder.key, holder.key_at, holder.expects_key = key, spot.at, False
    else:
        if holder.key is not None:
            # The first of equal keys counts, here as in the tree.
            holder.below.setdefault(holder.key, Spot(spot.at, holder.key_at, spot.below))
        holder.expects_key = True
