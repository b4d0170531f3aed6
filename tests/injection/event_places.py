"""Where text of other people can stand in a contract of events (BADINPUTS' H17, and its kin)."""

from __future__ import annotations

import copy
from typing import Final
from urllib.parse import quote

from tests.injection.base import MANIFEST
from tests.injection.event_base import EVENT_BASE
from tests.injection.places import InjectionPlace, Inputs, Put, at, rename


def event_inputs() -> Inputs:
    """Return the inputs of a service that has events alone."""
    inputs = Inputs(contract=copy.deepcopy(EVENT_BASE), path="specs/base/asyncapi.json")
    inputs.manifest = copy.deepcopy(MANIFEST)
    del inputs.manifest["services"]["base"]["consumes"]
    return inputs


_CHANNEL: Final = ("channels", "made")
_OPERATION: Final = ("operations", "takeThings")
_MESSAGES: Final = ("components", "messages")
_MADE: Final = (*_MESSAGES, "made")
_HEADERS: Final = (*_MADE, "headers", "properties")
_KAFKA: Final = (*_MADE, "bindings", "kafka")
_SERVER: Final = ("servers", "log")
_SCHEMES: Final = ("components", "securitySchemes")
_THING: Final = ("components", "schemas", "Thing")
_ADDRESS: Final = (*_CHANNEL, "address")
_CODE: Final = ("events.py",)


def _prose(name: str, *path: str | int, shown: tuple[str, ...] = ()) -> InjectionPlace:
    return InjectionPlace(f"event-{name}", at(*path), is_prose=True, is_kept=False, shown=shown, start=event_inputs)


def _name(name: str, put: Put) -> InjectionPlace:
    return InjectionPlace(f"event-{name}", put, start=event_inputs)


def _said(name: str, put: Put) -> InjectionPlace:
    """A name that no generated file needs."""
    return InjectionPlace(f"event-{name}", put, is_kept=False, start=event_inputs)


def _escaped(text: str) -> str:
    return text.replace("~", "~0").replace("/", "~1")


def _reference(section: str, text: str) -> str:
    return f"#/{section}/{quote(_escaped(text))}"


def _parameter(inputs: Inputs, text: str) -> None:
    rename(*_CHANNEL, "parameters", "place")(inputs, text)
    at(*_ADDRESS)(inputs, f"things.{{{text}}}.made")


def _channel(inputs: Inputs, text: str) -> None:
    rename(*_CHANNEL)(inputs, text)
    for name in ("takeThings", "tellThings"):
        at("operations", name, "channel", "$ref")(inputs, _reference("channels", text))


def _server(inputs: Inputs, text: str) -> None:
    rename(*_SERVER)(inputs, text)
    at(*_CHANNEL, "servers", 0, "$ref")(inputs, _reference("servers", text))


def _scheme(inputs: Inputs, text: str) -> None:
    rename(*_SCHEMES, "login")(inputs, text)
    for holder in (_OPERATION, _SERVER):
        at(*holder, "security", 0, "$ref")(inputs, _reference("components/securitySchemes", text))


def _schema(inputs: Inputs, text: str) -> None:
    rename(*_THING)(inputs, text)
    for message in ("made", "found"):
        at(*_MESSAGES, message, "payload", "$ref")(inputs, _reference("components/schemas", text))


def _header(inputs: Inputs, text: str) -> None:
    rename(*_HEADERS, "id")(inputs, text)
    at(*_MADE, "x-apictl-idempotency")(inputs, f"$message.header#/{_escaped(text)}")


def _telling(inputs: Inputs, text: str) -> None:
    for message in ("made", "lost"):
        rename(*_MESSAGES, message, "headers", "properties", "kind")(inputs, text)
        at(*_MESSAGES, message, "headers", "required", 0)(inputs, text)


def _located(*path: str | int) -> Put:
    return lambda inputs, text: at(*path)(inputs, f"$message.header#/{_escaped(text)}")


_PROSE: Final = (
    _prose("info-title", "info", "title", shown=("__init__.py", "README.md", "pyproject.toml", *_CODE, "channels.py")),
    _prose("info-version", "info", "version"),
    _prose("info-description", "info", "description"),
    _prose("info-tag-description", "info", "tags", 0, "description"),
    _prose("contact-name", "info", "contact", "name"),
    _prose("server-title", *_SERVER, "title"),
    _prose("server-description", *_SERVER, "description"),
    _prose("server-protocol-version", *_SERVER, "protocolVersion"),
    _prose("server-variable", *_SERVER, "variables", "name", "default"),
    _prose("server-binding", *_SERVER, "bindings", "kafka", "schemaRegistryVendor"),
    _prose("channel-title", *_CHANNEL, "title"),
    _prose("channel-description", *_CHANNEL, "description"),
    _prose("channel-binding", *_CHANNEL, "bindings", "kafka", "topic"),
    _prose("channel-binding-of-nobody", *_CHANNEL, "bindings", "nobody", "text"),
    _prose("queue-name", "channels", "asks", "bindings", "amqp", "queue", "name"),
    _prose("parameter-description", *_CHANNEL, "parameters", "place", "description", shown=_CODE),
    _prose("operation-title", *_OPERATION, "title"),
    _prose("operation-summary", "operations", "askThings", "summary"),
    _prose("operation-description", *_OPERATION, "description"),
    _prose("operation-binding", *_OPERATION, "bindings", "kafka", "clientId", "enum", 0),
    _prose("reply-address-description", "operations", "askThings", "reply", "address", "description"),
    _prose("message-title", *_MADE, "title"),
    _prose("message-summary", *_MADE, "summary", shown=(*_CODE, "test_events.py")),
    _prose("message-description", *_MADE, "description", shown=_CODE),
    _prose("message-binding", *_KAFKA, "schemaLookupStrategy"),
    _prose("key-description", *_KAFKA, "key", "description"),
    _prose("example-name", *_MADE, "examples", 0, "name"),
    _prose("example-summary", *_MADE, "examples", 0, "summary"),
    _prose("example-payload", *_MADE, "examples", 0, "payload", "name"),
    _prose("correlation-description", *_MESSAGES, "asked", "correlationId", "description"),
    _prose("header-description", *_HEADERS, "id", "description", shown=("models.py",)),
    _prose("security-description", *_SCHEMES, "login", "description"),
    _prose("api-key-name", *_SCHEMES, "key", "name"),
    _prose("scope", *_SCHEMES, "oauth", "flows", "clientCredentials", "availableScopes", "read"),
    _prose("schema-description", *_THING, "description", shown=("models.py",)),
    _prose("property-default", *_THING, "properties", "size", "default"),
)
_NAMES: Final = (
    _said("id", at("id")),
    _said("message-docs-url", at(*_MADE, "externalDocs", "url")),
    _said("server-name", _server),
    _said("server-host", at(*_SERVER, "host")),
    _said("server-pathname", at("servers", "queues", "pathname")),
    _said("server-protocol", at(*_SERVER, "protocol")),
    _name("channel-name", _channel),
    _name("channel-address", lambda inputs, text: at(*_ADDRESS)(inputs, f"{{place}}.{text}")),
    _name("channel-address-of-asks", at("channels", "asks", "address")),
    _name("parameter-name", _parameter),
    _name("parameter-value", at(*_CHANNEL, "parameters", "place", "enum", 0)),
    _name("operation-id", rename(*_OPERATION)),
    _said("message-key", rename(*_CHANNEL, "messages", "made")),
    _name("message-name", at(*_MADE, "name")),
    _said("message-tag", at(*_MADE, "tags", 0, "name")),
    _name("message-content-type", at(*_MADE, "contentType")),
    _said(
        "media-type-parameter", lambda inputs, text: at(*_MADE, "contentType")(inputs, f"application/json; a={text}")
    ),
    _name("default-content-type", at("defaultContentType")),
    _said("binding-version", at(*_KAFKA, "bindingVersion")),
    _said("binding-protocol", rename(*_CHANNEL, "bindings", "nobody")),
    _name("header-name", _header),
    _name("header-that-tells", _telling),
    _name("header-value-that-tells", at(*_HEADERS, "kind", "const")),
    _said("correlation-location", _located(*_MESSAGES, "asked", "correlationId", "location")),
    _said("reply-location", _located("operations", "askThings", "reply", "address", "location")),
    _said("key-location", _located(*_MADE, "x-apictl-key")),
    _name("raw-location", at(*_MADE, "x-apictl-key")),
    _name("schema-name", _schema),
    _name("property-name", rename(*_THING, "properties", "size")),
    _name("property-enum", at(*_THING, "properties", "mode", "enum", 0)),
    _said("security-scheme", _scheme),
    _name("schema-format", at(*_MADE, "payload")),
)

EVENT_PLACES: Final[tuple[InjectionPlace, ...]] = (*_PROSE, *_NAMES)
"""Every place of a contract of events; where a text is no name of its kind it is refused, and it is said where."""
