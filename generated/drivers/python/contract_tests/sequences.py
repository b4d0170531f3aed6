"""Bodies of one item after another, in words that schemathesis knows.

It makes no request of an `itemSchema` (OpenAPI 3.2, Media Type Object): an array of such items says the same, and is
written as the documents that it holds. Of events it takes a `schema` for that of the whole event, where it describes
the data of each: an `itemSchema` says which of the two is meant.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import schemathesis
from schemathesis.core.errors import SerializationNotPossible

from .implied import operations_of

_EVENTS: Final = "text/event-stream"
_MOST_REFERENCES: Final = 9
_LINES: Final = re.compile(r"application/(?:x-)?(?:json-?lines|jsonl|ndjson)|application/[^;]+\+jsonl", re.IGNORECASE)
_SEQUENCE: Final = re.compile(r"application/(?:[^;]+\+)?json-seq", re.IGNORECASE)


def teach_sequences(contract: dict[str, Any]) -> None:
    """Describe each sequence that *contract* has in its requests and responses so that it is understood."""
    for name, media in _contents(contract, "requestBodies", _request_bodies):
        essence = name.partition(";")[0].strip()
        start = "" if _LINES.fullmatch(essence) else "\x1e" if _SEQUENCE.fullmatch(essence) else None
        if start is not None and "itemSchema" in media:
            media.setdefault("schema", {"type": "array", "items": media["itemSchema"]})
            _register(name, start)
    for name, media in _contents(contract, "responses", _responses):
        if name.partition(";")[0].strip().lower() == _EVENTS and "schema" in media and "itemSchema" not in media:
            media["itemSchema"] = _event(contract, media.pop("schema"))


def _event(contract: dict[str, Any], schema: Any) -> Any:
    """Return the schema of an event whose data is of *schema*; of an array, its items are the events."""
    resolved = schema if isinstance(schema, dict) else {}
    for _ in range(_MOST_REFERENCES):
        _, marker, name = str(resolved.get("$ref", "")).partition("#/components/schemas/")
        resolved = contract.get("components", {}).get("schemas", {}).get(name, {}) if marker else resolved
    if resolved.get("type") == "array":
        return resolved.get("items", True)
    is_text = resolved.get("type") in {"string", "integer", "number", "boolean"}
    data = {} if is_text else {"contentMediaType": "application/json", "contentSchema": schema}
    return {"type": "object", "required": ["data"], "properties": {"data": {"type": "string", **data}}}


def _contents(
    contract: dict[str, Any], shared: str, own: Callable[[dict[str, Any]], Iterable[Any]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the media types of what components hold as *shared*, and of what each operation has of its *own*."""
    components = contract.get("components", {})
    for holder in (
        *components.get(shared, {}).values(),
        *(each for operation in operations_of(contract) for each in own(operation)),
    ):
        contents = holder.get("content", {}) if isinstance(holder, dict) else {}
        yield from ((name, media) for name, media in contents.items() if isinstance(media, dict))


def _request_bodies(operation: dict[str, Any]) -> Iterable[Any]:
    return [operation["requestBody"]] if "requestBody" in operation else []


def _responses(operation: dict[str, Any]) -> Iterable[Any]:
    responses = operation.get("responses", {})
    return responses.values() if isinstance(responses, dict) else []


def _register(media_type: str, start: str) -> None:
    @schemathesis.serializer(media_type)
    def _(_context: object, value: Any) -> bytes:
        if not isinstance(value, list):
            # What is no list of documents can't be written as one.
            raise SerializationNotPossible.for_media_type(media_type)
        return "".join(f"{start}{json.dumps(each)}\n" for each in value).encode()
