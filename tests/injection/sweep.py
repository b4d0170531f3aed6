"""Tries every payload in every place.

    python -m tests.injection.sweep [PLACE]...

Prints for each place how many payloads were accepted and how many refused, and for what; then a line for each flaw and
one with the totals. The exit code is 1 when there is a flaw.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor

from tests.injection.escapes import Verdict, verdict
from tests.injection.event_places import EVENT_PLACES
from tests.injection.places import PAYLOADS
from tests.injection.places import PLACES as REQUEST_PLACES

PLACES = (*REQUEST_PLACES, *EVENT_PLACES)

Pair = tuple[int, str]
"""Number of a place, name of a payload."""


def main(names: Sequence[str]) -> int:
    """Try the places called *names*, or all, and return the exit code."""
    pairs = [
        (number, payload)
        for number, place in enumerate(PLACES)
        if not names or place.name in names
        for payload in PAYLOADS
    ]
    with ProcessPoolExecutor() as pool:
        verdicts = dict(zip(pairs, pool.map(_tried, pairs, chunksize=len(PAYLOADS)), strict=True))
    for number in dict.fromkeys(number for number, _ in pairs):
        sys.stdout.write(_line(number, [verdicts[number, payload] for payload in PAYLOADS]))
    flaws = [(*pair, flaw) for pair, each in verdicts.items() for flaw in each.flaws]
    for number, payload, flaw in flaws:
        sys.stdout.write(f"{PLACES[number].name} {payload}: {flaw}\n")
    sys.stdout.write(_totals(verdicts.values(), flaws=len(flaws)))
    return 1 if flaws else 0


def _tried(pair: Pair) -> Verdict:
    number, payload = pair
    try:
        return verdict(PLACES[number], PAYLOADS[payload])
    except Exception as fault:  # noqa: BLE001 - whatever it is, the sweep goes on and tells it
        return Verdict((), (f"{type(fault).__name__}: {str(fault)[:200]}",))


def _line(number: int, verdicts: Sequence[Verdict]) -> str:
    reasons = Counter(reason for each in verdicts for reason in dict.fromkeys(each.refusals))
    refused = sum(bool(each.refusals) for each in verdicts)
    why = ", ".join(f"{reason} {count}" for reason, count in sorted(reasons.items()))
    place = PLACES[number]
    kind = "text" if place.is_prose else "name"
    return f"{place.name:38} {kind}  {len(verdicts) - refused} accepted, {refused} refused  {why}".rstrip() + "\n"


def _totals(verdicts: Iterable[Verdict], *, flaws: int) -> str:
    refused = [bool(each.refusals) for each in verdicts]
    accepted = len(refused) - sum(refused)
    return f"{len(refused)} pairs: {accepted} accepted, {sum(refused)} refused with a place; {flaws} flaws\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
