"""A Swagger 2.0 document in the words of OpenAPI 3.0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from apictl.contract.schema import JsonValue
from apictl.findings import Finding, Place, error
from apictl.readers.access import Tree, items, mapping, text, texts
from apictl.readers.openapi.inventory import Inventory, Node
from apictl.readers.openapi.kinds import Kind
from apictl.readers.openapi.swagger.addresses import Addresses, component_names
from apictl.readers.openapi.swagger.bodies import MediaTypes, render_body, render_form, render_response
from apictl.readers.openapi.swagger.kinds import METHODS
from apictl.readers.openapi.swagger.parameters import is_of_body, render_parameter
from apictl.readers.openapi.swagger.schemas import render_schema
from apictl.readers.openapi.swagger.security import render_requirements, render_scheme
from apictl.source.library import Target
from apictl.source.references import address_of
from apictl.source.tree import PointerMissing, split_pointer, walk
from apictl.support.pointers import join_pointer

VERSION: Final = "3.0.3"
_KEPT: Final = ("info", "externalDocs", "tags")


@dataclass(frozen=True, slots=True)
class Rendition:
    """What is read instead of a document, and of the files it reaches.

    Attributes:
        tree: of the document.
        files: trees of the other files, by path.
        root: the document.
        written: by pointer in `tree`, where it is written.
    """

    tree: Tree
    files: Mapping[str, JsonValue]
    root: Place
    written: Mapping[str, Place]

    def resolve(self, base: Place, reference: object) -> Target | Finding:
        """Return what *reference*, the value of the `$ref` at *base*, leads to in one hop, or what is wrong with it."""
        address = address_of(base, reference)
        if isinstance(address, Finding):
            return address
        tree = self.tree if address.path == self.root.path else self.files.get(address.path)
        try:
            return Target(Place(address.path, join_pointer(address.tokens)), walk(tree, address.tokens))
        except PointerMissing as missing:
            # Every reference has been resolved as it is written; this one leads to what nothing in use holds.
            message = f"$ref leads to {missing.missing[:60]!r}, which nothing in use has"
            return error("reference-unresolved", base, message)


def render(inventory: Inventory) -> Rendition:
    """Return the document of *inventory*, whose structure and references are right."""
    rendering = _Rendering(inventory, Addresses(inventory))
    tree = rendering.document()
    files = rendering.files()
    rendering.addresses.settle()
    return Rendition(tree, files, inventory.root.place, rendering.addresses.written)


@dataclass(slots=True)
class _Rendering:
    inventory: Inventory
    addresses: Addresses
    names: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        fields = self.inventory.root.fields
        for section in ("definitions", "parameters", "responses", "securityDefinitions"):
            self.names[section] = component_names(mapping(fields.get(section)))

    def document(self) -> Tree:
        """Return the whole document."""
        root, fields = self.inventory.root.place, self.inventory.root.fields
        result: Tree = {"openapi": VERSION}
        self.addresses.move(root.child("openapi"), root.child("swagger"))
        result |= {key: value for key, value in fields.items() if key in _KEPT or key.startswith("x-")}
        servers = self._servers(root, fields)
        if servers:
            result["servers"] = servers
        if "security" in fields:
            result["security"] = render_requirements(fields["security"], self.names["securityDefinitions"])
        result["components"] = self._components(root.child("components"))
        result["paths"] = {
            path: item if path.startswith("x-") else self._path_item(root.child("paths", path))
            for path, item in mapping(fields.get("paths")).items()
        }
        for node in self.inventory.roots:
            if node.kind is Kind.SCHEMA and node.place.path == root.path:
                _put(result, node.place, render_schema(self.addresses, node.place, node.place, node.value))
        return result

    def files(self) -> dict[str, JsonValue]:
        """Return the other files, with their schemas rendered where they stand; the rest is where it is used."""
        trees: dict[str, JsonValue] = {}
        schemas = [
            node
            for node in self.inventory.roots
            if node.kind is Kind.SCHEMA and node.place.path != self.inventory.root.place.path
        ]
        for node in sorted(schemas, key=lambda node: len(node.place.pointer)):
            rendered = render_schema(self.addresses, node.place, node.place, node.value)
            if not node.place.pointer:
                trees[node.place.path] = rendered
                continue
            tree = trees.setdefault(node.place.path, {})
            _put(mapping(tree), node.place, rendered)
        return trees

    def _servers(self, to: Place, fields: Tree) -> list[JsonValue]:
        base = text(fields.get("basePath"))
        host = text(fields.get("host"))
        if not host and base in {"", "/"}:
            return []
        spot = self.inventory.root.place.child("basePath" if base.endswith("/") or not host else "host")
        schemes = self._schemes(fields) if host else [""]
        for index in range(len(schemes)):
            self.addresses.move(to.child("servers", index, "url"), spot)
            self.addresses.move(to.child("servers", index), spot)
        self.addresses.move(to.child("servers"), spot)
        base = "" if base == "/" else base
        return [{"url": f"{scheme}://{host}{base}" if scheme else f"{host and '//'}{host}{base}"} for scheme in schemes]

    def _schemes(self, fields: Tree) -> list[str]:
        # Without any it is that of the document's own address (Swagger 2.0, Swagger Object).
        return texts(fields.get("schemes")) or [""]

    def _components(self, to: Place) -> Tree:
        root = self.inventory.root
        self.addresses.move(to.child("schemas"), root.place.child("definitions"))
        result: dict[str, Tree] = {"schemas": {}, "parameters": {}, "requestBodies": {}, "responses": {}}
        for name, value in mapping(root.fields.get("definitions")).items():
            there = to.child("schemas", self.names["definitions"][name])
            at = root.place.child("definitions", name)
            result["schemas"][self.names["definitions"][name]] = render_schema(self.addresses, there, at, value)
        media_types = MediaTypes.of(root.fields)
        for name in mapping(root.fields.get("parameters")):
            node = self.inventory.child(root, "parameters", name)
            if node is not None and node.kind is Kind.PARAMETER and not is_of_body(node):
                word = self.names["parameters"][name]
                result["parameters"][word] = render_parameter(self.addresses, to.child("parameters", word), node)
            elif node is not None and node.fields.get("in") == "body":
                word = self.names["parameters"][name]
                there = to.child("requestBodies", word)
                result["requestBodies"][word] = render_body(self.addresses, there, node, media_types)
        for name in mapping(root.fields.get("responses")):
            node = self.inventory.child(root, "responses", name)
            if node is not None and node.kind is Kind.RESPONSE:
                word = self.names["responses"][name]
                there = to.child("responses", word)
                result["responses"][word] = render_response(self.addresses, there, node, media_types)
        schemes = self._security_schemes(to.child("securitySchemes"))
        return {section: members for section, members in (*result.items(), ("securitySchemes", schemes)) if members}

    def _security_schemes(self, to: Place) -> Tree:
        root, names = self.inventory.root, self.names["securityDefinitions"]
        self.addresses.move(to, root.place.child("securityDefinitions"))
        return {
            names[name]: render_scheme(
                self.addresses,
                to.child(names[name]),
                root.place.child("securityDefinitions", name),
                mapping(value),
            )
            for name, value in mapping(root.fields.get("securityDefinitions")).items()
        }

    def _path_item(self, to: Place) -> JsonValue:
        holder = self.inventory.nodes[to.path, to.pointer]
        item = self.inventory.resolve(holder)
        if item is not holder and self.addresses.is_member(item, "paths"):
            reference: Tree = {**holder.fields}
            self.addresses.refer(reference, to, item.place)
            return reference
        if item is not holder:
            self.addresses.move(to, item.place)
        shared = self._parameters(item)
        beside = {key: value for key, value in holder.fields.items() if key.startswith("x-")}
        result: Tree = {key: value for key, value in item.fields.items() if key.startswith("x-")} | beside
        plain = [index for index, node in shared if not is_of_body(node)]
        if plain:
            result["parameters"] = self._plain_parameters(to, item, plain)
        for method in item.fields:
            operation = self.inventory.child(item, method) if method in METHODS else None
            if operation is not None:
                above = [node for _, node in shared if is_of_body(node)]
                result[method] = self._operation(to.child(method), operation, above)
        return result

    def _operation(self, to: Place, operation: Node, above: list[Node]) -> Tree:
        fields, root = operation.fields, self.inventory.root.fields
        left_out = {"consumes", "parameters", "produces", "responses", "schemes"}
        result: Tree = {key: value for key, value in fields.items() if key not in left_out}
        if "security" in fields:
            result["security"] = render_requirements(fields["security"], self.names["securityDefinitions"])
        if "schemes" in fields and fields["schemes"] != root.get("schemes") and root.get("host"):
            result["servers"] = self._servers(to, root | {"schemes": fields["schemes"]})
        media_types = MediaTypes.of(fields, root)
        own = self._parameters(operation)
        plain = [index for index, node in own if not is_of_body(node)]
        if plain:
            result["parameters"] = self._plain_parameters(to, operation, plain)
        body = self._request_body(to.child("requestBody"), above, operation, media_types)
        if body is not None:
            result["requestBody"] = body
        result["responses"] = self._responses(to.child("responses"), operation, media_types)
        return result

    def _parameters(self, holder: Node) -> list[tuple[int, Node]]:
        found = (
            (index, self.inventory.child(holder, "parameters", index))
            for index in range(len(items(holder.fields.get("parameters"))))
        )
        return [(index, node) for index, node in found if node is not None and node.kind is Kind.PARAMETER]

    def _plain_parameters(self, to: Place, holder: Node, indices: list[int]) -> list[JsonValue]:
        result: list[JsonValue] = []
        for index in indices:
            there = to.child("parameters", len(result))
            found = self.addresses.resolved(holder, "parameters", index)
            if found is None:
                continue
            node, is_referred = found
            if is_referred and self.addresses.is_member(node, "parameters"):
                self.addresses.move(there, holder.place.child("parameters", index))
                reference: Tree = {}
                self.addresses.refer(reference, there, node.place)
                result.append(reference)
            else:
                result.append(render_parameter(self.addresses, there, node))
        return result

    def _request_body(self, to: Place, above: list[Node], operation: Node, media_types: MediaTypes) -> Tree | None:
        own = [node for _, node in self._parameters(operation) if is_of_body(node)]
        merged = {(text(node.fields.get("in")), text(node.fields.get("name"))): node for node in (*above, *own)}
        bodies = [node for node in (own or above) if node.fields.get("in") == "body"]
        if bodies:
            body = bodies[0]
            is_usual = media_types.consumed == MediaTypes.of(self.inventory.root.fields).consumed
            if is_usual and self.addresses.is_member(body, "parameters"):
                self.addresses.move(to, body.place)
                reference: Tree = {}
                self.addresses.refer(reference, to, body.place)
                return reference
            return render_body(self.addresses, to, body, media_types)
        fields = [node for (location, _), node in merged.items() if location == "formData"]
        return render_form(self.addresses, to, fields, media_types) if fields else None

    def _responses(self, to: Place, operation: Node, media_types: MediaTypes) -> Tree:
        result: Tree = {}
        usual = MediaTypes.of(self.inventory.root.fields).produced
        for status, value in mapping(operation.fields.get("responses")).items():
            found = self.addresses.resolved(operation, "responses", status)
            if found is None:
                result[status] = value  # an extension
                continue
            node, is_referred = found
            there = to.child(status)
            if is_referred and media_types.produced == usual and self.addresses.is_member(node, "responses"):
                reference: Tree = {}
                self.addresses.refer(reference, there, node.place)
                result[status] = reference
            else:
                result[status] = render_response(self.addresses, there, node, media_types)
        return result


def _put(tree: Tree, place: Place, value: JsonValue) -> None:
    """Put *value* into *tree* at *place*, which is not its root; what leads there is a mapping or made one."""
    *above, last = split_pointer(place.pointer)
    for token in above:
        below = tree.get(token)
        tree[token] = below = dict(below) if isinstance(below, dict) else {}
        tree = below
    tree[last] = value
