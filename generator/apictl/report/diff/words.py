"""What is told of a change besides its message: the same words in every format."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, assert_never

from apictl.diff.changes import Change, Proof
from apictl.diff.law import Side
from apictl.diff.witnesses.search import Witness
from apictl.report.diff.example import MarkedLine, marked_line
from apictl.report.diff.request import request_line
from apictl.report.diff.verdict import Agreement, Consumer, Verdict
from apictl.report.text import printable, sentence, spot

UNPROVEN: Final = "unproven: no value was found that shows it"
ADVICE: Final = "to agree to a change: apictl diff --accept ID --reason WHY --expires DATE"
_CONSUMERS: Final = 12
_USES: Final = 6
_NAME: Final = 100


def details(verdict: Verdict) -> Iterator[str]:
    """Yield printable lines: where it was, what shows it, who feels it, what to do."""
    change = verdict.change
    if change.old != verdict.finding.place:
        yield f"was at {spot(change.old)}"
    if change.witness is not None:
        yield f"{told(change.side, change.witness)}: {witness_line(change, width=200).text}"
    yield from remarks(verdict)
    if verdict.finding.hint:
        yield f"hint: {sentence(verdict.finding.hint)}"
    if verdict.agreement is not None:
        yield agreed(verdict.agreement)
    elif verdict.hurts:
        yield f"id: {verdict.id}"


def remarks(verdict: Verdict) -> Iterator[str]:
    """Yield printable lines: that nothing shows it, why it breaks nobody, where else it is felt, who is hit."""
    change = verdict.change
    if change.witness is None and change.proof is Proof.UNPROVEN:
        yield UNPROVEN
    if change.waiver:
        yield f"breaks nobody: {sentence(change.waiver)}"
    if change.risk:
        yield f"hurts often: {sentence(change.risk)}"
    if places := felt(change):
        yield f"also felt at {places}"
    if verdict.consumers:
        yield f"hits {named(verdict.consumers)}"


def witness_line(change: Change, *, width: int) -> MarkedLine:
    """Return the witness that *change* has in *width* columns if it can be, as a request where that is short."""
    if change.witness is None:
        raise ValueError(change)
    line = request_line(change)
    return line or marked_line(change.witness.value, change.witness.path, width=width)


def request_text(change: Change) -> str | None:
    """Return the request that the witness of *change* belongs to, where that is short."""
    line = request_line(change)
    return None if line is None else line.text


def told(side: Side, witness: Witness) -> str:
    """Return what *witness* shows, as "accepted before, refused now"."""
    is_old = witness.accepted_by == "old"
    match side:
        case Side.ACCEPTS:
            return "accepted before, refused now" if is_old else "refused before, accepted now"
        case Side.PRODUCES:
            return "possible before, never sent now" if is_old else "never sent before, possible now"
        case _:
            assert_never(side)


def is_harm(side: Side, witness: Witness) -> bool:
    """Whether *witness* shows what hurts, not what is new."""
    return (witness.accepted_by == "old") is (side is Side.ACCEPTS)


def felt(change: Change) -> str:
    """Return where else *change* is felt, besides what the message speaks of; "" for nowhere."""
    labels = list(dict.fromkeys(use.label for use in change.uses if use.label and use.label != change.label))
    return _listed([_cut(label) for label in labels], _USES)


def named(consumers: tuple[Consumer, ...]) -> str:
    """Return *consumers* with their owners."""
    names = [f"{each.service} ({_cut(each.owner)})" if each.owner else each.service for each in consumers]
    return _listed(names, _CONSUMERS)


def agreed(agreement: Agreement) -> str:
    """Return who agreed, until when and why."""
    words = f"agreed to by {agreement.owner} until {agreement.expires}: {agreement.reason}"
    return f"{printable(words)} ({spot(agreement.place)})"


def _cut(text: str) -> str:
    return printable(text if len(text) <= _NAME else text[: _NAME - 1] + "…")


def _listed(names: list[str], most: int) -> str:
    more = [f"{len(names) - most} more"] if len(names) > most else []
    return ", ".join([*names[:most], *more])
