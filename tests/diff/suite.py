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
from tests.diff.suite_names import is_beside, tells_of
from tests.diff.suite_reasons import REASONS

TODAY: Final = dt.date(2026, 11, 21)
ITS_DIALS: Final = Dials(today=TODAY, is_sunset_needed=False, is_respelling_told=True)
"""What the other tool does unless it is told otherwise.

What is deprecated may go, without a date as well; what is only written otherwise is told of.
"""
DIALS: Final = {
    "TestBreaking_ParameterDeprecationWithoutSunsetWithPolicy": Dials(
        today=TODAY, deprecation_days=30, is_respelling_told=True
    )
}
"""By the name of the case, what its test sets."""
ABOUT: Final = {
    "TestBreaking_NoChangeToSunsetDeprecatedEndpoint": "sunset-.*|deprecated-.*",
    "TestResponseTypeCheckerSuppressedForNullOnly31": "type-.*",
    "TestTypeCheckerSuppressedForNullOnly31": "type-.*",
}
"""By the name of the case, what its test is about and expects nothing of."""
_INDIRECT: Final = "condition-changed|not-changed|dependent-schemas-changed"
"""What is told where a change stands below a keyword that turns its effect round."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with what is said about it here.

    Attributes:
        case: of the suite.
        verdict: on the changes that the case is about: "breaking", "compatible" or "refused".
        named: the changes that the case is about; all, when it is about its whole documents or names none.
        others: the rest.
        untold: ids of what the case names and nothing here tells of.
    """

    case: dict[str, Any]
    verdict: str
    named: tuple[Change, ...] = ()
    others: tuple[Change, ...] = ()
    untold: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the case."""
        return str(self.case["name"])

    @property
    def is_about_whole(self) -> bool:
        """Whether the case is about all that differs in its documents, or names nothing in them."""
        return bool(self.case["whole_document"]) or not self.case["oasdiff_ids"]

    @property
    def agrees(self) -> bool:
        """Whether whole documents get the same verdict, or what the case names is told of, whatever its weight."""
        return self.weighs_the_same if self.is_about_whole else self.verdict != "refused" and not self.untold

    @property
    def weighs_the_same(self) -> bool:
        """Whether both say the same of what the case is about; a warning wants it to be told of."""
        expected = self.case["verdict"]
        is_told = self.is_about_whole or not self.untold
        return is_told and (not self.untold if expected == "warning" else self.verdict == expected)


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
    besides = _INDIRECT if "Traversal" in case["name"] else ""
    told = {
        each: [
            change
            for change in found
            if tells_of(change, each, besides) and (case["whole_document"] or is_beside(change, each))
        ]
        for each in case["oasdiff_ids"]
    }
    named = found
    if case["name"] in ABOUT:
        named = tuple(change for change in found if re.fullmatch(ABOUT[case["name"]], change.rule))
    elif told and not case["whole_document"]:
        named = tuple(change for change in found if any(change in changes for changes in told.values()))
    verdict = "breaking" if any(change.is_breaking for change in named) else "compatible"
    others = tuple(change for change in found if change not in named)
    return Judged(case, verdict, named, others, tuple(each for each, changes in told.items() if not changes))


def main() -> None:
    """Print the agreement, and each case in which the verdicts differ with its reason."""
    judged = [judge(case) for case in cases()]
    differing = [each for each in judged if not each.weighs_the_same]
    for line in _told(differing):
        print(line)  # noqa: T201 - a script
    missed = [each for each in differing if each.case["verdict"] == "breaking" and each.name not in REASONS]
    for line in _summary(judged):
        print(line)  # noqa: T201 - a script
    print(f"{len(missed)} breaking pairs missed without a reason")  # noqa: T201 - a script
    errors = [change for each in judged for change in (*each.named, *each.others) if change.is_breaking]
    proofs = Counter(change.proof.value for change in errors)
    print("breaking changes by proof:", dict(sorted(proofs.items())))  # noqa: T201 - a script
    sys.exit(bool(missed))


def _summary(judged: list[Judged]) -> Iterator[str]:
    agreed, strict = sum(each.agrees for each in judged), sum(each.weighs_the_same for each in judged)
    whole = sum(each.is_about_whole for each in judged)
    yield (
        f"{agreed} of {len(judged)} agree ({agreed / len(judged):.1%}): the same verdict on {whole} whole documents, "
        f"or what the case names is told of, whatever its weight"
    )
    yield f"{strict} of {len(judged)} verdicts are the same ({strict / len(judged):.1%})"


def _told(differing: list[Judged]) -> Iterator[str]:
    for each in differing:
        state = "" if not each.agrees else ", told of here with another weight"
        yield f"{each.name}: {each.case['verdict']} there, {each.verdict} here{state}"
        yield f"    what: {each.case['what'][:160]}"
        its_ids = ", ".join(each.case["oasdiff_ids"]) or "nothing"
        yield f"    there: {its_ids} ({each.case['base']} {each.case['revision']})"
        if each.untold and not each.is_about_whole:
            yield f"    not told of here: {', '.join(each.untold)}"
        for change in (*each.named, *each.others):
            mark = "breaks" if change.is_breaking else "harmless"
            yield f"    here: {mark} [{change.rule}] {change.message} {change.waiver}".rstrip()
        yield f"    reason: {REASONS.get(each.name, 'NONE YET')}"


if __name__ == "__main__":
    main()
