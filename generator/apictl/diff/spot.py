"""Where in an API something stands, in words and in both documents."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from typing import Protocol

from apictl.contract.operation import ParameterLocation
from apictl.diff.law import Side
from apictl.findings import Place


class Role(enum.Enum):
    """Who makes the requests of an operation."""

    SERVICE = "service"
    """The callers of the service."""
    WEBHOOK = "webhook"
    """The service, to whoever asked for it."""
    CALLBACK = "callback"
    """The service, because of an earlier request."""
    EVENT = "event"
    """Nobody: messages are sent and received."""


class Placed(Protocol):
    """Something of a document."""

    @property
    def place(self) -> Place:
        """Where it stands."""
        ...


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of an API.

    Attributes:
        side: which way its values travel.
        old: its place in the old document; of what would hold it when it is not there.
        new: its place in the new document; of what would hold it when it is not there.
        label: the operation, as "POST /quotes" or "webhook 'tripCompleted'"; "" outside of operations.
        operation_id: of the new contract, of the old one when it is gone; "" outside of operations.
        role: of the operation.
        part: of the operation, as "query parameter 'limit'"; "" for the operation itself.
        stability: level of the operation in the old contract, as written; "" when there is none.
        parameter: location and wire name of the one whose value is written as plain text here; None of all else.
        channel: address of the one whose messages are spoken of; "" of all else.
        is_both_ways: nothing says which way its values travel, so that both are asked for.
    """

    side: Side
    old: Place
    new: Place
    label: str = ""
    operation_id: str = ""
    role: Role = Role.SERVICE
    part: str = ""
    stability: str = ""
    parameter: tuple[ParameterLocation, str] | None = None
    channel: str = ""
    is_both_ways: bool = False

    def at(self, part: str) -> Spot:
        """Return the spot of *part* in the same operation."""
        return replace(self, part=part)

    def on(self, side: Side) -> Spot:
        """Return the same spot with values that travel the way of *side*."""
        return replace(self, side=side)

    def of(self, old: Placed | None, new: Placed | None) -> Spot:
        """Return the same spot at the places of *old* and *new*, where they are there."""
        return self.below(None if old is None else old.place, None if new is None else new.place)

    def below(self, old: Place | None, new: Place | None) -> Spot:
        """Return the same spot at *old* and *new*, where they are there."""
        return replace(self, old=old or self.old, new=new or self.new)

    @property
    def subject(self) -> str:
        """The operation, or its part with the operation: "query parameter 'limit' of GET /trips"."""
        return f"{self.part} of {self.label}" if self.part and self.label else self.part or self.label
