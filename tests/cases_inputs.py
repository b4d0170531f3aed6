"""Inputs of cases that are too large to be kept, or that no repository can hold."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from tests.cases_faults import FAULTS


def _brackets(count: int) -> Callable[[Path], None]:
    return lambda path: _write(path, "[" * count)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _nested_schema(path: Path) -> None:
    levels = 3000
    head = '{"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": {"A": '
    _write(path, head + '{"items": ' * levels + "{}" + "}" * levels + "}}}")


def _contract(schemas: Mapping[str, object]) -> str:
    """Return a contract whose one operation answers with the first of *schemas*."""
    operation = _operation("getX", next(iter(schemas)))
    return json.dumps(
        {
            "openapi": "3.1.0",
            "info": {"title": "T", "version": "1"},
            "paths": {"/x": {"get": operation}},
            "components": {"schemas": schemas},
        }
    )


def _operation(name: str, schema: str) -> dict[str, object]:
    answer = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"operationId": name, "responses": {"200": {"description": "done", "content": answer}}}


def _chain(length: int, link: Callable[[dict[str, str]], object]) -> str:
    """Return a contract in which each of *length* schemas is what *link* makes of a reference to the next."""
    schemas = {f"A{number}": link({"$ref": f"#/components/schemas/A{number + 1}"}) for number in range(length)}
    return _contract(schemas | {f"A{length}": {"type": "object", "properties": {"a": {"type": "string"}}}})


def _many(path: Path) -> None:
    properties = {f"p{number}": {"type": "string"} for number in range(2_000)} | {
        "member": {"type": "string", "enum": [f"v{number}" for number in range(10_000)]}
    }
    _write(path, _contract({"A": {"type": "object", "properties": properties}}))


def _ten_thousand(path: Path) -> None:
    """Write a contract of ten thousand operations, each of which answers with a schema of its own."""
    contract = json.loads(_contract({f"A{number}": {"maxLength": number} for number in range(10_000)}))
    contract["paths"] = {f"/x{number}": {"get": _operation(f"getX{number}", f"A{number}")} for number in range(10_000)}
    _write(path, json.dumps(contract))


def _files(path: Path) -> None:
    """Write a contract and a thousand documents that it refers to."""
    for number in range(1000):
        _write(path.parent / f"f{number}.json", json.dumps({"type": "string", "maxLength": number + 4}))
    references = {f"p{number}": {"$ref": f"f{number}.json"} for number in range(1000)}
    _write(path, _contract({"A": {"type": "object", "properties": references}}))


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _huge(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(200_000_000)


def _fifty_megabytes(path: Path) -> None:
    contract = json.loads(_contract({"A": {"type": "string"}}))
    _write(path, json.dumps(contract | {"x-notes": ["n" * 96] * 500_000}))


def _long_operation_id(path: Path) -> None:
    template = 'openapi: 3.1.0\ninfo: {{title: T, version: "1"}}\npaths:\n  /x:\n    get:\n      operationId: {}\n'
    _write(path, template.format("x" * 5000) + '      responses: {"204": {description: done}}\n')


INPUTS: Final[dict[str, Callable[[Path], None]]] = FAULTS | {
    "20000-brackets": _brackets(20_000),
    "200000-brackets": _brackets(200_000),
    "3000-level-schema": _nested_schema,
    "200-megabytes": _huge,
    "50-megabytes": _fifty_megabytes,
    "all-of-that-doubles": lambda path: _write(path, _chain(20, lambda following: {"allOf": [following, following]})),
    "long-operation-id": _long_operation_id,
    "many-properties-and-members": _many,
    "one-of-that-doubles": lambda path: _write(
        path, _chain(20, lambda following: {"oneOf": [following, {"type": "array", "items": following}]})
    ),
    "pattern-of-a-megabyte": lambda path: _write(path, _contract({"A": {"pattern": "a" * 1_000_000}})),
    "pipe": _pipe,
    "schemas-of-another-file": lambda path: _write(path, "A: {type: object, properties: {a: {type: string}}}\n"),
    "ten-thousand-paths-and-schemas": _ten_thousand,
    "thousand-files": _files,
    "thousand-references": lambda path: _write(path, _chain(1000, lambda following: following)),
}
