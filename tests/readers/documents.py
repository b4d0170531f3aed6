"""Reading documents that stand in a test."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from apictl.contract.contract import Contract
from apictl.findings import Severity
from apictl.readers.forgiven import FORGIVEN
from apictl.readers.read import read
from apictl.readers.reading import Reading
from apictl.source.library import DocumentMissing, Library


def read_files(files: Mapping[str, str], path: str = "openapi.yaml") -> Reading:
    """Read the document at *path* of a workspace that holds *files*."""

    def fetch(name: str) -> bytes:
        if name not in files:
            raise DocumentMissing(name)
        return files[name].encode()

    return read(Library(fetch), path, service="pets")


def read_text(text: str) -> Reading:
    """Read a document written as YAML."""
    return read_files({"openapi.yaml": text})


def read_tree(tree: Mapping[str, Any]) -> Reading:
    """Read a document given as a tree."""
    return read_files({"openapi.json": json.dumps(tree)}, "openapi.json")


def contract_of(reading: Reading) -> Contract:
    """The contract of a reading that must have one."""
    assert reading.contract is not None, errors_of(reading)
    return reading.contract


def errors_of(reading: Reading) -> list[tuple[str, str]]:
    """Rule and pointer of each error."""
    return [(f.rule, f.place.pointer) for f in reading.findings if f.severity is Severity.ERROR]


def forgiven_of(reading: Reading) -> list[tuple[str, str]]:
    """Rule and pointer of each flaw in spite of which the document was read."""
    assert reading.contract is not None
    return [(f.rule, f.place.pointer) for f in reading.findings if f.rule in FORGIVEN]


def rules_of(reading: Reading) -> list[str]:
    """Rule of each finding."""
    return [finding.rule for finding in reading.findings]


def document(
    *, version: str = "3.0.3", paths: Any = None, schemas: Any = None, components: Any = None, **more: Any
) -> dict[str, Any]:
    """A document of which only what matters is given."""
    parts = dict(components or {})
    if schemas is not None:
        parts["schemas"] = schemas
    tree: dict[str, Any] = {"openapi": version, "info": {"title": "Pets", "version": "1"}, "paths": paths or {}}
    if parts:
        tree["components"] = parts
    return tree | more


def answer(schema: Any) -> dict[str, Any]:
    """A response whose JSON body has *schema*."""
    return {"description": "", "content": {"application/json": {"schema": schema}}}


def body(schema: Any) -> dict[str, Any]:
    """A request body whose JSON has *schema*."""
    return {"content": {"application/json": {"schema": schema}}}


def operation(operation_id: str, *, request: Any = None, responses: Any = None, **more: Any) -> dict[str, Any]:
    """An operation of which only what matters is given."""
    result = {"operationId": operation_id, "responses": responses or {"204": {"description": ""}}}
    if request is not None:
        result["requestBody"] = body(request)
    return result | more
