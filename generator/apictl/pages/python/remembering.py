"""What earlier runs made of equal operations, with all schemas that they lead to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from apictl.contract.circles import components
from apictl.contract.schema import JsonValue, Schema, reference_name
from apictl.pages.memory import Memory, key_of
from apictl.pages.python.spelling import SpelledBody, SpelledContract, SpelledOperation


@dataclass(frozen=True)
class Remembering:
    """Remembers what is made of operations one by one.

    Attributes:
        memory: where it is kept.
        keys: of each operation, by its id: all that is said of it.
        said: the schema of each definition as text, by name.
    """

    memory: Memory = field(default_factory=Memory)
    keys: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)

    def key(self, *operations: SpelledOperation, beside: Iterable[object] = ()) -> str:
        """Return what decides about what is made of *operations*, and of what is said *beside* them."""
        return key_of("view", *(self.keys[each.operation.id] for each in operations), *map(repr, beside))

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
    texts = {name: _text(each.schema) for name, each in spelled.contract.definitions.items()}
    closures = _closures(texts)
    keys = {}
    for each in spelled.operations:
        said = _said(each)
        reached = sorted({*_named(said)} & texts.keys())
        keys[each.operation.id] = key_of("operation", spelled.package, said, *(closures[name] for name in reached))
    return Remembering(memory, keys, texts)


def _said(operation: SpelledOperation) -> str:
    """Return all of *operation* as a text that no other has."""
    # What is declared is said once, though what is spelled of it holds it, too: most of it are long examples.
    spelled = [
        operation.operation,
        [operation.function, operation.constant, operation.returns, operation.paging, _said_of(operation.body)],
        [
            [each.parameter.location, each.parameter.name, each.argument, each.annotation, each.key, each.has_default]
            for each in operation.parameters
        ],
        [
            [answer.response.status, answer.is_success, answer.class_name, _said_of(answer.body)]
            + [[each.header.name, each.attribute, each.annotation, each.key] for each in answer.headers]
            for answer in operation.answers
        ],
    ]
    try:
        return orjson.dumps(spelled, default=dict).decode()
    except (TypeError, ValueError):  # as below
        return repr(operation)


def _said_of(body: SpelledBody | None) -> list[object]:
    if body is None:
        return []
    contents = [
        # As JSON, a type of one class would read like that of another with the same attributes.
        [
            each.media_type.name,
            each.kind,
            repr(each.type),
            each.annotation,
            each.judged,
            each.item,
            each.event,
            each.sent,
        ]
        for each in body.contents
    ]
    return [contents, body.keys, body.annotation, body.is_required, body.event_keys]


def _text(schema: Schema) -> str:
    """Return *schema* as a text that no other has; as JSON in a tenth of the time of `repr`, where JSON can say it."""
    try:
        return orjson.dumps(schema, default=dict).decode()
    except (TypeError, ValueError):  # a number beyond 64 bits, half a surrogate pair
        return repr(schema)


def _closures(texts: Mapping[str, str]) -> dict[str, str]:
    """Return a digest of each definition with all that it leads to."""
    edges = {name: sorted({*_named(text)} & texts.keys()) for name, text in texts.items()}
    found: dict[str, str] = {}
    for circle in components(edges):
        own = sorted(part for name in circle for part in (name, texts[name]))
        beyond = sorted({found[each] for name in circle for each in edges[name] if each in found})
        found |= dict.fromkeys(circle, key_of("definition", *own, *beyond))
    return found


def _named(said: str) -> Iterator[str]:
    """Yield the names that references in *said*, schemas as JSON or by `repr`, may mean."""
    for text in dict.fromkeys(_REFERENCE.findall(said)):
        yield from filter(None, [_name(text[1:-1])])


_REFERENCE = re.compile(r"""\$ref["']: ?("[^"]*"|'[^']*')""")


def _name(reference: str) -> str | None:
    plain: dict[str, JsonValue] = {"$ref": reference}
    return reference_name(plain)
