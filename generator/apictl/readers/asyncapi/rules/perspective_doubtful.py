"""A document of AsyncAPI 2 says what others do: they publish what the application receives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from apictl.contract.events import Direction
from apictl.findings import Finding, Related, Severity
from apictl.readers.asyncapi.document import AsyncDocument
from apictl.readers.asyncapi.outline import OperationSource, Perspective

_RECEIVES: Final = re.compile(r"(?:on|receive|consume|handle|process|listen(?:To)?)(?=[A-Z_.-]|$)")
_SENDS: Final = re.compile(r"(?:send|publish|emit|produce|notify|dispatch)(?=[A-Z_.-]|$)")
_MOST_RELATED: Final = 10


def perspective_doubtful(document: AsyncDocument) -> Iterator[Finding]:
    """Yield a warning when more operations are named after the other direction than after their own."""
    if not document.version.is_second:
        return
    doubtful = [operation for operation in document.operations if _named_direction(operation) is _other(operation)]
    certain = [operation for operation in document.operations if _named_direction(operation) is operation.direction]
    if len(doubtful) <= len(certain):
        return
    first, *others = doubtful
    verb = "sends" if first.direction is Direction.SEND else "receives"
    other = Perspective.CLIENT if document.perspective is Perspective.SERVICE else Perspective.SERVICE
    yield Finding(
        "perspective-doubtful",
        Severity.WARNING,
        f"by its {first.action!r} the service {verb} here, though the operation is named {first.id[:60]!r}",
        first.node.place.key(),
        tuple(Related("here, too", operation.node.place.key()) for operation in others[:_MOST_RELATED]),
        f"set perspective: {other.value}, if the document says what the service itself does",
    )


def _named_direction(operation: OperationSource) -> Direction | None:
    """The direction that the name speaks of; None when it speaks of none."""
    name = operation.id[:1].lower() + operation.id[1:] if operation.is_named else ""
    if _RECEIVES.match(name):
        return Direction.RECEIVE
    return Direction.SEND if _SENDS.match(name) else None


def _other(operation: OperationSource) -> Direction:
    return Direction.SEND if operation.direction is Direction.RECEIVE else Direction.RECEIVE
