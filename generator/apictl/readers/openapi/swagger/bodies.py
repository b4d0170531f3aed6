"""Bodies of Swagger 2.0: a parameter, or fields of a form, or a response, in the media types of the operation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from apictl.contract.schema import JsonValue
from apictl.findings import Place
from apictl.readers.access import Tree, mapping, text, texts
from apictl.readers.openapi.bodies import FORM, essence_of
from apictl.readers.openapi.inventory import Node
from apictl.readers.openapi.swagger.addresses import Addresses
from apictl.readers.openapi.swagger.parameters import form_encoding, form_schema, render_header
from apictl.readers.openapi.swagger.schemas import render_schema

JSON: Final = "application/json"
BYTES: Final = "application/octet-stream"
MULTIPART: Final = "multipart/form-data"
_FORMS: Final = frozenset({FORM, MULTIPART})


@dataclass(frozen=True, slots=True)
class MediaTypes:
    """What an operation takes and gives.

    Attributes:
        consumed: as listed; empty when nothing is.
        produced: as listed; empty when nothing is.
    """

    consumed: tuple[str, ...]
    produced: tuple[str, ...]

    @classmethod
    def of(cls, *holders: Tree) -> MediaTypes:
        """Return what the first of *holders* lists that lists anything, be it nothing."""
        listed = [
            next((tuple(texts(holder[field])) for holder in holders if field in holder), ())
            for field in ("consumes", "produces")
        ]
        return cls(*listed)


def forms_in(media_types: MediaTypes) -> tuple[str, ...]:
    """Return those of the *media_types* consumed in which a form can be sent."""
    return tuple(name for name in media_types.consumed if essence_of(name) in _FORMS)


def has_file(nodes: list[Node]) -> bool:
    """Whether one of the fields *nodes* is a file."""
    return any(node.fields.get("type") == "file" for node in nodes)


def render_body(addresses: Addresses, to: Place, node: Node, media_types: MediaTypes) -> Tree:
    """Return the body parameter *node* as a request body, to stand at *to*."""
    addresses.move(to, node.place)
    content: Tree = {}
    for name in dict.fromkeys(media_types.consumed or (JSON,)):
        there = to.child("content", name, "schema")
        schema = render_schema(addresses, there, node.place.child("schema"), node.fields.get("schema"))
        content[name] = {"schema": schema}
    result: Tree = {key: value for key, value in node.fields.items() if key == "description" or key.startswith("x-")}
    return result | {"content": content, "required": node.fields.get("required") is True}


def render_form(addresses: Addresses, to: Place, nodes: list[Node], media_types: MediaTypes) -> Tree:
    """Return the fields *nodes* as a request body, to stand at *to*."""
    addresses.move(to, nodes[0].place)
    encoding = form_encoding(nodes)
    content: Tree = {}
    for name in _form_types(nodes, media_types):
        there = to.child("content", name)
        addresses.move(there.child("encoding"), nodes[0].place)
        media: Tree = {"schema": form_schema(addresses, there.child("schema"), nodes)}
        content[name] = media | {"encoding": encoding} if encoding and essence_of(name) in _FORMS else media
    return {"content": content, "required": any(node.fields.get("required") is True for node in nodes)}


def render_response(addresses: Addresses, to: Place, node: Node, media_types: MediaTypes) -> Tree:
    """Return the response *node*, to stand at *to*."""
    addresses.move(to, node.place)
    fields = node.fields
    result: Tree = {key: value for key, value in fields.items() if key == "description" or key.startswith("x-")}
    headers: Tree = {}
    for name in mapping(fields.get("headers")):
        header = addresses.inventory.child(node, "headers", name)
        if header is not None:
            headers[name] = render_header(addresses, to.child("headers", name), header)
    content: Tree = {}
    for name in _answered(fields, media_types):
        there = to.child("content", name)
        media: Tree = {"schema": _answer(addresses, there.child("schema"), node, name)}
        examples = mapping(fields.get("examples"))
        if name in examples:
            addresses.move(there.child("example"), node.place.child("examples", name))
            media["example"] = examples[name]
        content[name] = media
    result |= {"headers": headers} if headers else {}
    return result | {"content": content} if content else result


def _answered(fields: Tree, media_types: MediaTypes) -> tuple[str, ...]:
    if "schema" not in fields:
        return ()
    usual = BYTES if mapping(fields["schema"]).get("type") == "file" else JSON
    return tuple(dict.fromkeys(media_types.produced)) or (usual,)


def _answer(addresses: Addresses, to: Place, node: Node, media_type: str) -> JsonValue:
    schema = mapping(node.fields.get("schema"))
    essence = essence_of(media_type)
    if schema.get("type") == "file" and (essence == JSON or essence.endswith("+json")):
        addresses.move(to, node.place.child("schema"))
        return {key: value for key, value in schema.items() if key not in {"type", "format"}}  # a file of any JSON
    return render_schema(addresses, to, node.place.child("schema"), node.fields.get("schema"))


def _form_types(nodes: list[Node], media_types: MediaTypes) -> tuple[str, ...]:
    """The media types of a form; what else is listed beside one of forms holds the same fields."""
    forms = forms_in(media_types)
    if not forms:
        return (MULTIPART,) if has_file(nodes) else (FORM,)
    return tuple(dict.fromkeys(forms if has_file(nodes) else media_types.consumed))


def named(node: Node) -> str:
    """Return the name of the parameter *node*."""
    return text(node.fields.get("name"))
