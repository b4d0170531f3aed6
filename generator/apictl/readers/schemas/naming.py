"""Which schemas become definitions, and under which names: decided by roles, never by position or order."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from apictl.contract.schema import JsonValue
from apictl.findings import Finding, Place, info
from apictl.readers.access import Key, Tree, items, key_of, mapping, reference
from apictl.readers.schemas.graph import SchemaGraph
from apictl.readers.schemas.keywords import LISTED, NAMED, SINGLE
from apictl.readers.schemas.names import LONGEST_HASH, SHORT_HASH, bounded, component_name, pascal, short_hash
from apictl.readers.schemas.shapes import becomes_class, branch_names, without_null
from apictl.support.pointers import escape_token, unescape_token

_KEYED: Final = frozenset({"$defs", "definitions", "patternProperties", "properties"})
_LONE: Final = {"additionalProperties": "Value", "items": "Item", "unevaluatedProperties": "Value"}
_POSITIONED: Final = frozenset({"items", "prefixItems"})
_UNIONS: Final = frozenset({"anyOf", "oneOf"})
_NAMING: Final = frozenset({*_KEYED, *_LONE, *_POSITIONED, *_UNIONS, "allOf"})
"""Keywords below which a class may stand; a schema without them is none, unless something else says so."""
_STRUCTURE: Final = SINGLE | LISTED | NAMED | {"itemSchema", "schema", "schemas"}


@dataclass(frozen=True, slots=True)
class Site:
    """A schema that something other than a schema holds.

    Attributes:
        place: of the schema.
        value: as written.
        name: of the definition, should the schema become one.
        is_component: the name is the document's own; it is kept and always a definition.
    """

    place: Place
    value: JsonValue
    name: str
    is_component: bool = False


@dataclass(frozen=True, slots=True)
class Naming:
    """The names of all definitions.

    Attributes:
        names: by what identifies the schema, in order of first appearance.
        findings: about names that met.
    """

    names: Mapping[Key, str]
    findings: tuple[Finding, ...]


def name_schemas(graph: SchemaGraph, sites: Sequence[Site], *, aliases: Collection[Key] = ()) -> Naming:
    """Name each schema that becomes a definition; components keep their names, *aliases* have the name of another."""
    walk = _Walk(graph, {key_of(target) for target in graph.targets.values()}, seen=set(aliases))
    for site in sites:
        if site.is_component:
            walk.fixed.add(key_of(site.place))
    for site in sites:
        walk.visit(site)
    # What only references reach: other files, and places that no role names.
    for key in sorted(walk.referred - walk.seen, key=lambda key: (key[1].count("/"), key)):
        if key in graph.schemas:
            node = graph.schemas[key]
            walk.visit(Site(node.place, node.value, place_name(node.place)))
    return _without_clashes(graph, walk)


def place_name(place: Place) -> str:
    """Return the name that a node's place gives: the last key that is not a keyword, else the file's stem."""
    tokens = [unescape_token(token) for token in place.pointer.split("/")[1:]]
    named = [token for token in tokens if token not in _STRUCTURE and not token.isdigit()]
    if not named:
        return component_name(PurePosixPath(place.path).stem)
    return component_name(named[-1])


@dataclass(slots=True)
class _Walk:
    graph: SchemaGraph
    referred: set[Key]
    fixed: set[Key] = field(default_factory=set)
    wanted: dict[Key, str] = field(default_factory=dict)
    seen: set[Key] = field(default_factory=set)

    def visit(self, start: Site) -> None:
        """Note the name that each class below *start* wants."""
        stack = [start]
        while stack:
            site = stack.pop()
            key = key_of(site.place)
            if key in self.seen or not isinstance(site.value, dict | bool):
                continue
            self.seen.add(key)
            fields = mapping(site.value)
            if site.is_component or key in self.referred or becomes_class(self.graph, site.place, fields):
                self.wanted[key] = site.name
            stack.extend(reversed(list(self._below(site, fields))))

    def _below(self, site: Site, fields: Tree) -> Iterator[Site]:
        if reference(fields) is not None and self.graph.dialect_at(site.place).is_reference_alone:
            return
        for keyword, value in fields.items():
            if keyword in _NAMING:
                yield from self._under(site, keyword, value)

    def _under(self, site: Site, keyword: str, value: JsonValue) -> Iterator[Site]:
        place = site.place.child(keyword)
        if keyword in _KEYED:
            for name, child in mapping(value).items():
                if self._is_plain(place, name, child):
                    continue
                word = "Value" if keyword == "patternProperties" else pascal(name) or short_hash(name)
                yield Site(place.child(name), child, site.name + word)
        elif keyword in _LONE and isinstance(value, dict):
            yield Site(place, value, site.name + _LONE[keyword])
        elif keyword in _POSITIONED:
            # A position is what tells these apart, in the meaning of the schema itself.
            for index, child in enumerate(items(value)):
                yield Site(place.child(index), child, f"{site.name}Item{index + 1}")
        elif keyword in _UNIONS:
            yield from self._branches(site, place, items(value))
        elif keyword == "allOf":
            # A part of a composition is no class: what it holds is named as if the composition held it.
            for index, part in enumerate(items(value)):
                yield from self._below(Site(place.child(index), part, site.name), mapping(part))

    def _is_plain(self, place: Place, name: str, child: JsonValue) -> bool:
        """Whether *child*, below *place* as *name*, is no class and holds none: most properties of a large document."""
        if not isinstance(child, dict) or not _NAMING.isdisjoint(child):
            return False
        return (place.path, f"{place.pointer}/{escape_token(name)}") not in self.referred

    def _branches(self, site: Site, place: Place, branches: list[JsonValue]) -> Iterator[Site]:
        meant = without_null(branches)
        is_union_named = site.is_component or key_of(site.place) in self.referred
        words = branch_names(branches) if len(meant) > 1 else ["Value" if is_union_named else ""] * len(branches)
        for index in meant:
            yield Site(place.child(index), branches[index], site.name + words[index])


def _without_clashes(graph: SchemaGraph, walk: _Walk) -> Naming:
    groups: dict[str, list[Key]] = defaultdict(list)
    for key, name in walk.wanted.items():
        groups[name if key in walk.fixed else bounded(name)].append(key)
    names: dict[Key, str] = {}
    findings: list[Finding] = []
    taken = set(groups)
    for name, keys in groups.items():
        if len(keys) == 1:  # nothing else is called so, whatever it holds
            names[keys[0]] = name
            continue
        free = [key for key in keys if key not in walk.fixed]
        names.update({key: name for key in keys if key in walk.fixed})
        shapes = {(key[0], _content(graph, key)) for key in free}
        if len(free) == len(keys) and len(shapes) == 1:
            names.update(dict.fromkeys(free, name))
            continue
        identities = {key: _identity(key) for key in free}
        for key in sorted(free):
            identity = identities[key]
            if list(identities.values()).count(identity) > 1:
                identity += _content(graph, key)
            names[key] = _apart(name, identity, taken)
            message = f"name {name[:60]!r} is wanted twice, this schema is {names[key][-60:]!r}"
            findings.append(info("name-clash", Place(*key), message))
    return Naming({key: names[key] for key in walk.wanted}, tuple(findings))


def _identity(key: Key) -> str:
    """What names a schema's place without its positions in lists, which an edit elsewhere moves."""
    return "/".join(token for token in key[1].split("/") if not token.isdigit())


def _apart(name: str, identity: str, taken: set[str]) -> str:
    length = SHORT_HASH
    while (result := name + short_hash(identity, length)) in taken and length < LONGEST_HASH:
        length += 1
    while result in taken:
        # Equal in place and content: any order gives the same names.
        result += "x"
    taken.add(result)
    return result


def _content(graph: SchemaGraph, key: Key) -> str:
    return json.dumps(graph.schemas[key].value, sort_keys=True)
