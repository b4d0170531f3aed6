"""Agreement with the verdicts of another tool on the pairs of its own tests: `python -m tests.diff.suite`.

The folder of the suites is in `APICTL_SUITES`; without it, `shared/suites` beside the project.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from apictl.diff.changes import Change
from apictl.rules.dials import Dials
from apictl.rules.walk import changes
from tests.diff.suite_documents import SUITE, contract
from tests.diff.suite_edits import EDITS
from tests.diff.suite_names import our_names
from tests.diff.suite_reasons import REASONS

TODAY: Final = dt.date(2026, 11, 21)
ITS_DIALS: Final = Dials(today=TODAY, is_sunset_needed=False)
"""What the other tool does unless it is told otherwise: what is deprecated may go, without a date as well."""
DIALS: Final = {"TestBreaking_ParameterDeprecationWithoutSunsetWithPolicy": Dials(today=TODAY, deprecation_days=30)}
"""By the name of the case, what its test sets."""
ABOUT: Final = {
    "TestBreaking_NoChangeToSunsetDeprecatedEndpoint": "sunset-.*|deprecated-.*",
    "TestResponseTypeCheckerSuppressedForNullOnly31": "type-.*",
    "TestTypeCheckerSuppressedForNullOnly31": "type-.*",
}
"""By the name of the case, what its test is about and expects nothing of."""
_INDIRECT: Final = "condition-changed|not-changed|dependent-schemas-changed|schema-changed"
"""What is told where a change stands below a keyword that turns its effect round."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with what is said about it here.

    Attributes:
        case: of the suite.
        verdict: "breaking", "compatible", "equal documents" or "refused".
        named: the changes that the case is about; all, when it is about its whole documents.
        others: the rest.
    """

    case: dict[str, Any]
    verdict: str
    named: tuple[Change, ...] = ()
    others: tuple[Change, ...] = ()

    @property
    def name(self) -> str:
        """The name of the case."""
        return str(self.case["name"])

    @property
    def agrees(self) -> bool:
        """Whether both say the same; a warning wants the change to be told of, whatever its weight."""
        expected = self.case["verdict"]
        return bool(self.named) if expected == "warning" else self.verdict == expected


def cases() -> list[dict[str, Any]]:
    """Return the cases of the suite."""
    found: list[dict[str, Any]] = json.loads((SUITE / "cases.json").read_text(encoding="utf-8"))["cases"]
    return found


def judge(case: dict[str, Any]) -> Judged:
    """Return what is said here about *case*."""
    edits = EDITS.get(case["name"], ())
    old = contract(case["base"], tuple(edit for edit in edits if edit.which == "base"))
    new = contract(case["revision"], tuple(edit for edit in edits if edit.which == "revision"))
    if old is None or new is None:
        return Judged(case, "refused")
    found = changes(old, new, DIALS.get(case["name"], ITS_DIALS))
    names = ABOUT.get(case["name"]) or our_names(case["oasdiff_ids"])
    names += f"|{_INDIRECT}" if "Traversal" in case["name"] else ""
    if case["whole_document"] or not names:
        named = found
    else:
        sides = {each.partition("-")[0] for each in case["oasdiff_ids"]}
        named = tuple(change for change in found if re.fullmatch(names, change.rule) and _is_of(change, sides))
    verdict = "breaking" if any(change.is_breaking for change in named) else "compatible"
    return Judged(case, verdict, named, tuple(change for change in found if change not in named))


def _is_of(change: Change, sides: set[str]) -> bool:
    """Whether *change* stands in the part of the operation that ids beginning with one of *sides* speak of."""
    is_answer = " of response " in f" of {change.part}"
    return not sides or sides - {"request", "response"} != set() or ("response" if is_answer else "request") in sides


def main() -> None:
    """Print the agreement and each disagreement with its reason."""
    judged = [judge(case) for case in cases()]
    differing = [each for each in judged if not each.agrees]
    for line in _told(differing):
        print(line)  # noqa: T201 - a script
    missed = [each for each in differing if each.case["verdict"] == "breaking" and each.name not in REASONS]
    agreed = len(judged) - len(differing)
    print(f"{agreed} of {len(judged)} verdicts agree ({agreed / len(judged):.1%})")  # noqa: T201 - a script
    print(f"{len(missed)} breaking pairs missed without a reason")  # noqa: T201 - a script
    errors = [change for each in judged for change in (*each.named, *each.others) if change.is_breaking]
    proofs = Counter(change.proof.value for change in errors)
    print("breaking changes by proof:", dict(sorted(proofs.items())))  # noqa: T201 - a script
    sys.exit(bool(missed))


def _told(differing: list[Judged]) -> Iterator[str]:
    for each in differing:
        yield f"{each.name}: {each.case['verdict']} there, {each.verdict} here"
        yield f"    what: {each.case['what'][:160]}"
        its_ids = ", ".join(each.case["oasdiff_ids"]) or "nothing"
        yield f"    there: {its_ids} ({each.case['base']} {each.case['revision']})"
        for change in (*each.named, *each.others):
            mark = "breaks" if change.is_breaking else "harmless"
            yield f"    here: {mark} [{change.rule}] {change.message} {change.waiver}"
        yield f"    reason: {REASONS.get(each.name, 'NONE YET')}"


if __name__ == "__main__":
    main()
