"""The messages that were prepared from the contract: `event_cases.json` as values."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..messages import HeaderValue, Publication


@dataclass(frozen=True, slots=True)
class MessageCase:
    """A message, as it is sent.

    Attributes:
        why: what it is, or what is wrong with it.
        publication: the message.
        payload: its JSON value, alone in a tuple; empty when the body is no JSON.
    """

    why: str
    publication: Publication
    payload: tuple[Any, ...] = ()

    def saying(self, why: str, headers: Mapping[str, HeaderValue], payload: Any) -> MessageCase:
        """Return this message with other *headers* and, where it is JSON, another *payload*."""
        if not self.payload:
            return replace(self, why=why, publication=replace(self.publication, headers=headers))
        publication = replace(self.publication, headers=headers, body=_written(payload))
        return MessageCase(why, publication, (payload,))


@dataclass(frozen=True, slots=True)
class Cases:
    """The messages that were prepared for one message of one operation.

    Attributes:
        place: of the message in the contract.
        valid: the plainest one first.
        wrong: each breaks the contract in one place.
    """

    place: str
    valid: tuple[MessageCase, ...]
    wrong: tuple[MessageCase, ...]


def read_cases(path: Path) -> Mapping[tuple[str, str], Cases]:
    """Return what *path* holds, by id of the operation and name of the message."""
    entries: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["messages"]
    return {
        (entry["operation"], entry["message"]): Cases(
            place=entry["place"],
            valid=tuple(map(_case, entry["valid"])),
            wrong=tuple(map(_case, entry["wrong"])),
        )
        for entry in entries
    }


def _case(entry: dict[str, Any]) -> MessageCase:
    publication = Publication(
        entry["address"],
        _body(entry["body"]),
        entry["headers"],
        entry.get("key"),
        entry["content_type"],
        entry.get("reply_to"),
        entry.get("correlation_id"),
        "contract-test",
    )
    return MessageCase(entry["why"], publication, (entry["body"]["json"],) if "json" in entry["body"] else ())


def _body(entry: dict[str, Any]) -> bytes:
    if "base64" in entry:
        return base64.b64decode(entry["base64"])
    return str(entry["text"]).encode("utf-8", "surrogatepass") if "text" in entry else _written(entry["json"])


def _written(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
