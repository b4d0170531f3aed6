"""How much a change weighs: the law, unless the team says otherwise."""

from __future__ import annotations

from apictl.diff.changes import Change
from apictl.findings import Severity
from apictl.rules.dials import Dials


def severity(change: Change, dials: Dials) -> Severity | None:
    """Return the weight of *change*: an error when it breaks somebody, else a note; None when nothing is to be said."""
    result: Severity | None = Severity.ERROR if change.is_breaking else Severity.INFO
    path = change.label.partition(" ")[2]
    for override in dials.severities:
        if override.holds(change.rule, path):
            result = override.severity
    return result
