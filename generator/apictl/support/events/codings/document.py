"""Payloads of JSON where something else needs a coding, as the id of a schema in front of them."""

from __future__ import annotations

from typing import Any

from ...documents import read_json
from ...shapes import dump_json


class JsonCoding:
    """Reads and writes documents of JSON."""

    def decode(self, body: bytes) -> Any:
        """Return the value of the document *body*.

        Raises:
            ValueError: it is none.
        """
        return read_json(body)

    def encode(self, value: Any, schema_id: int | None = None) -> bytes:  # noqa: ARG002 - what frames it writes that
        """Return *value* as a document."""
        return dump_json(value)
