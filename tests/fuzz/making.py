"""What is tried: documents made wrong, documents changed and still right, and documents in several files."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any, Final

from tests.fuzz.keeping import kept
from tests.fuzz.mutations import changed_once, mutant, written
from tests.fuzz.splitting import MAIN, Files, split

_LARGEST: Final = 400_000


def made(tree: Any, text: str, others: Sequence[Any], chance: random.Random) -> Files:
    """Return files made of *tree*, whose text is *text*; parts of *others* may get into them."""
    kind = chance.random()
    if kind < 0.3:
        return {MAIN: mutant(tree, text, others, chance)}
    changed = kept(tree, others, chance)
    try:
        if kind > 0.9:
            changed = changed_once(changed, others, chance)
        if chance.random() < 0.25:
            return split(changed, chance)
        return {MAIN: written(changed, chance)[:_LARGEST]}
    except RecursionError:  # a deep value in another one; those that are deep by themselves have gone through
        return {MAIN: text.encode()}
