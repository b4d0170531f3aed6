"""All rules of meaning, in the order of their findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from apictl.findings import Finding, error
from apictl.readers.openapi.completion import completion_findings
from apictl.readers.openapi.inventory import Inventory
from apictl.readers.openapi.metaschemas import Version
from apictl.readers.openapi.pagination import pagination_malformed
from apictl.readers.openapi.routes import Route
from apictl.readers.openapi.rules import document, paths, querystring
from apictl.readers.openapi.rules.path_parameters import path_parameters
from apictl.readers.schemas import rules as schemas
from apictl.readers.schemas.graph import SchemaGraph

DOCUMENT_RULES: Final[tuple[Callable[[Inventory], Iterator[Finding]], ...]] = (
    document.component_name,
    document.security_scheme_undefined,
    document.server_variable_undeclared,
    document.server_variable_default,
    document.tag_duplicate,
    document.tag_parent,
    document.link_operation_unknown,
    paths.path_template_malformed,
    paths.path_fragment,
    paths.path_query_parameter,
    paths.parameter_duplicate,
    paths.header_parameter_ignored,
    paths.path_item_reference_siblings,
    pagination_malformed,
    querystring.querystring_encoding,
)
ROUTE_RULES: Final[tuple[Callable[[Inventory, Sequence[Route]], Iterator[Finding]], ...]] = (
    paths.path_duplicate,
    completion_findings,
    path_parameters,
    paths.operation_id_duplicate,
    querystring.querystring_shared,
)
SCHEMA_RULES: Final[tuple[Callable[[SchemaGraph], Iterator[Finding]], ...]] = (
    schemas.schema_cycle,
    schemas.composition_empty,
    schemas.enum_empty,
    schemas.keyword_unsupported,
    schemas.pattern_uncompilable,
    schemas.reference_siblings_ignored,
    schemas.nullable_ignored,
    schemas.array_items_missing,
    schemas.required_undeclared,
    schemas.discriminator_property_undeclared,
)


def semantic_findings(
    inventory: Inventory, graph: SchemaGraph, routes: Sequence[Route], version: Version
) -> Iterator[Finding]:
    """Yield what all rules say about a document whose structure is right."""
    if version in {Version.V31, Version.V32}:
        yield from _dialect_unsupported(inventory)
    for document_rule in DOCUMENT_RULES:
        yield from document_rule(inventory)
    for route_rule in ROUTE_RULES:
        yield from route_rule(inventory, routes)
    for schema_rule in SCHEMA_RULES:
        if version is not Version.V20 or schema_rule is not schemas.nullable_ignored:  # which are no words of its own
            yield from schema_rule(graph)


def _dialect_unsupported(inventory: Inventory) -> Iterator[Finding]:
    dialect = inventory.root.fields.get("jsonSchemaDialect")
    if isinstance(dialect, str) and dialect.rstrip("#") not in schemas.DIALECTS_READ:
        place = inventory.root.place.child("jsonSchemaDialect")
        yield error("schema-dialect-unsupported", place, f"dialect {dialect[:80]!r} is not supported")
