"""Parameters moved from the operations of a path to the path, and back."""

from __future__ import annotations

import copy
import json
from random import Random
from typing import Any

from tests.diff.rewriting.document import METHODS, Spot, Tree, followed, reference, spots, targets


def moved(document: Tree, random: Random) -> int:
    """Move the parameters that all operations of a path share to the path, or those of the path to its operations."""
    found = spots(document)
    referred = targets(found)
    count = 0
    for spot in found:
        if spot.kind != "path item" or reference(spot.node) is not None or _is_referred_into(spot, referred):
            continue
        operations = [spot.node[method] for method in METHODS if method in spot.node]
        ways = [_down, _up] if spot.node.get("parameters") else [_up]
        if operations:
            count += random.choice(ways)(document, spot.node, operations)
    return count


def _is_referred_into(spot: Spot, referred: set[tuple[str, ...]]) -> bool:
    steps = tuple(map(str, spot.steps))
    return any(each[: len(steps)] == steps and "parameters" in each[len(steps) :] for each in referred)


def _up(document: Tree, item: Tree, operations: list[Tree]) -> int:
    taken = {_identity(document, each) for each in item.get("parameters", ())}
    shared = [each for each in operations[0].get("parameters", ()) if _identity(document, each) not in taken]
    for operation in operations[1:]:
        known = {json.dumps(each, sort_keys=True) for each in operation.get("parameters", ())}
        shared = [each for each in shared if json.dumps(each, sort_keys=True) in known]
    if shared:
        item["parameters"] = [*item.get("parameters", ()), *copy.deepcopy(shared)]
    for operation in operations:
        left = [each for each in operation.get("parameters", ()) if each not in shared]
        if len(left) < len(operation.get("parameters", ())):
            operation["parameters"] = left
    return len(shared)


def _down(document: Tree, item: Tree, operations: list[Tree]) -> int:
    parameters = item.pop("parameters")
    for operation in operations:
        own = operation.get("parameters", [])
        # What an operation says itself replaces what its path says (OpenAPI 3.1, Operation Object).
        known = {_identity(document, each) for each in own}
        operation["parameters"] = [
            *own, *(copy.deepcopy(each) for each in parameters if _identity(document, each) not in known),
        ]  # fmt: skip
    return len(parameters)


def _identity(document: Tree, parameter: Tree) -> tuple[Any, Any]:
    meant = followed(document, parameter)
    return meant.get("name"), meant.get("in")
