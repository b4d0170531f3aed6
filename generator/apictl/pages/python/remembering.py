"""What earlier runs made of equal operations, with all schemas that they lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from apictl.contract.circles import components
from apictl.contract.schema import JsonValue, Schema, reference_name
from apictl.pages.memory import Memory, key_of
from apictl.pages.python.spelling import SpelledContract, SpelledOperation


@dataclass(frozen=True)
class Remembering:
    """Remembers what is made of operations one by one.

    Attributes:
        memory: where it is kept.
        keys: of each operation, by its id: all that is said of it.
    """

    memory: Memory = field(default_factory=Memory)
    keys: Mapping[str, str] = field(default_factory=dict)

    def recall(self, kind: str, operation: SpelledOperation) -> Any:
        """Return what was kept of the *kind* for an equal *operation*; None when nothing was."""
        key = self.keys.get(operation.operation.id)
        return None if key is None else self.memory.recall(f"{kind}-{key}")

    def keep(self, kind: str, operation: SpelledOperation, value: Any) -> None:
        """Keep *value*, plain values of JSON and not None, of the *kind* for *operation*."""
        key = self.keys.get(operation.operation.id)
        if key is not None:
            self.memory.keep(f"{kind}-{key}", value)


def remembering(spelled: SpelledContract, memory: Memory) -> Remembering:
    """Return what remembers in *memory* what is made of the operations of *spelled*."""
    definitions = {name: each.schema for name, each in spelled.contract.definitions.items()}
    closures = _closures(definitions)
    keys = {}
    for each in spelled.operations:
        said = repr(each)
        reached = sorted({*_named(said)} & definitions.keys())
        keys[each.operation.id] = key_of("operation", spelled.package, said, *(closures[name] for name in reached))
    return Remembering(memory, keys)


def _closures(definitions: Mapping[str, Schema]) -> dict[str, str]:
    """Return a digest of each definition with all that it leads to."""
    texts = {name: repr(schema) for name, schema in definitions.items()}
    edges = {name: sorted({*_named(text)} & definitions.keys()) for name, text in texts.items()}
    found: dict[str, str] = {}
    for circle in components(edges):
        own = sorted(part for name in circle for part in (name, texts[name]))
        beyond = sorted({found[each] for name in circle for each in edges[name] if each in found})
        found |= dict.fromkeys(circle, key_of("definition", *own, *beyond))
    return found


def _named(said: str) -> Iterator[str]:
    """Yield the names that references in *said*, the `repr` of schemas, may mean."""
    for part in said.split(_REFERENCE)[1:]:
        text = part[: part.index(part[0], 1)] if part[:1] in {"'", '"'} and part[0] in part[1:] else ""
        yield from filter(None, [_name(text[1:])])


_REFERENCE = "'$ref': "


def _name(reference: str) -> str | None:
    plain: dict[str, JsonValue] = {"$ref": reference}
    return reference_name(plain)
