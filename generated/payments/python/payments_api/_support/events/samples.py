"""Replies of a stub: valid, the same at every call."""

from __future__ import annotations

import functools
import importlib.resources
from typing import Any, Literal

import orjson

from ..shapes import from_json_value
from .context import Context
from .declarations import MessageKind, Receive
from .locations import overwritten
from .replies import WithHeaders


class EventSamples:
    """The values of a package's `event_samples.json`: operation id → {"payload", "headers"}."""

    def __init__(self, package: str) -> None:
        """Read the samples of *package* when the first one is asked for."""
        self._package = package

    @functools.cached_property
    def _values(self) -> dict[str, dict[str, Any]]:
        content = importlib.resources.files(self._package).joinpath("event_samples.json").read_bytes()
        values: dict[str, dict[str, Any]] = orjson.loads(content)
        return values

    def reply(self, operation: Receive, context: Context) -> Any:
        """Return a reply to what *operation* received, correlated to it.

        Raises:
            LookupError: the operation declares none.
        """
        if operation.reply is None:
            raise LookupError(f"{operation.id} has no reply")
        kind, value = operation.reply.messages[0], self._values[operation.id]
        payload = from_json_value(kind.type, _correlated("payload", value["payload"], kind, context))
        if not kind.has_typed_headers or kind.headers is None:
            return payload
        headers = _correlated("header", value["headers"], kind, context)
        return WithHeaders(payload, from_json_value(kind.headers.type, headers))


def _correlated(part: Literal["header", "payload"], value: Any, kind: MessageKind, context: Context) -> Any:
    """Return *value* with the correlation id of the request."""
    location, told = kind.correlation, context.correlation_id or context.delivery.message_id
    if location is None or location.part != part or told is None or not isinstance(value, dict):
        return value
    return overwritten(value, location, told)
