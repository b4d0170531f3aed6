"""Contracts that stand in a test, and what happened between two of them."""

from __future__ import annotations

import copy
from typing import Any, Final

import yaml12

from apictl.contract.contract import Contract
from apictl.diff.changes import Change
from apictl.rules.dials import Dials
from apictl.rules.walk import changes
from tests.readers.documents import contract_of, read_tree

_INFO: Final = {"info": {"title": "Rides", "version": "1"}}
_HEAD: Final = {"openapi": "3.1.0"} | _INFO
ANY: Final = Dials()


def contract(text: str) -> Contract:
    """The contract of a document of which only what matters is written, as YAML; `asyncapi` says which it is."""
    parsed: Any = yaml12.parse_yaml(text)
    tree: dict[str, Any] = _texted(parsed) or {}
    if "asyncapi" in tree:
        needed: dict[str, Any] = {"channels": {}} if str(tree["asyncapi"]).startswith("2") else {}
        return contract_of(read_tree(needed | _INFO | tree))
    if not tree.keys() & {"paths", "webhooks", "components"}:
        tree["paths"] = {}
    return contract_of(read_tree(_HEAD | tree))


def between(old: str, new: str, dials: Dials = ANY) -> tuple[Change, ...]:
    """What happened between two documents."""
    return changes(contract(old), contract(new), dials)


def with_body(schema: Any) -> Contract:
    """A contract with one operation that takes *schema*."""
    return _exchange({"requestBody": {"content": {"application/json": {"schema": schema}}}})


def with_answer(schema: Any) -> Contract:
    """A contract with one operation that answers *schema*."""
    answer = {"description": "", "content": {"application/json": {"schema": schema}}}
    return _exchange({"responses": {"200": answer}})


def rules(found: tuple[Change, ...]) -> list[str]:
    """The rules of *found*, in order."""
    return [change.rule for change in found]


def breaking(found: tuple[Change, ...]) -> list[str]:
    """The rules of what breaks somebody, in order."""
    return [change.rule for change in found if change.is_breaking]


def _exchange(parts: dict[str, Any]) -> Contract:
    operation = {"operationId": "post", "responses": {"204": {"description": ""}}} | copy.deepcopy(parts)
    return contract_of(read_tree(_HEAD | {"paths": {"/things": {"post": operation}}}))


def _texted(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _texted(each) for key, each in value.items()}
    return [_texted(each) for each in value] if isinstance(value, list) else value
