"""The values found by a hunt: ranked, made smaller, and confirmed by both validators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from apictl.contract.schema import JsonValue
from apictl.contract.values.conjunction import identity
from apictl.diff.schemas.difference import SchemaDifference
from apictl.diff.witnesses.blame import EXACT, Relevance, relevance
from apictl.diff.witnesses.opinions import Opinions
from apictl.diff.witnesses.routes import Route
from apictl.diff.witnesses.shrinking import shrunk, size

_CONFIRMED_LIMIT: Final = 6
_CONFIRMED_EFFORT: Final = 400_000
"""Most schemas applied to confirm values in one stage; jsonschema does some 300,000 a second."""
_SPENT_LIMIT: Final = 400_000
"""Most schemas applied to look at values that are dear to judge: reasons cost fifty times as much as verdicts."""
_LIGHT_EFFORT: Final = 2_000
_SMALLER_EFFORT: Final = 1_000_000
_LEAST_SMALLER: Final = 16


@dataclass(frozen=True, slots=True)
class Catch:
    """A value that both validators accept by one schema and refuse by the other.

    Attributes:
        value: of the roots.
        path: to the part that is refused.
    """

    value: JsonValue
    path: Route


class Catches:
    """Keeps the values that show a difference.

    Attributes:
        perfect: how many of them are refused for the difference alone.
    """

    def __init__(self, difference: SchemaDifference, *, accepts: Opinions, refuses: Opinions) -> None:
        """Take the *difference*, and the opinions of the side that should accept and of the other one."""
        self.perfect = 0
        self._difference = difference
        self._accepts = accepts
        self._refuses = refuses
        self._spent = 0
        self._seen: dict[str, bool] = {}
        self._kept: list[tuple[Relevance, JsonValue]] = []

    def considers(self, value: JsonValue) -> bool:
        """Keep *value* if it shows the difference; whether it does."""
        key = identity(value)
        if key not in self._seen:
            effort = self._refuses.effort(value)
            self._spent += effort if effort > _LIGHT_EFFORT else 0
            is_dear = effort > _LIGHT_EFFORT and self._spent > _SPENT_LIMIT
            shown = None if is_dear or not self._are_quick(value) else self._relevance(value)
            self._seen[key] = shown is not None
            if shown is not None:
                self._kept.append((shown, value))
                self.perfect += shown.distance == EXACT and shown.foreign == 0
        return self._seen[key]

    def confirmed(self) -> Catch | None:
        """Return the best and smallest of the kept values that is confirmed; they are not kept any longer."""
        smaller = [self._smaller(shown, value) for shown, value in sorted(self._kept, key=_rank)[:_CONFIRMED_LIMIT]]
        self._kept.clear()
        self.perfect = 0
        effort = 0
        for shown, value in sorted(smaller, key=_rank):
            effort += self._accepts.effort(value) + self._refuses.effort(value)
            if effort > _CONFIRMED_EFFORT:
                return None
            if self._accepts.is_accepted(value) and self._refuses.is_refused(value):
                return Catch(value, shown.path)
        return None

    def _are_quick(self, value: JsonValue) -> bool:
        return self._accepts.is_quick(value) and self._refuses.is_quick(value)

    def _relevance(self, value: JsonValue) -> Relevance | None:
        if not self._accepts.judge.is_valid(value) or self._refuses.judge.is_valid(value):
            return None
        return relevance(self._refuses.judge, value, self._difference)

    def _smaller(self, shown: Relevance, value: JsonValue) -> tuple[Relevance, JsonValue]:
        # What is left out makes nothing dearer to judge.
        def is_kept(other: JsonValue) -> bool:
            found = self._relevance(other)
            return found is not None and (found.distance, found.foreign) <= (shown.distance, shown.foreign)

        effort = 1 + self._accepts.effort(value) + self._refuses.effort(value)
        limit = max(_SMALLER_EFFORT // effort, _LEAST_SMALLER)
        small = shrunk(value, shown.path, is_kept=is_kept, limit=limit)
        return self._relevance(small) or shown, small


def _rank(found: tuple[Relevance, JsonValue]) -> tuple[int, int, tuple[int, int]]:
    shown, value = found
    return shown.distance, shown.foreign, size(value)
