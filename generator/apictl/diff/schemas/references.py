"""The references between definitions, and the order in which none comes before what it refers to."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import orjson

from apictl.contract.circles import Key
from apictl.contract.schema import Schema, walk_subschemas

_REFERENCE: Final = re.compile(rb'"\$ref": ?"((?:[^"\\]|\\.)*)"')


def text_of(schema: Schema) -> bytes:
    """Return *schema* as JSON text, in its own order; a text of its own when it is nested too deeply for that."""
    plain = schema if isinstance(schema, bool | dict) else dict(schema)
    try:
        return orjson.dumps(plain)
    except (TypeError, ValueError):  # a number of more than 64 bits, a lone surrogate
        try:
            return json.dumps(plain).encode()
        except (RecursionError, ValueError):
            return b"too deep: %d" % id(schema)


def references_in(schema: Schema, text: bytes) -> tuple[str, ...]:
    """Return what `$ref` says in a *schema* whose JSON is *text*, in that order, repetitions included."""
    if text.startswith(b"too deep"):
        said = [each.get("$ref") for _, each in walk_subschemas(schema) if not isinstance(each, bool)]
        return tuple(each for each in said if isinstance(each, str))
    return tuple(
        str(json.loads(b'"' + token + b'"')) if b"\\" in token else token.decode(errors="replace")
        for token in _REFERENCE.findall(text)
    )


def refined(
    members: Sequence[Key],
    content: Callable[[Key, Mapping[Key, int]], int],
    *,
    number: Callable[[object], int],
    most_rounds: int,
) -> dict[Key, int] | None:
    """Return a colour for each member of a cycle; members that mean the same have the same, in any cycle.

    All begin with the same colour. Each round tells members apart by their *content*, in which references are the
    colours of their targets, until a round tells no more apart. *number* gives equal things equal numbers.
    None when that takes more than *most_rounds*.
    """
    colours = dict.fromkeys(members, number("a cycle"))
    for _ in range(most_rounds):
        kinds = len(set(colours.values()))
        colours = {member: number((colour, content(member, colours))) for member, colour in colours.items()}
        if len(set(colours.values())) == kinds:
            # Cycles with the same colours after a round that told nothing more apart can't be told apart any more.
            palette = tuple(sorted(set(colours.values())))
            return {member: number(("cycle", palette, colour)) for member, colour in colours.items()}
    return None
