"""Views: what is readOnly leaves requests, what is writeOnly leaves responses, through everything they contain."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from apictl.contract.definition import Definition, View
from apictl.contract.schema import JsonValue, Schema, definition_reference, reference_name
from apictl.findings import Finding, info
from apictl.readers.access import Tree, items, mapping, texts
from apictl.readers.schemas.keywords import IN_PLACE_LISTED, IN_PLACE_SINGLE, LISTED, NAMED, subschemas
from apictl.readers.schemas.names import short_hash
from apictl.readers.schemas.outline import Outline, outline_of

FORBIDDEN: Final = {View.REQUEST: "readOnly", View.RESPONSE: "writeOnly"}
"""The annotation whose properties a view leaves out (OpenAPI 3.1, Schema Object)."""


@dataclass(frozen=True, slots=True)
class Views:
    """The definitions of both directions, and how each direction names them.

    Attributes:
        definitions: in order of first appearance, a request's view after its origin.
        findings: about names that met.
        request: turns a schema of a request into its view.
        response: turns a schema of a response into its view.
    """

    definitions: tuple[Definition, ...]
    findings: tuple[Finding, ...]
    request: _Direction
    response: _Direction


def split_views(definitions: Mapping[str, Definition], sent: Iterable[Schema], received: Iterable[Schema]) -> Views:
    """Return the views of *definitions* that requests' schemas *sent* and responses' schemas *received* need."""
    outlines = {name: outline_of(definition.schema) for name, definition in definitions.items()}
    request = _Direction(definitions, outlines, View.REQUEST)
    response = _Direction(definitions, outlines, View.RESPONSE)
    if not (request.differing or response.differing):
        return Views(tuple(definitions.values()), (), request, response)
    used_in_requests, used_in_responses = request.reachable(sent), response.reachable(received)
    findings: list[Finding] = []
    result: list[Definition] = []
    split = used_in_requests & used_in_responses & (request.differing | response.differing)
    request.rename(
        {name: _input_name(definitions[name], definitions, findings) for name in definitions if name in split}
    )
    for name, definition in definitions.items():
        if name in request.names:
            result += [response.view(definition), request.view(definition)]
        elif name in used_in_requests and name in request.differing:
            result.append(request.view(definition))
        elif name in used_in_responses and name in response.differing:
            result.append(response.view(definition))
        else:
            result.append(definition)
    return Views(tuple(result), tuple(findings), request, response)


def _input_name(definition: Definition, definitions: Mapping[str, Definition], findings: list[Finding]) -> str:
    name = f"{definition.name}Input"
    if name not in definitions:
        return name
    apart = name + short_hash(definition.place.pointer)
    message = f"name {name!r} is wanted twice, the request view is {apart!r}"
    findings.append(info("name-clash", definition.place, message))
    return apart


@dataclass(slots=True)
class _Direction:
    """One direction's view of schemas."""

    definitions: Mapping[str, Definition]
    outlines: Mapping[str, Outline]
    side: View
    names: dict[str, str] = field(default_factory=dict)
    differing: frozenset[str] = field(init=False)
    _annotation: str = field(init=False)
    _hiding: frozenset[str] = field(init=False)  # definitions whose users are left out, because of what they say
    _used: dict[str, frozenset[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._annotation = FORBIDDEN[self.side]
        is_said = any(self._annotation in outline.marks for outline in self.outlines.values())
        hiding = (name for name, definition in self.definitions.items() if self._is_forbidden(_tree(definition.schema)))
        self._hiding = frozenset(hiding if is_said else ())
        self.differing = frozenset(self._differing())

    def __call__(self, schema: Schema) -> Schema:
        """Return this direction's view of *schema*."""
        if isinstance(schema, bool) or not self._differs(schema):
            return schema
        return self._pruned(dict(schema), frozenset())

    def view(self, definition: Definition) -> Definition:
        """Return this direction's definition of the same thing."""
        name = self.names.get(definition.name, definition.name)
        return dataclasses.replace(definition, name=name, schema=self(definition.schema), view=self.side)

    def reachable(self, schemas: Iterable[Schema]) -> set[str]:
        """Return the names that *schemas* lead to, without passing what this direction leaves out."""
        found: set[str] = set()
        pending = [name for schema in schemas for name in self._names_used_in(schema, outline_of(schema))]
        while pending:
            name = pending.pop()
            if name in found or name not in self.definitions:
                continue
            found.add(name)
            pending.extend(self._names_used_by(name))
        return found

    def _names_used_by(self, name: str) -> frozenset[str]:
        if name not in self._used:
            self._used[name] = self._names_used_in(self.definitions[name].schema, self.outlines[name])
        return self._used[name]

    def _names_used_in(self, schema: Schema, outline: Outline) -> frozenset[str]:
        return frozenset(self._names_in(schema)) if self._may_forbid(outline) else outline.names

    def _may_forbid(self, outline: Outline) -> bool:
        """Whether a property of such a schema may be left out; none is where nothing says so."""
        return self._annotation in outline.marks or not self._hiding.isdisjoint(outline.names)

    def _names_in(self, schema: JsonValue | Schema) -> Iterator[str]:
        for node in _nodes(schema):
            name = reference_name(node)
            if name is not None:
                yield name
            for value in mapping(node.get("properties")).values():
                if not self._is_forbidden(value):
                    yield from self._names_in(value)

    def rename(self, names: Mapping[str, str]) -> None:
        """Let this direction call definitions by *names*: who uses them differs then, too."""
        self.names = dict(names)
        self.differing |= self._users(set(names))

    def _differing(self) -> set[str]:
        direct = {
            name
            for name, definition in self.definitions.items()
            if self._may_forbid(self.outlines[name]) and self._has_forbidden(definition.schema)
        }
        return self._users(direct)

    def _users(self, names: set[str]) -> set[str]:
        """*names* and every definition that leads to one of them."""
        users: dict[str, set[str]] = {}
        for name in self.definitions:
            for used in self._names_used_by(name):
                users.setdefault(used, set()).add(name)
        pending, found = list(names), set(names)
        while pending:
            for user in users.get(pending.pop(), set()) - found:
                found.add(user)
                pending.append(user)
        return found

    def _has_forbidden(self, schema: Schema) -> bool:
        return any(
            self._is_forbidden(value)
            for node in _all_nodes(schema)
            for value in mapping(node.get("properties")).values()
        )

    def _differs(self, schema: Schema) -> bool:
        outline = outline_of(schema)
        if not self.differing.isdisjoint(outline.names):
            return True
        return self._may_forbid(outline) and self._has_forbidden(schema)

    def _is_forbidden(self, schema: JsonValue) -> bool:
        """Whether a property's schema, or one it is made of, has this direction's annotation."""
        annotation = self._annotation
        outermost = mapping(schema)
        if "$ref" not in outermost and "allOf" not in outermost:
            return outermost.get(annotation) is True
        stack, seen = [schema], set[str]()
        while stack:
            node = mapping(stack.pop())
            if node.get(annotation) is True:
                return True
            name = reference_name(node)
            if name is not None and name not in seen and name in self.definitions:
                seen.add(name)
                stack.append(_tree(self.definitions[name].schema))
            stack.extend(items(node.get("allOf")))
        return False

    def _forbidden_names(self, schema: Tree) -> frozenset[str]:
        """The properties that any part of an object's schema leaves out."""
        found: set[str] = set()
        stack: list[JsonValue] = [schema]
        seen: set[str] = set()
        while stack:
            node = mapping(stack.pop())
            found.update(key for key, value in mapping(node.get("properties")).items() if self._is_forbidden(value))
            name = reference_name(node)
            if name is not None and name not in seen and name in self.definitions:
                seen.add(name)
                stack.append(_tree(self.definitions[name].schema))
            for keyword in IN_PLACE_LISTED:
                stack.extend(items(node.get(keyword)))
            stack.extend(node[keyword] for keyword in IN_PLACE_SINGLE - {"not"} if keyword in node)
        return frozenset(found)

    def _pruned(self, node: Tree, outer: frozenset[str]) -> Tree:
        """*node* without what is left out; *outer* names are left out by the object that *node* is a part of."""
        forbidden = outer | self._forbidden_names(node)
        result = dict(node)
        name = reference_name(node)
        if name in self.names:
            result |= definition_reference(self.names[name])
        if "discriminator" in node:
            result["discriminator"] = self._renamed(mapping(node["discriminator"]))
        if "required" in node:
            result["required"] = [item for item in texts(node["required"]) if item not in forbidden]
        for keyword in NAMED | LISTED:
            if keyword in node:
                result[keyword] = _copied(node[keyword])
        for tokens, child in subschemas(node):
            if isinstance(child, dict):
                _put(result, tokens, self._pruned_child(tokens, child, forbidden))
        return result

    def _pruned_child(self, tokens: tuple[str | int, ...], child: Tree, forbidden: frozenset[str]) -> JsonValue:
        keyword = str(tokens[0])
        if keyword == "properties" and tokens[1] in forbidden:
            return False
        is_part = keyword in IN_PLACE_LISTED | IN_PLACE_SINGLE or keyword == "dependentSchemas"
        return self._pruned(child, forbidden if is_part else frozenset())

    def _renamed(self, discriminator: Tree) -> Tree:
        values = {
            value: _tree(definition_reference(self.names[name]))["$ref"] if name in self.names else target
            for value, target in mapping(discriminator.get("mapping")).items()
            for name in [reference_name({"$ref": target}) or ""]
        }
        return discriminator | {"mapping": values}


def _put(result: Tree, tokens: tuple[str | int, ...], view: JsonValue) -> None:
    match tokens:
        case (str(keyword), int(index)):
            items(result[keyword])[index] = view
        case (str(keyword), str(name)):
            mapping(result[keyword])[name] = view
        case _:
            result[str(tokens[0])] = view


def _copied(container: JsonValue) -> JsonValue:
    return dict(container) if isinstance(container, dict) else list(items(container))


def _nodes(schema: JsonValue | Schema) -> Iterator[Tree]:
    """Yield *schema* and what is below it, but not below its properties."""
    stack: list[JsonValue] = [_tree(schema)]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            yield node
            stack.extend(child for tokens, child in subschemas(node) if tokens[0] != "properties")


def _all_nodes(schema: Schema) -> Iterator[Tree]:
    stack: list[JsonValue] = [_tree(schema)]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            yield node
            stack.extend(child for _, child in subschemas(node))


def _tree(schema: JsonValue | Schema) -> Tree:
    return schema if isinstance(schema, dict) else {}
