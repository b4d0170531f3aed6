"""The events of a contract, made of the objects of a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from apictl.contract.bindings import Binding
from apictl.contract.events import (
    Channel,
    ChannelParameter,
    EventOperation,
    Events,
    Location,
    Message,
    MessageExample,
    Payload,
    PayloadFormat,
    Reply,
)
from apictl.contract.schema import Schema
from apictl.readers.access import Key, Tree, items, key_of, mapping, text, texts
from apictl.readers.asyncapi.bindings import message_key
from apictl.readers.asyncapi.document import AsyncDocument
from apictl.readers.asyncapi.kinds import HANDSHAKE, Node
from apictl.readers.asyncapi.locations import IDEMPOTENCY, KEY, location_in, location_of
from apictl.readers.asyncapi.messages import MessageSource
from apictl.readers.asyncapi.outline import ChannelSource, OperationSource, reply_messages
from apictl.readers.asyncapi.schema_sources import SchemaSource
from apictl.readers.asyncapi.security import read_event_schemes, requirements
from apictl.readers.asyncapi.servers import read_servers, server_names
from apictl.readers.asyncapi.topics import with_topics
from apictl.readers.asyncapi.traits import Whole, resolved
from apictl.readers.schemas.convert import Converter
from apictl.readers.templates import TEMPLATE


@dataclass(frozen=True, slots=True)
class Building:
    """Makes the values of the contract.

    Attributes:
        document: that says so.
        converter: of schemas as written.
        schemes: names of the security schemes, by what identifies them.
    """

    document: AsyncDocument
    converter: Converter
    schemes: Mapping[Key, str]

    def events(self) -> Events:
        """Return everything that the document says about events."""
        document = self.document
        root = document.inventory.root
        operations = tuple(map(self._operation, document.operations))
        servers = tuple(read_servers(document.bindings, document.version))
        return Events(
            place=root.place,
            channels=with_topics(map(self._channel, document.channels), operations, servers),
            operations=operations,
            messages=MappingProxyType({source.name: self._message(source) for source in document.messages.values()}),
            servers=servers,
            security_schemes=MappingProxyType(
                {scheme.name: scheme for scheme in read_event_schemes(document.inventory)}
            ),
            default_content_type=text(root.fields.get("defaultContentType")),
        )

    def _channel(self, source: ChannelSource) -> Channel:
        node, document = source.node, self.document
        return Channel(
            name=source.name,
            address=source.address,
            place=node.place,
            messages=document.names(source.messages),
            parameters=tuple(self._parameters(source)),
            servers=server_names(document.inventory, node, document.version),
            title=text(node.fields.get("title")),
            description=text(node.fields.get("description")) or text(node.fields.get("summary")),
            bindings=tuple(map(self._with_schemas, document.bindings.of(node))),
        )

    def _with_schemas(self, binding: Binding) -> Binding:
        """Return *binding* of a channel with the schemas that it has."""
        if binding.protocol != "ws":
            return binding
        found = {name: binding.content[name] for name in HANDSHAKE if name in binding.content}
        schemas = {name: self.converter.schema(binding.place.child(name), value) for name, value in found.items()}
        return replace(binding, schemas=MappingProxyType(schemas))

    def _parameters(self, source: ChannelSource) -> Iterator[ChannelParameter]:
        declared = mapping(source.node.fields.get("parameters"))
        for name in dict.fromkeys(TEMPLATE.findall(source.address or "")):
            node = self.document.inventory.child(source.node, "parameters", name) if name in declared else None
            if node is None:
                yield ChannelParameter(name, {"type": "string"}, source.node.place)
                continue
            fields = node.fields
            examples = tuple(texts(fields.get("examples")))
            yield ChannelParameter(
                name=name,
                schema=self._parameter_schema(node),
                place=node.place,
                description=text(fields.get("description")),
                examples=examples,
                location=location_of(text(fields.get("location")), node.place.child("location")),
            )

    def _parameter_schema(self, node: Node) -> Schema:
        fields = node.fields
        if "schema" in fields:
            return self.converter.schema(node.place.child("schema"), fields["schema"])
        result: Tree = {"type": "string"}
        return result | {keyword: fields[keyword] for keyword in ("enum", "default", "examples") if keyword in fields}

    def _message(self, source: MessageSource) -> Message:
        whole, document = source.whole, self.document
        default = text(document.inventory.root.fields.get("defaultContentType"))
        return Message(
            name=source.name,
            place=whole.node.place,
            payload=self._payload(source),
            headers=self._headers(source),
            key=self._key(whole),
            content_type=whole.text("contentType") or default,
            title=whole.text("title"),
            summary=whole.text("summary"),
            description=whole.text("description"),
            tags=tuple(_tags(self.document, whole)),
            is_deprecated=_is_deprecated(whole),
            correlation=self._correlation(whole),
            key_location=location_in(whole, KEY),
            idempotency=location_in(whole, IDEMPOTENCY),
            examples=tuple(_examples(whole)),
            bindings=document.bindings.read(whole.parts.get("bindings")),
        )

    def _payload(self, message: MessageSource) -> Payload | None:
        source = message.payload
        if source is None:
            return None
        language = source.format.language or PayloadFormat.OTHER
        is_read = language is not PayloadFormat.OTHER
        return Payload(
            schema=self._schema(source) if is_read else True,
            place=source.part.place,
            format=language,
            source=None if language is PayloadFormat.JSON_SCHEMA else source.part.value,
            compiled=self.document.schemas.compiled.get(key_of(source.part.place)),
        )

    def _headers(self, message: MessageSource) -> Schema | None:
        source = message.headers
        if source is None or source.format.language is None:
            return None
        return self._schema(source)

    def _schema(self, source: SchemaSource) -> Schema:
        node = self.document.schema_of(source)
        return self.converter.schema(node.place, node.value)

    def _key(self, whole: Whole) -> Schema | None:
        part = message_key(self.document.inventory, whole.parts.get("bindings"))
        return None if part is None else self.converter.schema(part.place, part.value)

    def _correlation(self, whole: Whole) -> Location | None:
        part = whole.parts.get("correlationId")
        if part is None:
            return None
        place, value = resolved(self.document.inventory, part)
        return location_of(text(mapping(value).get("location")), place.child("location"))

    def _operation(self, source: OperationSource) -> EventOperation:
        whole, document = source.whole, self.document
        return EventOperation(
            id=source.id,
            direction=source.direction,
            channel="" if source.channel is None else source.channel.name,
            place=whole.node.place,
            messages=document.names(source.messages),
            reply=self._reply(whole.node),
            title=whole.text("title"),
            summary=whole.text("summary"),
            description=whole.text("description"),
            tags=tuple(_tags(document, whole)),
            is_deprecated=_is_deprecated(whole),
            security=requirements(
                document.inventory, whole.parts.get("security"), self.schemes, version=document.version
            ),
            bindings=document.bindings.read(whole.parts.get("bindings")),
        )

    def _reply(self, operation: Node) -> Reply | None:
        inventory = self.document.inventory
        node = inventory.child(operation, "reply")
        if node is None:
            return None
        channel = self.document.channel_of(node)
        address = inventory.child(node, "address")
        location = (
            None
            if address is None
            else location_of(text(address.fields.get("location")), address.place.child("location"))
        )
        return Reply(
            place=node.place,
            channel=None if channel is None else channel.name,
            address=location,
            messages=self.document.names(reply_messages(inventory, node, channel)),
        )


def _tags(document: AsyncDocument, whole: Whole) -> Iterator[str]:
    part = whole.parts.get("tags")
    if part is None:
        return
    for index, value in enumerate(items(part.value)):
        node = document.inventory.nodes.get(key_of(part.place.child(index)))
        fields = mapping(value) if node is None else document.inventory.resolve(node).fields
        yield text(fields.get("name"))


def _is_deprecated(whole: Whole) -> bool:
    return whole.value("deprecated") is True or whole.value("x-deprecated") is True


def _examples(whole: Whole) -> Iterator[MessageExample]:
    part = whole.parts.get("examples")
    if part is None:
        return
    for index, value in enumerate(items(part.value)):
        fields = mapping(value)
        headers = fields.get("headers")
        yield MessageExample(
            place=part.place.child(index),
            name=text(fields.get("name")),
            summary=text(fields.get("summary")),
            headers=MappingProxyType(headers) if isinstance(headers, dict) else None,
            payload=(fields["payload"],) if "payload" in fields else (),
        )
