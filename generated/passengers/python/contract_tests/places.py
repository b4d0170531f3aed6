"""Where an operation stands in the contract's own file."""

from __future__ import annotations

import functools
from pathlib import Path

import yaml

from .cases import OperationCase

_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def place_of(operation: OperationCase) -> str:
    """Return `file:line` of *operation*; its JSON Pointer where the file is not at hand."""
    line = _line(operation.source, operation.pointer)
    return f"{operation.source}#{operation.pointer}" if line is None else f"{operation.source}:{line}"


@functools.cache
def _line(source: str, pointer: str) -> int | None:
    """Return the line of *pointer* in *source*, a path relative to a folder around this one."""
    found = next((folder / source for folder in Path(__file__).parents if (folder / source).is_file()), None)
    if found is None:
        return None
    try:
        node = yaml.compose(found.read_bytes(), _LOADER)
    except (OSError, yaml.YAMLError, RecursionError):
        return None
    line: int | None = None
    for token in pointer.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        match node:
            case yaml.MappingNode(value=pairs):
                entry = next((pair for pair in pairs if pair[0].value == key), None)
                if entry is None:
                    return None
                line, node = entry[0].start_mark.line + 1, entry[1]
            case yaml.SequenceNode(value=items) if key.isdigit() and int(key) < len(items):
                node = items[int(key)]
                line = node.start_mark.line + 1
            case _:
                return None
    return line
