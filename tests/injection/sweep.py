"""Tries every payload in every place.

    python -m tests.injection.sweep

Prints a line for each flaw and one with the totals; exit code 1 when there is a flaw.
"""

from __future__ import annotations

import sys

from tests.injection.escapes import flaws
from tests.injection.places import PAYLOADS, PLACES


def main() -> int:
    """Return the exit code."""
    found = 0
    for place in PLACES:
        for name, payload in PAYLOADS.items():
            for flaw in flaws(place, payload):
                found += 1
                sys.stdout.write(f"{place.name} {name}: {flaw}\n")
    sys.stdout.write(f"{len(PLACES)} places x {len(PAYLOADS)} payloads: {found} flaws\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
