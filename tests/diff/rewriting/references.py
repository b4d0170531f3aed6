"""References put in, taken out, and called something else."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable
from random import Random
from typing import Any, Final
from urllib.parse import quote

from tests.diff.rewriting.document import (
    SECTIONS,
    Spot,
    Tree,
    at,
    followed,
    is_30,
    is_annotation,
    is_inherited,
    reference,
    spots,
    steps_of,
    targets,
)

_LEAST_GROWTH: Final = 400_000
"""Bytes that a document may grow by, however small it is; large ones double."""
_ROUNDS: Final = 3
_MOST_EXTRACTED: Final = 20_000
_SECTION_OF: Final = {kind: section for section, kind in SECTIONS.items()}


def inlined(document: Tree, random: Random) -> int:
    """Put what references lead to in their place, also what references in there lead to, as long as there is room."""
    room = max(_LEAST_GROWTH, len(json.dumps(document)))
    count = 0
    for _ in range(_ROUNDS):
        found = [spot for spot in spots(document) if _is_inlinable(document, spot)]
        # What is put in is what the document said before, so that the order of places changes nothing.
        put_in = {target: copy.deepcopy(at(document, target)) for spot in found if (target := reference(spot.node))}
        sizes = {target: len(json.dumps(node)) for target, node in put_in.items()}
        random.shuffle(found)
        for spot in found:
            target = str(reference(spot.node))
            if sizes[target] <= room:
                room -= sizes[target]
                spot.replace(_instead(document, spot, copy.deepcopy(put_in[target])))
                count += 1
    return count


def _is_inlinable(document: Tree, spot: Spot) -> bool:
    target = reference(spot.node)
    if target is None or spot.is_branch:
        return False
    node = at(document, target)
    if spot.kind == "path item":
        return len(spot.node) == 1
    return not (spot.kind == "schema" and (not isinstance(node, dict) or is_inherited(followed(document, node))))


def _instead(document: Tree, spot: Spot, target: Tree) -> Tree:
    """Return *target* with what stands beside the reference at *spot*."""
    beside = {} if is_30(document) else {key: value for key, value in spot.node.items() if key != "$ref"}
    if spot.kind != "schema" or all(is_annotation(keyword) for keyword in beside):
        # A description beside a reference replaces the one behind it (OpenAPI 3.1, Reference Object).
        return target | beside
    return beside | {"allOf": [*beside.get("allOf", ()), target]}


def extracted(document: Tree, random: Random) -> int:
    """Move objects to the components and refer to them, inner ones first; many of them where there are too many."""
    found = spots(document)
    referred = _prefixes(targets(found))
    free = [spot for spot in found if spot.kind in _SECTION_OF and _is_extractable(spot, referred)]
    chosen = set(random.sample(range(len(free)), min(_MOST_EXTRACTED, len(free))))
    components = document.setdefault("components", {})
    count = 0
    for index in sorted(chosen, reverse=True):
        spot = free[index]
        section = components.setdefault(_SECTION_OF[spot.kind], {})
        name = f"Extracted{count}"
        section[name] = spot.node
        spot.replace({"$ref": f"#/components/{_SECTION_OF[spot.kind]}/{name}"})
        count += 1
    return count


def _prefixes(found: Iterable[tuple[str, ...]]) -> set[tuple[str, ...]]:
    return {steps[:length] for steps in found for length in range(1, len(steps) + 1)}


def _is_extractable(spot: Spot, referred: set[tuple[str, ...]]) -> bool:
    node = spot.node
    if "$ref" in node or "$id" in node or spot.is_branch or spot.kind in ("path item", "security scheme"):
        return False
    if spot.kind == "schema" and is_inherited(node):
        return False
    is_component = len(spot.steps) == 3 and spot.steps[0] == "components"
    if is_component and spot.kind != "schema":
        return False
    # What references lead into stays where it is; a component may become a reference itself.
    into = tuple(map(str, spot.steps)) in referred
    return not into or (is_component and not any(len(steps) > 3 and steps[:3] == spot.steps for steps in referred))


def renamed(document: Tree, _random: Random) -> int:
    """Call every component something else; discriminators go on to know schemas by their old names."""
    found = spots(document)
    new_names = {
        (section, name): f"Renamed{name}"
        for section in SECTIONS
        for name in document.get("components", {}).get(section, {})
    }
    for name in _inheritance(document, found):
        new_names.pop(("schemas", name), None)
    for spot in found:
        if spot.kind == "schema" and "discriminator" in spot.node:
            _map(document, spot.node, new_names)
    for spot in found:
        target = reference(spot.node)
        if target is not None:
            spot.node["$ref"] = _new_target(target, new_names)
        for requirement in _requirements(spot):
            _rename_keys(requirement, "securitySchemes", new_names)
    for section, named in document.get("components", {}).items():
        if section in SECTIONS:
            _rename_keys(named, section, new_names)
    return len(new_names)


def _inheritance(document: Tree, found: list[Spot]) -> set[str]:
    """Schemas that a discriminator knows by their names because they are made of the one that has it."""
    parents = {name for name, node in _schemas(document).items() if isinstance(node, dict) and is_inherited(node)}
    known = set(parents)
    while True:
        children = {
            str(spot.steps[2])
            for spot in found
            if spot.steps[:2] == ("components", "schemas") and len(spot.steps) == 5 and spot.steps[3] == "allOf"
            if (target := reference(spot.node)) is not None and steps_of(target)[-1] in known
        }
        if children <= known:
            return known
        known |= children


def _schemas(document: Tree) -> Tree:
    found: Tree = document.get("components", {}).get("schemas", {})
    return found


def _map(document: Tree, node: Tree, new_names: dict[tuple[str, str], str]) -> None:
    """Write down each value that the discriminator of *node* knows, also those that only a name implies."""
    names = _schemas(document)
    mapping = {
        value: f"#/components/schemas/{_token(target)}" if target in names else target
        for value, target in (node["discriminator"].get("mapping") or {}).items()
    }
    branches = [target for each in (*node.get("oneOf", ()), *node.get("anyOf", ())) if (target := reference(each))]
    mapped = {steps_of(target) for target in mapping.values()}
    for target in branches:
        if steps_of(target) not in mapped:
            mapping.setdefault(steps_of(target)[-1], target)
    if mapping:
        node["discriminator"]["mapping"] = {value: _new_target(target, new_names) for value, target in mapping.items()}


def _new_target(target: str, new_names: dict[tuple[str, str], str]) -> str:
    if not target.startswith("#/components/"):
        return target
    components, section, name, *rest = steps_of(target)
    name = new_names.get((section, name), name)
    return "#/" + "/".join(map(_token, (components, section, name, *rest)))


def _token(step: str) -> str:
    return quote(step.replace("~", "~0").replace("/", "~1"), safe="~")


def _requirements(spot: Spot) -> list[Tree]:
    return list(spot.node.get("security") or ()) if spot.kind in ("document", "operation") else []


def _rename_keys(named: Any, section: str, new_names: dict[tuple[str, str], str]) -> None:
    members = list(named.items())
    named.clear()
    named.update({new_names.get((section, name), name): value for name, value in members})
