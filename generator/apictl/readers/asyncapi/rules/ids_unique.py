"""Ids are used once (AsyncAPI 2.6, Operation Object and Message Object)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from apictl.findings import Finding, Place, Related, error
from apictl.readers.asyncapi.document import AsyncDocument


def operation_id_duplicate(document: AsyncDocument) -> Iterator[Finding]:
    """Yield an error for each operationId that is used twice."""
    used = (
        (operation.id, operation.whole.parts["operationId"].place)
        for operation in document.operations
        if operation.is_named and "operationId" in operation.whole.parts
    )
    yield from _repeated("operation-id-duplicate", "operationId", used)


def message_id_duplicate(document: AsyncDocument) -> Iterator[Finding]:
    """Yield an error for each messageId that is used twice."""
    used = (
        (message.whole.text("messageId"), message.whole.parts["messageId"].place)
        for message in document.messages.values()
        if message.whole.text("messageId")
    )
    yield from _repeated("message-id-duplicate", "messageId", used)


def _repeated(rule: str, field: str, used: Iterable[tuple[str, Place]]) -> Iterator[Finding]:
    first: dict[str, Place] = {}
    for name, place in used:
        if first.setdefault(name, place) is not place:
            related = (Related("first used here", first[name]),)
            yield error(rule, place, f"{field} {name[:80]!r} is used twice", related=related)
