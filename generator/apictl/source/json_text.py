"""JSON text → tree: the parser of the standard library, and the scanner where that one finds a flaw."""

from __future__ import annotations

import json
import math
import re

from apictl.source.flaws import Flaw
from apictl.source.json_scanner import scan_json
from apictl.source.limits import MAX_DIGITS, MAX_NESTING
from apictl.source.tree import JsonValue

# Half a surrogate pair; an escaped backslash before it makes it harmless, which the scanner sees.
_LONE_SURROGATE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F]"
)
_TOO_DEEP = f"document is nested deeper than {MAX_NESTING} levels"


def read_json(text: str) -> tuple[JsonValue, list[Flaw]]:
    """Return the tree of *text* and its flaws; the tree is None after a flaw that leaves no usable one.

    Of equal keys the first counts; a number that can't be kept becomes None.
    """
    reading = _Reading()
    try:
        tree: JsonValue = json.loads(
            text,
            object_pairs_hook=reading.members,
            parse_int=reading.whole,
            parse_float=reading.fraction,
            parse_constant=reading.constant,
        )
    except json.JSONDecodeError as cause:
        flaws = scan_json(text)[1]
        return None, flaws or [Flaw("json-syntax", cause.pos, cause.msg.lower())]
    except RecursionError:
        return None, scan_json(text)[1] or [Flaw("nesting-limit", 0, _TOO_DEEP)]
    if reading.is_flawed or _is_deeper_than(MAX_NESTING, tree) or _has_lone_surrogate(text):
        spot, flaws = scan_json(text)
        # A tree that holds half a surrogate pair could be neither written nor printed.
        is_usable = spot is not None and all(flaw.rule != "control-character" for flaw in flaws)
        return (tree if is_usable else None), flaws
    return tree, []


class _Reading:
    """What the parser met on its way that the scanner has to place."""

    def __init__(self) -> None:
        self.is_flawed = False

    def members(self, pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
        """Return the object of *pairs*."""
        members = dict(pairs)
        if len(members) != len(pairs):
            self.is_flawed = True
            members = {}
            for key, value in pairs:
                members.setdefault(key, value)
        return members

    def whole(self, literal: str) -> int | None:
        """Return the integer that *literal* spells."""
        if len(literal) > MAX_DIGITS:
            self.is_flawed = True
            return None
        return int(literal)

    def fraction(self, literal: str) -> float | None:
        """Return the float that *literal* spells."""
        value = float(literal) if len(literal) <= MAX_DIGITS else math.inf
        if math.isinf(value):
            self.is_flawed = True
            return None
        return value

    def constant(self, _literal: str) -> None:
        """Refuse NaN and the infinities, which `json` accepts and RFC 8259 does not."""
        self.is_flawed = True


def _has_lone_surrogate(text: str) -> bool:
    # Looking for two plain texts first costs a tenth of the pattern.
    return ("\\ud" in text or "\\uD" in text) and _LONE_SURROGATE.search(text) is not None


def _is_deeper_than(limit: int, tree: JsonValue) -> bool:
    level = [tree]
    for _ in range(limit):
        level = [
            child
            for node in level
            if node
            for child in (node.values() if type(node) is dict else node if type(node) is list else ())
            if type(child) is dict or type(child) is list
        ]
        if not level:
            return False
    return True
