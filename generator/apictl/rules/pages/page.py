"""One page about a kind of difference between two schemas, with an example that is true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, assert_never

from apictl.diff.law import Effect, Side


@dataclass(frozen=True, slots=True)
class Example:
    """Two schemas of one value.

    Attributes:
        before: in YAML.
        after: in YAML.
        side: which way the value travels; where it hurts, if it hurts anywhere.
        hurts: somebody who keeps to the old contract.
    """

    before: str
    after: str
    side: Side = Side.ACCEPTS
    hurts: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """What is to be known of a kind of difference.

    Attributes:
        id: the kind.
        fact: what happened; one line.
        story: what that means, for whom, what to do; CommonMark text.
        effect: of the example, on the values that are allowed.
        example: what it looks like.
    """

    id: str
    fact: str
    story: str
    effect: Effect
    example: Example

    @property
    def text(self) -> str:
        """The whole page; CommonMark text."""
        where = "request" if self.example.side is Side.ACCEPTS else "answer"
        blocks = (
            f"```yaml {age} {where}\n{text.strip()}\n```\n"
            for age, text in (("before", self.example.before), ("after", self.example.after))
        )
        return "\n".join([self.fact, "", self.story, "", *blocks])


_REQUESTS: Final = "In requests that breaks: what was accepted is refused."
_ANSWERS: Final = "In answers that breaks: what never came may come."


def consequence(effect: Effect) -> str:
    """Return whom a difference of *effect* hurts."""
    match effect:
        case Effect.NARROWS:
            return f"{_REQUESTS} In answers it hurts nobody: what comes is what could come before."
        case Effect.WIDENS:
            return f"{_ANSWERS} In requests it hurts nobody: all that was accepted still is."
        case Effect.INCOMPARABLE:
            return f"{_REQUESTS} {_ANSWERS}"
        case Effect.NEUTRAL:
            return "It breaks nobody: what is allowed stays the same."
        case _:
            assert_never(effect)


def narrowing(kind: str, fact: str, story: str, before: str, after: str) -> Page:
    """Return the page of what allows less; its example is a request."""
    return Page(kind, fact, f"{story}\n\n{consequence(Effect.NARROWS)}", Effect.NARROWS, Example(before, after))


def widening(kind: str, fact: str, story: str, before: str, after: str) -> Page:
    """Return the page of what allows more; its example is an answer."""
    example = Example(before, after, Side.PRODUCES)
    return Page(kind, fact, f"{story}\n\n{consequence(Effect.WIDENS)}", Effect.WIDENS, example)


def changing(kind: str, fact: str, story: str, before: str, after: str) -> Page:
    """Return the page of what allows other values than before; its example is a request."""
    story = f"{story}\n\n{consequence(Effect.INCOMPARABLE)}"
    return Page(kind, fact, story, Effect.INCOMPARABLE, Example(before, after))


def saying(kind: str, fact: str, story: str, before: str, after: str) -> Page:
    """Return the page of what only says something else; its example is an answer."""
    example = Example(before, after, Side.PRODUCES, hurts=False)
    return Page(kind, fact, f"{story}\n\n{consequence(Effect.NEUTRAL)}", Effect.NEUTRAL, example)
