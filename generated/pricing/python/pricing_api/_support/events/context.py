"""What a handler is told of a delivery."""

from __future__ import annotations

from dataclasses import dataclass

from .cloudevents import CloudEvent
from .messages import Delivery


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a delivery beside its payload and headers.

    Attributes:
        delivery: as it came.
        correlation_id: from where the contract says it is, else as the transport carries it.
        attempt: 1 for the first one.
        event: the CloudEvent that it came in.
    """

    delivery: Delivery
    correlation_id: str | None = None
    attempt: int = 1
    event: CloudEvent | None = None
