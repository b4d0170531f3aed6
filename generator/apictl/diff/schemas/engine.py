"""Goals and how they are reached: without recursion in Python, each once, cycles by coinduction, within a budget."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from apictl.diff.schemas.node import Node

_GOAL_STEPS: Final = 400_000
"""Most steps for the sake of one goal: a step is a question that is answered, a goal that is begun counts as ten."""
_BEGUN: Final = 10
_LEAST_STEPS: Final = 2_000
_ALL_STEPS: Final = 3_000_000
"""Most steps in the life of an engine; afterwards only what is known is proved."""
_HEIGHT_LIMIT: Final = 30_000
_NEVER: Final = 1 << 60


@dataclass(frozen=True, slots=True)
class Goal:
    """The claim that every value which all nodes of `sub` allow is allowed by `sup`.

    Attributes:
        sub: the nodes; their order means nothing.
        sup: the node.
        is_below: the claim is about a part of the value that the claim behind it is about.
    """

    sub: tuple[Node, ...]
    sup: Node
    is_below: bool = False


Proof: TypeAlias = Generator[Goal, bool, bool]
"""The way to a goal: asks for other goals, and returns whether it is reached."""

Key: TypeAlias = tuple[tuple[int, ...], int]


@dataclass(slots=True)
class _Frame:
    key: Key
    proof: Proof
    depth: int
    trail: int
    leans_on: int = _NEVER
    """The lowest frame whose claim was taken for granted."""


@dataclass(slots=True)
class Engine:
    """Reaches goals.

    A claim that is met again while it is being proved may be taken for granted when it is about a smaller value
    by then: a value that contradicts it would contain a smaller one that does. About the same value that
    would go in a circle, and counts as not proved.

    Attributes:
        prepare: gives the key of a goal, and its proof; an answer instead of a proof when it is at hand.
    """

    prepare: Callable[[Goal], tuple[Key, Proof | bool]]
    _known: dict[Key, bool] = field(default_factory=dict)
    _granted: dict[Key, tuple[int, int]] = field(default_factory=dict)
    _trail: list[Key] = field(default_factory=list)
    _goal_steps: int = _GOAL_STEPS
    _steps_left: int = _ALL_STEPS

    def is_reached(self, goal: Goal) -> bool:
        """Whether *goal* is proved; False also means that it is not known."""
        stack: list[_Frame] = []
        opened: dict[Key, int] = {}
        steps = min(self._goal_steps, self._steps_left)
        answer = self._begin(goal, stack, opened)
        key = stack[0].key if stack else None
        while stack:
            if steps <= 0 or len(stack) > _HEIGHT_LIMIT:
                self._abandon(stack)
                # Who asks for more than that asks for it again and again.
                self._goal_steps = max(self._goal_steps // 2, _LEAST_STEPS)
                if key is not None:
                    self._known[key] = False
                return False
            top = stack[-1]
            try:
                wanted = next(top.proof) if answer is None else top.proof.send(answer)
            except StopIteration as end:
                answer = self._finish(stack, opened, is_reached=bool(end.value))
                continue
            before = len(stack)
            answer = self._begin(wanted, stack, opened)
            cost = _BEGUN if len(stack) > before else 1
            steps -= cost
            self._steps_left -= cost
        return bool(answer)

    def _begin(self, goal: Goal, stack: list[_Frame], opened: dict[Key, int]) -> bool | None:
        """Answer *goal* at once; or put it on the *stack* and return None."""
        key, proof = self.prepare(goal)
        if isinstance(proof, bool):
            return proof
        known = self._known.get(key)
        if known is not None:
            return known
        top = stack[-1] if stack else None
        depth = 0 if top is None else top.depth + goal.is_below
        if top is not None and key in self._granted:
            leans_on, granted_depth = self._granted[key]
            if depth >= granted_depth:  # else what it leans on might be the same value here
                top.leans_on = min(top.leans_on, leans_on)
                return True
        if key in opened:
            index = opened[key]
            if top is None or depth <= stack[index].depth:
                return False
            top.leans_on = min(top.leans_on, index)
            return True
        opened[key] = len(stack)
        stack.append(_Frame(key, proof, depth, len(self._trail)))
        return None

    def _finish(self, stack: list[_Frame], opened: dict[Key, int], *, is_reached: bool) -> bool:
        frame = stack.pop()
        index = len(stack)
        del opened[frame.key]
        entries = self._trail[frame.trail :]
        if not is_reached:
            # What was proved on the way may have taken this claim for granted.
            for key in entries:
                self._granted.pop(key, None)
            del self._trail[frame.trail :]
            self._known[frame.key] = False
        elif frame.leans_on >= index:
            for key in entries:
                self._granted.pop(key, None)
                self._known[key] = True
            del self._trail[frame.trail :]
            self._known[frame.key] = True
        else:
            self._granted[frame.key] = (frame.leans_on, frame.depth)
            self._trail.append(frame.key)
        if stack and frame.leans_on < index:
            stack[-1].leans_on = min(stack[-1].leans_on, frame.leans_on)
        return is_reached

    def _abandon(self, stack: list[_Frame]) -> None:
        for frame in reversed(stack):
            frame.proof.close()
        self._granted.clear()
        self._trail.clear()
