"""The laws that a service keeps with each message it receives."""

from __future__ import annotations

import enum
from typing import Final

from ...documents import is_json
from ...media_types import parse_media_type
from ..declarations import MessageKind


class Law(enum.StrEnum):
    """A law; the value is its name in tests."""

    ACCEPTS = "accepts"
    EXPLORES = "explores"
    REFUSES = "refuses"
    KEEPS = "keeps"
    RECOVERS = "recovers"
    IGNORES_COPIES = "ignores_copies"

    @property
    def words(self) -> str:
        """What the law says."""
        return _WORDS[self]


_WORDS: Final = {
    Law.ACCEPTS: "what is valid is accepted, and what is sent then is declared and valid",
    Law.EXPLORES: "whatever is valid is accepted, and what is sent then is declared and valid",
    Law.REFUSES: "what is invalid is dead-lettered once as it came, nothing else happens, and the next one passes",
    Law.KEEPS: "a message is acknowledged only after the work, and comes again when the service dies before",
    Law.RECOVERS: "a message is not lost when the broker fails once",
    Law.IGNORES_COPIES: "a copy has no second effect",
}

MEMORY_ONLY: Final = frozenset({Law.EXPLORES, Law.KEEPS, Law.RECOVERS})
"""What asks for a service that begins anew, or for a broker that fails at will."""

WITHOUT_OUTBOX: Final = frozenset({Law.KEEPS, Law.RECOVERS})
"""What an outbox does in its own way, and its own time."""


def laws_of(kind: MessageKind) -> tuple[Law, ...]:
    """Return the laws of a message that is received."""
    left_out = set()
    if kind.idempotency is None:
        left_out.add(Law.IGNORES_COPIES)
    if not _is_json(kind):
        left_out.add(Law.EXPLORES)
    return tuple(law for law in Law if law not in left_out)


def _is_json(kind: MessageKind) -> bool:
    """Whether random values can be written as payloads of *kind*."""
    media_type = parse_media_type(kind.content_type)
    is_said = not kind.content_type or (media_type is not None and is_json(media_type.essence))
    return is_said and kind.coding is None
