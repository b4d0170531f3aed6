"""What the rest of a document must hold: security, servers, tags, names of components, references."""

from __future__ import annotations

from collections.abc import Iterator

from apictl.contract.schema import JsonValue
from apictl.findings import Finding, Place, error, warning
from apictl.readers.access import items, mapping, text, texts
from apictl.readers.components import component_name_findings
from apictl.readers.likeness import did_you_mean
from apictl.readers.openapi.inventory import Inventory
from apictl.readers.openapi.kinds import SECTIONS_32, Kind
from apictl.readers.openapi.security import declared_schemes
from apictl.readers.security import LOCAL_SCHEME, declared_scopes
from apictl.readers.templates import TEMPLATE


def security_scheme_undefined(inventory: Inventory) -> Iterator[Finding]:
    """A requirement names a declared scheme, and scopes of it (OpenAPI 3.1, Security Requirement Object)."""
    schemes = dict(declared_schemes(inventory))
    takes_uris = text(inventory.root.fields.get("openapi")).startswith("3.2.")
    for place, value in _requirements(inventory):
        for index, alternative in enumerate(items(value)):
            for name, scopes in mapping(alternative).items():
                spot = place.child(index, name)
                name = name.removeprefix(LOCAL_SCHEME) if takes_uris else name  # noqa: PLW2901 - it is what is named
                if name not in schemes:
                    message = f"security scheme {name[:60]!r} is not declared"
                    yield error("security-scheme-undefined", spot.key(), message, hint=did_you_mean(name, schemes))
                elif schemes[name].fields.get("type") == "oauth2":
                    known = declared_scopes(schemes[name].fields)
                    for scope in sorted(set(texts(scopes)) - known):
                        message = f"scope {scope[:60]!r} is not declared by {name[:60]!r}"
                        yield warning("security-scope-undeclared", spot, message, hint=did_you_mean(scope, known))


def server_variable_undeclared(inventory: Inventory) -> Iterator[Finding]:
    """Each variable of a url is declared (OpenAPI 3.1, Server Object)."""
    for node in inventory.of(Kind.SERVER):
        variables = mapping(node.fields.get("variables"))
        for name in dict.fromkeys(TEMPLATE.findall(text(node.fields.get("url")))):
            if name not in variables:
                message = f"variable {name[:60]!r} is not declared"
                hint = did_you_mean(name, variables)
                yield error("server-variable-undeclared", node.place.child("url"), message, hint=hint)


def server_variable_default(inventory: Inventory) -> Iterator[Finding]:
    """A variable's enum is not empty and has its default (OpenAPI 3.1, Server Variable Object)."""
    for node in inventory.of(Kind.SERVER):
        for name, value in mapping(node.fields.get("variables")).items():
            variable = mapping(value)
            values = variable.get("enum")
            if isinstance(values, list) and variable.get("default") not in values:
                place = node.place.child("variables", name, "default")
                yield error("server-variable-default", place, f"default of {name[:60]!r} is not in its enum")


def tag_duplicate(inventory: Inventory) -> Iterator[Finding]:
    """A tag is declared once (OpenAPI 3.1, OpenAPI Object)."""
    seen: set[str] = set()
    for node in inventory.of(Kind.TAG):
        name = text(node.fields.get("name"))
        if name in seen:
            yield error("tag-duplicate", node.place.child("name"), f"tag {name[:60]!r} is declared twice")
        seen.add(name)


def tag_parent(inventory: Inventory) -> Iterator[Finding]:
    """The parent of a tag is a declared one, and none of those below it (OpenAPI 3.2, Tag Object)."""
    nodes = {text(node.fields.get("name")): node for node in inventory.of(Kind.TAG)}
    parents = {name: text(node.fields["parent"]) for name, node in nodes.items() if "parent" in node.fields}
    done: set[str] = set()
    for name, parent in parents.items():
        place = nodes[name].place.child("parent")
        if parent not in nodes:
            hint = did_you_mean(parent, nodes)
            yield error("tag-parent-undeclared", place, f"tag {parent[:60]!r} is not declared", hint=hint)
        trail: dict[str, None] = {}
        while name in parents and name not in done and name not in trail:
            trail[name] = None
            name = parents[name]  # noqa: PLW2901 - upwards
        if name in trail:
            yield error("tag-parent-cycle", nodes[name].place.child("parent"), f"tag {name[:60]!r} is below itself")
        done.update(trail)


def component_name(inventory: Inventory) -> Iterator[Finding]:
    """A component's name has letters, digits, dots, hyphens and underscores (OpenAPI 3.1, Components Object)."""
    components = mapping(inventory.root.fields.get("components"))
    yield from component_name_findings(inventory.root.place.child("components"), components, SECTIONS_32)


def link_operation_unknown(inventory: Inventory) -> Iterator[Finding]:
    """A link's operationId is that of an operation (OpenAPI 3.1, Link Object)."""
    known = {text(node.fields.get("operationId")) for node in inventory.of(Kind.OPERATION)}
    for node in inventory.of(Kind.LINK):
        name = text(node.fields.get("operationId"))
        if name and name not in known:
            message = f"no operation is named {name[:60]!r}"
            place = node.place.child("operationId")
            yield warning("link-operation-unknown", place, message, hint=did_you_mean(name, known))


def _requirements(inventory: Inventory) -> Iterator[tuple[Place, JsonValue]]:
    yield inventory.root.place.child("security"), inventory.root.fields.get("security")
    for node in inventory.of(Kind.OPERATION):
        yield node.place.child("security"), node.fields.get("security")
