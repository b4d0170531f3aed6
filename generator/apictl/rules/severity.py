"""How much a change weighs: the law, unless the team says otherwise."""

from __future__ import annotations

from apictl.diff.changes import Change
from apictl.findings import Severity
from apictl.rules.dials import Dials


def severity(change: Change, dials: Dials) -> Severity | None:
    """Return the weight of *change*; None when nothing is to be said.

    An error when it breaks somebody who keeps to the old contract, a warning when it often hurts all the same, else
    a note.
    """
    result: Severity | None = Severity.INFO
    if change.is_breaking:
        result = Severity.ERROR
    elif change.risk:
        result = Severity.WARNING
    path = change.label.partition(" ")[2]
    for override in dials.severities:
        if override.holds(change.rule, path):
            result = override.severity
    return result
