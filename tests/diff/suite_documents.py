"""The documents of the suite: read as they are, edited as its tests edit them, repaired where they are not valid."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml12

from apictl.contract.contract import Contract
from apictl.readers.read import read
from apictl.source.library import Library
from tests.diff.suite_edits import GONE, Edit

SUITES: Final = Path(os.environ.get("APICTL_SUITES", Path(__file__).resolve().parents[2].parent / "shared" / "suites"))
SUITE: Final = SUITES / "openapi-diff"
_METHODS: Final = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace"})


def contract(name: str, edits: tuple[Edit, ...]) -> Contract | None:
    """Return the contract in the document *name* after *edits*; None when it is refused even when repaired."""
    if not edits:
        found = read(Library(lambda path: (SUITE / path).read_bytes()), name, service="suite").contract
        if found is not None:
            return found
    tree = _plain(yaml12.parse_yaml((SUITE / name).read_text(encoding="utf-8")))
    _repair(tree)
    for edit in edits:
        _apply(tree, edit)
    text = json.dumps(tree).encode()
    return read(Library(lambda _: text), name.replace(".yaml", ".json"), service="suite").contract


def _plain(value: Any) -> Any:
    """*value* with text for keys, as JSON has it."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value


def _repair(tree: dict[str, Any]) -> None:
    """Mend what a test of another tool leaves out, where only one thing can be meant."""
    for path in list(tree.get("paths") or {}):
        item = tree["paths"][path]
        for operation in [item[method] for method in item if method in _METHODS]:
            _repair_operation(operation)
            names = [each["name"] for each in operation.get("parameters", ()) if each.get("in") == "path"]
            missing = [name for name in names if "{" + name + "}" not in path]
            if missing:
                tree["paths"]["/".join([path, *("{" + name + "}" for name in missing)])] = tree["paths"].pop(path)
    for holder in list(_mappings(tree)):
        if holder.get("title", "") is None:
            del holder["title"]
        if isinstance(holder.get("pattern"), str):
            holder["pattern"] = holder["pattern"].replace(r"[\w-.", r"[\w\-.")
        if "tokenUrl" in holder:
            holder.setdefault("scopes", {})
    schemes = tree.setdefault("components", {}).setdefault("securitySchemes", {})
    for holder in _mappings(tree):
        for name in [name for alternative in holder.get("security") or () for name in alternative]:
            schemes.setdefault(name, {"type": "http", "scheme": "digest"})


def _repair_operation(operation: dict[str, Any]) -> None:
    strays = {key: operation.pop(key) for key in list(operation) if key.isdigit()}
    responses = operation["responses"] = (operation.get("responses") or strays) or {"default": {}}
    for response in responses.values():
        if "$ref" not in response:
            response.setdefault("description", "")
        if "content" in response and response["content"] is None:
            response["content"] = {key: response.pop(key) for key in list(response) if "/" in key}
    for parameter in operation.get("parameters", ()):
        if parameter.get("in") == "path":
            parameter["required"] = True


def _mappings(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _mappings(each)


def _apply(tree: dict[str, Any], edit: Edit) -> None:
    node: Any = tree
    *way, last = edit.steps
    for step in way:
        node = _resolved(tree, node[_key(tree, node, step)] if _has(tree, node, step) else node.setdefault(step, {}))
    key = _key(tree, node, last)
    if edit.value is not GONE:
        node[key] = edit.value
    elif isinstance(node, list):
        del node[int(key)]
    else:
        node.pop(key, None)


def _has(tree: dict[str, Any], node: Any, step: str | int) -> bool:
    return isinstance(node, list) or _key(tree, node, step) in node


def _key(tree: dict[str, Any], node: Any, step: str | int) -> Any:
    """The key of *step* in *node*: of a parameter by place and name, of a path whatever was added to its end."""
    if isinstance(node, list) and isinstance(step, str):
        location, name = step.split(" ")
        found = [_resolved(tree, each) for each in node]
        return next(at for at, each in enumerate(found) if (each["in"], each["name"]) == (location, name))
    if isinstance(step, str) and step.startswith("/") and step not in node:
        return next(path for path in node if path.startswith(step + "/{"))
    return step


def _resolved(tree: dict[str, Any], node: Any) -> Any:
    while isinstance(node, dict) and isinstance(node.get("$ref"), str):
        target: Any = tree
        for token in node["$ref"].removeprefix("#/").split("/"):
            target = target[token.replace("~1", "/").replace("~0", "~")]
        node = target
    return node
