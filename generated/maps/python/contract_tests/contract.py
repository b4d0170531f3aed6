"""The contract as the tests read it: in words that schemathesis knows."""

from __future__ import annotations

import functools
import importlib.resources
import json
from typing import Any, Final

from .cases import RECEIVED, load_cases
from .implied import imply_refusals, name_ranges
from .plain_contract import say_plainly
from .sequences import teach_sequences
from .typed_schemas import say_types

_APART: Final = "webhooks."
_DEPTH: Final = 2
STAND_INS: Final = ("post", "put", "patch", "delete", "query", "get", "trace", "options")
"""Methods that may stand in for others, for schemathesis knows none but those with a field of their own."""


def read_contract() -> dict[str, Any]:
    """Return the contract that the package carries, with webhooks and callbacks as their receiver has them."""
    content = importlib.resources.files(load_cases().package).joinpath("openapi.json").read_bytes()
    contract: dict[str, Any] = json.loads(content)
    received = importlib.resources.files(load_cases().package).joinpath("webhooks", "openapi.json")
    if received.is_file():
        _add(contract, _apart(json.loads(received.read_bytes())))
    return contract


def _add(contract: dict[str, Any], received: dict[str, Any]) -> None:
    """Add to *contract* what is *received*; its components have names of their own, for the sides are exchanged."""
    paths = {f"{RECEIVED}{path}": item for path, item in received["paths"].items()}
    contract["paths"] = {**contract.get("paths", {}), **paths}
    components = contract.setdefault("components", {})
    for section, named in received.get("components", {}).items():
        if section != "securitySchemes":
            own = {f"{_APART}{name}": component for name, component in named.items()}
            components[section] = {**components.get(section, {}), **own}


def _apart(value: Any) -> Any:
    """Return *value* with the names of components to which it refers set apart."""
    match value:
        case dict():
            return {key: _apart(each) for key, each in value.items()}
        case list():
            return [_apart(each) for each in value]
        case str() if value.startswith("#/components/") and value.count("/") > _DEPTH:
            _, _, section, name = value.split("/", _DEPTH + 1)
            return f"#/components/{section}/{_APART}{name}"
        case _:
            return value


def known_contract() -> dict[str, Any]:
    """Return the contract with each additional operation in the field of a method that its path doesn't have.

    Nothing else of a request is another: it is sent with the method that is meant. Where no answer is declared that
    refuses a wrong request, those of HTTP are.
    """
    contract = read_contract()
    for path, written in contract.get("paths", {}).items():
        item = _item(contract, written)
        additional = item.get("additionalOperations", {})
        if additional:
            fields = {name: value for name, value in item.items() if name != "additionalOperations"}
            standing_in = {_stand_ins()[f"{method} {path}"]: operation for method, operation in additional.items()}
            contract["paths"][path] = fields | standing_in
    imply_refusals(contract)
    name_ranges(contract)
    say_types(contract)
    say_plainly(contract)
    teach_sequences(contract)
    return contract


def stand_in(label: str) -> str:
    """Return what schemathesis calls the operation *label*: another method, where it does not know the own one."""
    method, _, path = label.partition(" ")
    return f"{_stand_ins().get(label, method).upper()} {path}" if method not in _KNOWN else label


def meant(label: str) -> str:
    """Return the operation that schemathesis calls *label*."""
    return _meanings().get(label, label)


_KNOWN: Final = frozenset({"GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "QUERY"})


@functools.cache
def _stand_ins() -> dict[str, str]:
    result: dict[str, str] = {}
    contract = read_contract()
    for path, written in contract.get("paths", {}).items():
        item = _item(contract, written)
        free = [method for method in STAND_INS if method not in item]
        for method, found in zip(item.get("additionalOperations", ()), free, strict=False):
            result[f"{method} {path}"] = found
    return result


def _item(contract: dict[str, Any], item: dict[str, Any]) -> dict[str, Any]:
    """Return the path item that *item* refers to, or itself."""
    _, marker, name = str(item.get("$ref", "")).partition("#/components/pathItems/")
    found: dict[str, Any] = contract.get("components", {}).get("pathItems", {}).get(name, {}) if marker else {}
    return {**found, **{key: value for key, value in item.items() if key != "$ref"}} if found else item


@functools.cache
def _meanings() -> dict[str, str]:
    if all(label.partition(" ")[0] in _KNOWN for label in load_cases().operations):
        return {}
    return {stand_in(label): label for label in _stand_ins()}
