"""The changes of a document's text that change nothing of its meaning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Final, TypeAlias

from tests.diff.rewriting.compositions import flattened
from tests.diff.rewriting.document import Tree
from tests.diff.rewriting.parameters import moved
from tests.diff.rewriting.references import extracted, inlined, renamed
from tests.diff.rewriting.spellings import nullable, reordered, upgraded

Rewrite: TypeAlias = Callable[[Tree, Random], int | None]
"""Changes a document in place; returns at how many places, None where it can't be done to such a document."""


def itself(_document: Tree, _random: Random) -> int:
    """Leave the document as it is: only its text is another."""
    return 0


def together(document: Tree, random: Random) -> int:
    """Do everything else, one after the other, in an order that *random* chooses."""
    rewrites: list[Rewrite] = [inlined, extracted, flattened, reordered, upgraded, nullable, renamed, moved]
    random.shuffle(rewrites)
    return sum(rewrite(document, random) or 0 for rewrite in rewrites)


EACH: Final[Mapping[str, Rewrite]] = {
    "itself": itself,
    "inlined": inlined,
    "extracted": extracted,
    "flattened": flattened,
    "reordered": reordered,
    "upgraded": upgraded,
    "nullable": nullable,
    "renamed": renamed,
    "moved": moved,
}
REWRITES: Final[Mapping[str, Rewrite]] = {**EACH, "together": together}
