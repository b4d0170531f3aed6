"""All rules of meaning, in the order of their findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from apictl.findings import Finding
from apictl.readers.asyncapi.document import AsyncDocument
from apictl.readers.asyncapi.rules.address_parameters import address_parameters
from apictl.readers.asyncapi.rules.binding_unknown import binding_unknown
from apictl.readers.asyncapi.rules.channel_undeclared import channel_undeclared
from apictl.readers.asyncapi.rules.component_name import component_name
from apictl.readers.asyncapi.rules.ids_unique import message_id_duplicate, operation_id_duplicate
from apictl.readers.asyncapi.rules.locations import location_malformed, location_unresolved
from apictl.readers.asyncapi.rules.messages_ambiguous import messages_ambiguous
from apictl.readers.asyncapi.rules.operation_message_foreign import operation_message_foreign
from apictl.readers.asyncapi.rules.operation_without_messages import operation_without_messages
from apictl.readers.asyncapi.rules.payload_opaque import payload_opaque
from apictl.readers.asyncapi.rules.perspective_doubtful import perspective_doubtful
from apictl.readers.asyncapi.rules.reply_incomplete import reply_incomplete
from apictl.readers.asyncapi.rules.schema_format_misplaced import schema_format_misplaced
from apictl.readers.asyncapi.rules.security_scheme_undefined import security_scheme_undefined
from apictl.readers.asyncapi.rules.server_undeclared import server_undeclared
from apictl.readers.asyncapi.rules.server_variables import server_variables
from apictl.readers.schemas import rules as schemas
from apictl.readers.schemas.graph import SchemaGraph

DOCUMENT_RULES: Final[tuple[Callable[[AsyncDocument], Iterator[Finding]], ...]] = (
    component_name,
    channel_undeclared,
    operation_message_foreign,
    operation_without_messages,
    address_parameters,
    server_undeclared,
    server_variables,
    operation_id_duplicate,
    message_id_duplicate,
    reply_incomplete,
    security_scheme_undefined,
    location_malformed,
    location_unresolved,
    messages_ambiguous,
    binding_unknown,
    payload_opaque,
    schema_format_misplaced,
    perspective_doubtful,
)
SCHEMA_RULES: Final[tuple[Callable[[SchemaGraph], Iterator[Finding]], ...]] = (
    schemas.schema_cycle,
    schemas.composition_empty,
    schemas.enum_empty,
    schemas.keyword_unsupported,
    schemas.pattern_uncompilable,
    schemas.reference_siblings_ignored,
    schemas.nullable_ignored,
    schemas.required_undeclared,
    schemas.discriminator_property_undeclared,
)


def semantic_findings(document: AsyncDocument) -> Iterator[Finding]:
    """Yield what all rules say about a document whose structure is right."""
    for rule in DOCUMENT_RULES:
        yield from rule(document)
    for schema_rule in SCHEMA_RULES:
        yield from schema_rule(document.schemas.graph)
