"""What a Swagger 2.0 document must hold beyond its structure to be said in the words of OpenAPI 3."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from apictl.contract.schema import JsonValue
from apictl.findings import Finding, Place, Related, error, warning
from apictl.readers.access import items, mapping, text
from apictl.readers.openapi.bodies import FORM
from apictl.readers.openapi.inventory import Inventory, Node
from apictl.readers.openapi.kinds import Kind
from apictl.readers.openapi.rules.paths import path_item_reference_siblings
from apictl.readers.openapi.swagger.bodies import MULTIPART, MediaTypes, forms_in, has_file
from apictl.readers.openapi.swagger.kinds import METHODS
from apictl.readers.openapi.swagger.parameters import collection_format, is_of_body, style_of

_LONGEST: Final = 60


def semantic_findings(inventory: Inventory) -> Iterator[Finding]:
    """Yield what all rules say about a document whose structure and references are right."""
    yield from path_item_reference_siblings(inventory)
    for node in inventory.of(Kind.PARAMETER):
        if node.fields.get("in") != "body":
            yield from _collection_formats(node, text(node.fields.get("in")))
    for node in inventory.of(Kind.HEADER):
        yield from _collection_formats(node, "header")
    for node in inventory.of(Kind.SCHEMA):
        yield from _listed(node)
    for holder in inventory.of(Kind.PATH_ITEM):
        for method in holder.fields:
            operation = inventory.child(holder, method) if method in METHODS else None
            if operation is not None:
                yield from _bodies(inventory, holder, operation)


def _collection_formats(node: Node, location: str) -> Iterator[Finding]:
    """Values in an array are parted in one of the ways that OpenAPI 3 has, too (Swagger 2.0, Parameter Object)."""
    written = collection_format(node.fields)
    if written and style_of(location, written) is None:
        known = ["csv", "multi", "pipes", "ssv"] if location in {"query", "formData"} else ["csv"]
        message = f"values parted as {written!r} in a {location} parameter can't be represented"
        place = node.place.child("collectionFormat")
        yield error("collection-format-unsupported", place, message, hint=f"use {' or '.join(map(repr, known))}")
    within = mapping(node.fields.get("items"))
    if written and within.get("type") == "array":
        message = "an array within an array has no form on the wire that can be represented"
        place = node.place.child("items")
        yield error("collection-format-unsupported", place, message, hint="send it in a body")


def _listed(node: Node) -> Iterator[Finding]:
    """`items` is one schema (Swagger 2.0, Schema Object); in drafts of JSON Schema it may be one a position."""
    if isinstance(node.fields.get("items"), list):
        message = "'items' is a list of schemas, as in JSON Schema"
        hint = "read as a schema a position; write one schema for all"
        yield warning("keyword-ill-formed", node.place.child("items"), message, hint=hint)


def _bodies(inventory: Inventory, holder: Node, operation: Node) -> Iterator[Finding]:
    """A request has one body, or the fields of one form (Swagger 2.0, Parameter Object)."""
    own, above = _of_body(inventory, operation), _of_body(inventory, holder)
    named = {text(node.fields.get("name")) for node, _ in own}
    merged = [*own, *((node, place) for node, place in above if text(node.fields.get("name")) not in named)]
    bodies = [(node, place) for node, place in merged if node.fields.get("in") == "body"]
    fields = [(node, place) for node, place in merged if node.fields.get("in") == "formData"]
    others = bodies[1:] + fields if bodies else []
    if others:
        what = "a second body" if len(bodies) > 1 else "a field of a form beside a body"
        related = (Related("the body", bodies[0][1]),)
        yield error("request-body-ambiguous", others[0][1], f"the request has {what}", related=related)
    elif fields:
        yield from _form_types(inventory, operation, [node for node, _ in fields])


def _form_types(inventory: Inventory, operation: Node, fields: list[Node]) -> Iterator[Finding]:
    """A form is sent in a media type of forms (Swagger 2.0, Parameter Object)."""
    root = inventory.root
    if forms_in(MediaTypes.of(operation.fields, root.fields)):
        return
    taken = MULTIPART if has_file(fields) else FORM
    lister = next((node for node in (operation, root) if "consumes" in node.fields), None)
    place = operation.place.key() if lister is None else lister.place.child("consumes")
    listed = _shown(None if lister is None else lister.fields["consumes"])
    message = f"a request with fields of a form consumes {listed}"
    if lister is root:
        place = operation.place.key()
    yield warning("form-media-type-missing", place, message, hint=f"read as {taken}; list it under 'consumes'")


def _of_body(inventory: Inventory, holder: Node) -> list[tuple[Node, Place]]:
    found = [
        (inventory.child(holder, "parameters", index), holder.place.child("parameters", index))
        for index in range(len(items(holder.fields.get("parameters"))))
    ]
    return [(node, place) for node, place in found if node is not None and is_of_body(node)]


def _shown(listed: JsonValue) -> str:
    names = ", ".join(repr(name) for name in items(listed))
    return names[:_LONGEST] if names else "nothing that is listed"
