"""The document that a service serves of itself, without operations that are not there and what only they need."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

from apictl.contract.contract import Contract
from apictl.contract.schema import JsonValue, decode_token
from apictl.findings import Place

_Tree = dict[str, JsonValue]
_DEEPEST: Final = 200
_AROUND: Final = frozenset({"$ref", "description", "parameters", "servers", "summary"})
"""Fields of a path item that are no operations (OpenAPI 3.2, Path Item Object)."""


def trimmed_source(contract: Contract, gone: set[str], tags: set[str]) -> Mapping[str, JsonValue]:
    """Return the source of *contract* without the operations whose ids are *gone*; of its tags only *tags* are left."""
    if not contract.source:
        return contract.source
    left: _Tree = {key: copy.deepcopy(value) for key, value in contract.source.items() if key != "components"}
    trimming = _Trimming(contract.source, contract.place, gone)
    for section, operations in (("paths", contract.operations), ("webhooks", contract.webhooks)):
        removed = {(each.path, each.method) for each in operations if each.id in gone}
        if removed and isinstance(left.get(section), dict):
            left[section] = trimming.section(cast("_Tree", left[section]), removed)
    if isinstance(left.get("tags"), list):
        left["tags"] = [tag for tag in cast("list[JsonValue]", left["tags"]) if _tag_name(tag) in tags]
    left = cast("_Tree", trimming.settled(left, left))
    components = trimming.components(left)
    order = [key for key in contract.source if key in left or (key == "components" and components)]
    return {key: left[key] if key != "components" else components for key in order}


def _tag_name(tag: JsonValue) -> str:
    name = tag.get("name") if isinstance(tag, dict) else None
    return name if isinstance(name, str) else ""


@dataclass(frozen=True)
class _Trimming:
    source: Mapping[str, JsonValue]
    place: Place
    gone: set[str]
    schemes: set[str] = field(default_factory=set)

    def section(self, items: _Tree, removed: set[tuple[str, str]]) -> JsonValue:
        """Return *items*, path items by path, without the operations *removed*; an empty one leaves."""
        result: _Tree = {}
        for path, item in items.items():
            methods = {method for at, method in removed if at == path}
            rest = self._item(item, methods) if methods else item
            if rest is not None:
                result[path] = rest
        return result

    def _item(self, item: JsonValue, methods: set[str]) -> JsonValue:
        """Return *item* without the operations of *methods*; None when it has no other."""
        whole = self._followed(item)
        if not isinstance(whole, dict):
            return item
        rest: _Tree = {key: value for key, value in whole.items() if key.upper() not in methods}
        others = rest.get("additionalOperations")
        if isinstance(others, dict):
            kept = {method: each for method, each in others.items() if method not in methods}
            rest = {key: value for key, value in rest.items() if key != "additionalOperations"}
            rest |= {"additionalOperations": cast("JsonValue", kept)} if kept else {}
        return rest if any(key not in _AROUND and not key.startswith("x-") for key in rest) else None

    def _followed(self, item: JsonValue) -> JsonValue:
        """Return what *item* refers to, with what stands beside the reference."""
        for _ in range(_DEEPEST):
            if not isinstance(item, dict) or not isinstance(item.get("$ref"), str):
                break
            beside = {key: value for key, value in item.items() if key != "$ref"}
            target = copy.deepcopy(_at(self.source, cast("str", item["$ref"])))
            item = target | beside if isinstance(target, dict) else beside
        return item

    def settled(self, value: JsonValue, root: Mapping[str, JsonValue], depth: int = 0) -> JsonValue:
        """Return *value* without links to what is gone, and with what it refers to there in place of the reference."""
        if isinstance(value, list):
            return [self.settled(each, root, depth + 1) for each in value]
        if not isinstance(value, dict):
            return value
        reference = value.get("$ref")
        is_lost = isinstance(reference, str) and reference.startswith(("#/paths/", "#/webhooks/"))
        if is_lost and depth < _DEEPEST and _at(root, cast("str", reference)) is None:
            beside = {key: each for key, each in value.items() if key != "$ref"}
            target = _at(self.source, cast("str", reference))
            return self.settled(target | beside if isinstance(target, dict) else beside, root, depth + 1)
        result = {key: self.settled(each, root, depth + 1) for key, each in value.items()}
        if isinstance(links := result.get("links"), dict):
            result["links"] = {name: each for name, each in links.items() if not self._is_lost(each)}
        return result

    def _is_lost(self, link: JsonValue) -> bool:
        """Whether *link* leads to an operation that is gone, be it by a component."""
        target = self._followed(link)
        if not isinstance(target, dict):
            return False
        reference = target.get("operationRef")
        is_inside = isinstance(reference, str) and reference.startswith("#/")
        found = _at(self.source, reference) if is_inside and isinstance(reference, str) else None
        ids = (target.get("operationId"), found.get("operationId") if isinstance(found, dict) else None)
        return any(isinstance(each, str) and each in self.gone for each in ids)

    def components(self, left: Mapping[str, JsonValue]) -> _Tree:
        """Return the components that *left* leads to, in their order."""
        whole = self.source.get("components")
        sections = whole if isinstance(whole, dict) else {}
        found: dict[tuple[str, str], JsonValue] = {}
        waiting: list[JsonValue] = [dict(left)]
        while waiting:
            for section, name in _leading(waiting.pop(), sections):
                holder = sections.get(section)
                if (section, name) not in found and isinstance(holder, dict) and name in holder:
                    found[section, name] = self.settled(copy.deepcopy(holder[name]), left)
                    waiting.append(found[section, name])
        result: _Tree = {}
        for section, holder in sections.items():
            kept = (
                {name: found[section, name] for name in holder if (section, name) in found}
                if isinstance(holder, dict)
                else {}
            )
            if kept or section.startswith("x-"):
                result[section] = kept or holder
        return result


def _at(tree: Mapping[str, JsonValue], reference: str) -> JsonValue:
    """Return what is at *reference*, a pointer of a document; None where nothing is."""
    current: JsonValue = dict(tree)
    for token in map(decode_token, reference.removeprefix("#/").split("/")):
        if isinstance(current, dict) and token in current:
            current = current[token]
        elif isinstance(current, list) and token.isdigit() and int(token) < len(current):
            current = current[int(token)]
        else:
            return None
    return current


def _leading(value: JsonValue, sections: Mapping[str, JsonValue]) -> Iterator[tuple[str, str]]:
    """Yield section and name of each component that something in *value* leads to."""
    waiting: list[JsonValue] = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, list):
            waiting.extend(current)
        elif isinstance(current, dict):
            yield from _of_object(current, sections)
            waiting.extend(current.values())


def _of_object(value: _Tree, sections: Mapping[str, JsonValue]) -> Iterator[tuple[str, str]]:
    discriminator, security = value.get("discriminator"), value.get("security")
    mapping = discriminator.get("mapping") if isinstance(discriminator, dict) else None
    told: Sequence[JsonValue] = [*mapping.values()] if isinstance(mapping, dict) else []
    for reference in (value.get("$ref"), value.get("operationRef"), value.get("$dynamicRef"), *told):
        if isinstance(reference, str):
            yield from _component(reference, sections)
    for alternative in security if isinstance(security, list) else ():
        yield from (("securitySchemes", name) for name in alternative) if isinstance(alternative, dict) else ()


def _component(reference: str, sections: Mapping[str, JsonValue]) -> Iterator[tuple[str, str]]:
    """Yield what *reference* leads to; a mapping may name a schema without saying where it is."""
    schemas = sections.get("schemas")
    if isinstance(schemas, dict) and reference in schemas:
        yield "schemas", reference
    tokens = reference.split("/")
    if reference.startswith("#/components/") and len(tokens) > 3:  # noqa: PLR2004 - "#", "components", section, name
        yield tokens[2], decode_token(tokens[3])
