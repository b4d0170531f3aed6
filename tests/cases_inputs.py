"""Inputs of cases that are too large to be kept, or that no repository can hold."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final


def _brackets(count: int) -> Callable[[Path], None]:
    return lambda path: _write(path, "[" * count)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _nested_schema(path: Path) -> None:
    levels = 3000
    head = '{"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": {"A": '
    _write(path, head + '{"items": ' * levels + "{}" + "}" * levels + "}}}")


def _link_out(path: Path) -> None:
    path.symlink_to(path.parents[3] / "secret.yaml")


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _huge(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(200_000_000)


def _long_operation_id(path: Path) -> None:
    template = 'openapi: 3.1.0\ninfo: {{title: T, version: "1"}}\npaths:\n  /x:\n    get:\n      operationId: {}\n'
    _write(path, template.format("x" * 5000) + '      responses: {"204": {description: done}}\n')


INPUTS: Final[dict[str, Callable[[Path], None]]] = {
    "20000-brackets": _brackets(20_000),
    "200000-brackets": _brackets(200_000),
    "3000-level-schema": _nested_schema,
    "200-megabytes": _huge,
    "link-out-of-the-workspace": _link_out,
    "long-operation-id": _long_operation_id,
    "pipe": _pipe,
}
