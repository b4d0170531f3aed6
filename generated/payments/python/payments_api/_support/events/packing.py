"""Publications as bytes, to be kept until they are sent."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

import orjson

from .messages import HeaderValue, Publication


def packed(publication: Publication) -> bytes:
    """Return *publication* as a document that `unpacked` reads."""
    return orjson.dumps(
        {
            "address": publication.address,
            "body": _text(publication.body),
            "headers": [[name, _packed_header(value)] for name, value in publication.headers.items()],
            "key": publication.key,
            "content_type": publication.content_type,
            "reply_to": publication.reply_to,
            "correlation_id": publication.correlation_id,
            "message_id": publication.message_id,
        }
    )


def unpacked(raw: bytes) -> Publication:
    """Return the publication that became *raw*."""
    fields: Mapping[str, Any] = orjson.loads(raw)
    return Publication(
        fields["address"],
        base64.b64decode(fields["body"]),
        {name: _unpacked_header(value) for name, value in fields["headers"]},
        fields["key"],
        fields["content_type"],
        fields["reply_to"],
        fields["correlation_id"],
        fields["message_id"],
    )


def _packed_header(value: HeaderValue) -> Any:
    return {"bytes": _text(value)} if isinstance(value, bytes) else value


def _unpacked_header(value: Any) -> HeaderValue:
    known: HeaderValue = base64.b64decode(value["bytes"]) if isinstance(value, dict) else value
    return known


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
