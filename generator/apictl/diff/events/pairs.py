"""What is compared of events: the same thing in both contracts, or one that only one of them has."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TypeAlias

from apictl.contract.events import (
    Channel,
    ChannelParameter,
    EventOperation,
    EventServer,
    Location,
    Message,
    Reply,
)
from apictl.contract.schema import JsonValue
from apictl.diff.pairs import DemandsPair, LifePair, ListingPair, Pair, SchemaPair, SchemePair
from apictl.findings import Place


@dataclass(frozen=True, slots=True)
class EventServerPair(Pair[EventServer]):
    """A broker of the contract, or one that a channel is on, by protocol and address."""


@dataclass(frozen=True, slots=True)
class ChannelPair(Pair[Channel]):
    """Where messages travel, by its address.

    Attributes:
        is_used: an operation is told of there, when only one contract has the channel.
    """

    is_used: bool = False


@dataclass(frozen=True, slots=True)
class ChannelParameterPair(Pair[ChannelParameter]):
    """A variable part of an address, by its position; both are there."""


@dataclass(frozen=True, slots=True)
class EventOperationPair(Pair[EventOperation]):
    """What the service does on a channel.

    Attributes:
        is_covered: the contract that lacks it does the same there by other operations.
    """

    is_covered: bool = False


@dataclass(frozen=True, slots=True)
class ReplyPair(Pair[Reply]):
    """What answers; one of them is there.

    Attributes:
        old_target: address of the channel that it goes to; "" when only the message says.
        new_target: the same of the new contract.
        is_elsewhere: both go to a channel, and not to the same.
    """

    old_target: str = ""
    new_target: str = ""
    is_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class MessagePair(Pair[Message]):
    """A kind of message on a channel, travelling one way: by name, then by what it carries.

    Attributes:
        others: of a message that one contract lacks, those that it has there.
        is_covered: what the message carries is carried by those, too.
    """

    others: tuple[Message, ...] = ()
    is_covered: bool = False


@dataclass(frozen=True, slots=True)
class CorrelationPair(Pair[Location]):
    """Where the id is that tells which messages belong together; one of them is there.

    Attributes:
        is_sure: what the contract without it says of messages makes sure that there is a value, too.
    """

    is_sure: bool = False


class Meaning(enum.Enum):
    """What a field of a binding is about."""

    DESTINATION = "destination"
    """Where messages go to."""
    DECLARATION = "declaration"
    """What a queue or exchange is declared with; a broker refuses another declaration of the same name."""
    DELIVERY = "delivery"
    """How surely messages are delivered, and how long they wait."""
    PARTITIONS = "partitions"
    """How messages are spread."""
    RETENTION = "retention"
    """How long messages are kept."""
    SIZE = "size"
    """How large a message may be."""
    GROUP = "group"
    """As whom messages are received."""
    UNKNOWN = "unknown"
    """Nothing that is known here."""


@dataclass(frozen=True, slots=True)
class BindingField:
    """One thing that a binding says.

    Attributes:
        value: as written, or what holds by default; None when nothing is said.
        place: of the field; of the binding when nothing is said.
    """

    value: JsonValue
    place: Place


@dataclass(frozen=True, slots=True)
class BindingPair(Pair[BindingField]):
    """A field of a binding that is not the same in both contracts; both are there.

    Attributes:
        protocol: as `kafka`.
        name: with dots between the steps: `exchange.name`.
        meaning: what it is about.
    """

    protocol: str = ""
    name: str = ""
    meaning: Meaning = Meaning.UNKNOWN


AnyEventPair: TypeAlias = (
    EventServerPair
    | SchemePair
    | ChannelPair
    | ChannelParameterPair
    | EventOperationPair
    | LifePair
    | ListingPair
    | DemandsPair
    | ReplyPair
    | MessagePair
    | CorrelationPair
    | BindingPair
    | SchemaPair
)
