"""CloudEvents 1.0: the payload is the data of an event, whose attributes are headers or stand beside it in one JSON.

Binary mode writes attributes as headers, with the prefix of the protocol; structured mode writes the JSON Event
Format. Both are read, whatever a service writes itself.
"""

from __future__ import annotations

import base64
import binascii
import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from ..documents import is_json, read_json
from ..shapes import dump_json
from .errors import NotConforming, Reason, Rule
from .messages import Delivery, Headers, Publication, header_text

STRUCTURED: Final = "application/cloudevents+json"
BATCHED: Final = "application/cloudevents-batch+json"

_VERSION: Final = "1.0"
_PREFIX: Final = re.compile(r"(?:ce[_-]|cloudEvents[:_])(?=[a-z0-9])")
_FAMILY: Final = "application/cloudevents"
_VERSIONS: Final = frozenset(f"{prefix}specversion" for prefix in ("ce_", "ce-", "cloudEvents:", "cloudEvents_"))
"""Headers of which every event has one."""
_PLAIN: Final = frozenset({"specversion", "id", "source", "type"})
_NAME: Final = re.compile(r"[a-z0-9]+")  # CloudEvents 1.0.2, Naming Conventions
_REQUIRED: Final = ("id", "source", "type")
_KNOWN: Final = frozenset({*_REQUIRED, "specversion", "datacontenttype", "dataschema", "subject", "time"})
_NOT_ATTRIBUTES: Final = frozenset({"data", "data_base64"})


class Mode(enum.Enum):
    """Where the attributes of an event are (CloudEvents 1.0.2, Message)."""

    BINARY = "binary"
    STRUCTURED = "structured"


@dataclass(frozen=True, slots=True)
class CloudEvent:
    """The attributes of an event.

    Attributes:
        id: unique together with the source.
        source: URI reference of where it happened.
        type: of the event.
        subject: within the source; None when unsaid.
        time: when it happened, as written; None when unsaid.
        data_schema: URI; None when unsaid.
        extensions: all other attributes, by name.
    """

    id: str
    source: str
    type: str
    subject: str | None = None
    time: str | None = None
    data_schema: str | None = None
    extensions: Mapping[str, str | int | bool] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class CloudEvents:
    """How a service writes events.

    Attributes:
        source: URI reference of the service.
        mode: of what it sends.
        prefix: of attributes in headers: "ce_" for Kafka, "ce-" for NATS and HTTP, "cloudEvents_" for AMQP, "" for
            MQTT 5.
    """

    source: str
    mode: Mode = Mode.BINARY
    prefix: str = "ce_"


def is_attribute(header: str) -> bool:
    """Return whether *header* carries an attribute, by its prefix."""
    return _PREFIX.match(header) is not None


def unwrap(delivery: Delivery) -> tuple[Delivery, CloudEvent | None]:
    """Return the data of the event that *delivery* is, with the event; *delivery* itself when it is none.

    Raises:
        NotConforming: it says that it is an event, and isn't.
    """
    content_type = delivery.content_type.lower()
    if _FAMILY in content_type:
        essence = content_type.partition(";")[0].strip()
        if essence == STRUCTURED:
            return _unwrap_structured(delivery)
        if essence == BATCHED:
            raise NotConforming(Reason(Rule.CONTENT_TYPE, "a batch of events is not one message"))
    if not _VERSIONS.isdisjoint(delivery.headers):
        return delivery, _event(_in_headers(delivery.headers))
    if "specversion" in delivery.headers and delivery.headers.keys() >= _PLAIN:
        # MQTT 5 has no prefix (MQTT Protocol Binding 1.0.2, 3.1.3.1); one word alone is no sign of an event.
        return delivery, _event({name: delivery.headers[name] for name in _KNOWN & delivery.headers.keys()})
    return delivery, None


def wrap(publication: Publication, event: CloudEvent, settings: CloudEvents) -> Publication:
    """Return *publication*, whose body is the data, as *event*.

    Raises:
        ValueError: the name of an extension is none.
    """
    attributes = _attributes(event)
    if settings.mode is Mode.BINARY:
        headers = {f"{settings.prefix}{name}": value for name, value in attributes.items()}
        return replace(publication, headers={**publication.headers, **headers})
    data_type = publication.content_type
    described: dict[str, Any] = {**attributes, **({"datacontenttype": data_type} if data_type else {})}
    if not data_type or is_json(data_type):
        described["data"] = read_json(publication.body)
    else:
        described["data_base64"] = base64.b64encode(publication.body).decode()
    return replace(publication, body=dump_json(described), content_type=f"{STRUCTURED}; charset=utf-8")


def written_time(time: datetime) -> str:
    """Return *time* as an attribute (RFC 3339)."""
    return time.isoformat().replace("+00:00", "Z")


def _attributes(event: CloudEvent) -> dict[str, str | int | bool]:
    wrong = [name for name in event.extensions if _NAME.fullmatch(name) is None or name in _KNOWN | _NOT_ATTRIBUTES]
    if wrong:
        raise ValueError(f"{wrong[0]!r} is no name of an extension attribute")
    optional = {"subject": event.subject, "time": event.time, "dataschema": event.data_schema}
    return {
        "specversion": _VERSION,
        "id": event.id,
        "source": event.source,
        "type": event.type,
        **{name: value for name, value in optional.items() if value is not None},
        **event.extensions,
    }


def _in_headers(headers: Headers) -> dict[str, Any]:
    """Return the attributes among *headers*."""
    found = {name[match.end() :]: name for name in headers if (match := _PREFIX.match(name)) is not None}
    try:
        return {name: header_text(headers[header]) for name, header in found.items()}
    except ValueError:
        raise NotConforming(Reason(Rule.HEADERS, "an attribute of the event is no UTF-8 text")) from None


def _unwrap_structured(delivery: Delivery) -> tuple[Delivery, CloudEvent]:
    try:
        described = read_json(delivery.body)
    except (ValueError, RecursionError) as error:
        raise NotConforming(Reason(Rule.UNREADABLE, f"the event is no JSON: {error}"[:200])) from None
    if not isinstance(described, dict):
        raise NotConforming(Reason(Rule.UNREADABLE, "the event is no object"))
    event = _event({name: value for name, value in described.items() if name not in _NOT_ATTRIBUTES})
    data_type = described.get("datacontenttype") or "application/json"
    if not isinstance(data_type, str):
        raise NotConforming(Reason(Rule.UNREADABLE, "the media type of the data is no text", "/datacontenttype"))
    return replace(delivery, body=_data(described), content_type=data_type), event


def _data(described: Mapping[str, Any]) -> bytes:
    """Return the data of the event; of one without, nothing."""
    if "data_base64" in described:
        try:
            return base64.b64decode(described["data_base64"], validate=True)
        except (TypeError, ValueError, binascii.Error):
            raise NotConforming(Reason(Rule.UNREADABLE, "the data is no base64", "/data_base64")) from None
    if "data" not in described:
        return b""
    data, data_type = described["data"], described.get("datacontenttype") or "application/json"
    # JSON Event Format, 3.1: data of another media type than JSON is its text.
    return data.encode() if isinstance(data, str) and not is_json(str(data_type)) else dump_json(data)


def _event(attributes: Mapping[str, Any]) -> CloudEvent:
    if attributes.get("specversion") != _VERSION:
        raise NotConforming(Reason(Rule.HEADERS, f"the event is of version {attributes.get('specversion')!r:.50}"))
    given = {name: attributes.get(name) for name in (*_REQUIRED, "subject", "time", "dataschema")}
    for name, value in given.items():
        is_missing = value is None and name not in _REQUIRED
        if not is_missing and not (isinstance(value, str) and value):
            raise NotConforming(Reason(Rule.HEADERS, f"attribute {name!r} of the event is {value!r:.50}"))
    extensions = {
        name: value
        for name, value in attributes.items()
        if name not in _KNOWN and isinstance(value, str | int | bool) and _NAME.fullmatch(name)
    }
    id_, source, type_ = (str(given[name]) for name in _REQUIRED)
    return CloudEvent(id_, source, type_, given["subject"], given["time"], given["dataschema"], extensions)
