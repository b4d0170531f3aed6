"""The decisions of one run of the sampler: all plain, but for the ones told otherwise."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Steps from the root of a value."""

Decision: TypeAlias = tuple[Path, str]
"""Where in the value something was chosen, and what."""

SPOILER: Final = "spoiler"
"""The decision to put a wrong value beside the declared ones: a way out, no variation worth showing."""

_TRACE_LIMIT: Final = 4000
_RANDOM_DEPTH: Final = 4


@dataclass(slots=True)
class Choices:
    """What a run asks at each decision, and the trace of its questions.

    Attributes:
        overrides: decisions that are told, each the number of an option.
        seed: 0 takes the first option, the plainest one, everywhere else.
        trace: the decisions asked, with the number of their options, in order.
    """

    overrides: Mapping[Decision, int] = field(default_factory=dict)
    seed: int = 0
    trace: dict[Decision, int] = field(default_factory=dict)

    def pick(self, path: Path, what: str, options: int, *, is_fallback: bool = False) -> int:
        """Return the number of one of *options*, 0 to options - 1; a fallback is never taken at random."""
        if options <= 1:
            return 0
        decision = (path, what)
        if len(self.trace) < _TRACE_LIMIT:
            self.trace[decision] = options
        told = self.overrides.get(decision)
        if told is not None:
            return told % options
        if self.seed == 0 or is_fallback or len(path) > _RANDOM_DEPTH:
            return 0
        return draw(self.seed, path, what) % options


def draw(seed: int, path: Path, what: str) -> int:
    """Return a number that depends on the arguments alone, the same in every process."""
    text = repr((seed, path, what)).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(text, digest_size=6).digest())
