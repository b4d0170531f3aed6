"""Which rules are asked, and how much each finding weighs: sets, single rules, and what a team has set."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from apictl.errors import ApictlError
from apictl.findings import Finding, Severity
from apictl.rules.lint.catalogue import READER_SEVERITIES, constant_pages, lint_rules
from apictl.rules.lint.rule import LintRule, RuleSet

DEFAULT: Final = (RuleSet.RECOMMENDED.value,)
"""What is asked where nobody says what."""
OFF: Final = "off"
_NOT: Final = "!"
_LONGEST: Final = 60
_ORDER: Final = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked of documents.

    Attributes:
        rules: that are asked.
        severities: of findings by the id of their rule, where it is not the reader's own.
        silent: ids of what is not to be told.
    """

    rules: tuple[LintRule, ...]
    severities: Mapping[str, Severity]
    silent: frozenset[str]

    def weighed(self, finding: Finding) -> Finding | None:
        """Return *finding* with its weight; None when it is not to be told."""
        if finding.rule in self.silent:
            return None
        severity = self.severities.get(finding.rule, finding.severity)
        return finding if severity is finding.severity else dataclasses.replace(finding, severity=severity)

    def is_asked(self, rule_id: str) -> bool:
        """Whether something is told of *rule_id* where there is something to tell."""
        is_said = rule_id in constant_pages() and rule_id not in self.silent
        return is_said or any(rule.id == rule_id for rule in self.rules)


def selection(words: Sequence[str], rules: Sequence[LintRule], overrides: Mapping[str, str]) -> Selection:
    """Return what *words* ask for of *rules*: names of sets and ids, to be left out with `!` before them.

    *overrides* are the severities that the team has set, by id; `off` says nothing at all.

    Raises:
        ApictlError: a word is neither a set nor an id.
    """
    known = {rule.id: rule for rule in rules}
    chosen: dict[str, Severity] = {}
    silent: set[str] = set()
    if all(word.startswith(_NOT) for word in words):
        words = (*DEFAULT, *words)
    for word in words:
        name = word.removeprefix(_NOT)
        weights = _meant(name, known)
        if word.startswith(_NOT):
            silent.update([name] if name in constant_pages() else [])
            chosen = {rule: severity for rule, severity in chosen.items() if rule not in weights}
        else:
            silent.discard(name)
            for rule, severity in weights.items():
                chosen[rule] = max(chosen.get(rule, severity), severity, key=_ORDER.__getitem__)
    for rule, override in overrides.items():
        _meant(rule, known)
        silent.update([rule] if override == OFF else [])
        if override != OFF and (rule in chosen or rule in constant_pages()):
            chosen[rule] = Severity(override)
    asked = tuple(rule for rule in rules if rule.id in chosen and rule.id not in silent)
    return Selection(asked, chosen, frozenset(silent))


def rule_flaw(name: str, rules: Iterable[LintRule]) -> str:
    """Return that no rule has the id *name*; "" when one has."""
    known = {*constant_pages(), *(rule.id for rule in rules)}
    if name in known:
        return ""
    return f"there is no rule {name[:_LONGEST]!r}{_likely(name, known)}"


def sets_of(rule_id: str) -> Mapping[str, Severity]:
    """Return the names of the sets that a rule is in, with its weights; none for what is always told as it is."""
    sets = next((rule.sets for rule in lint_rules() if rule.id == rule_id), READER_SEVERITIES.get(rule_id, {}))
    weights = {one.value: weight_in(one, sets) for one in RuleSet}
    return {name: weight for name, weight in weights.items() if weight is not None}


def _meant(name: str, known: Mapping[str, LintRule]) -> Mapping[str, Severity]:
    """Return the rules that *name*, a set or an id, means, and their weights there."""
    for one in RuleSet:
        if one.value == name:
            return _of_set(one, known.values())
    if name in known:
        return {name: known[name].severity}
    if name in constant_pages():
        return {}
    names = [*(one.value for one in RuleSet), *known, *constant_pages()]
    sets = ", ".join(one.value for one in RuleSet)
    hint = f"sets are {sets}; `apictl rules` lists all rules"
    raise ApictlError(f"there is no set of rules and no rule {name[:_LONGEST]!r}{_likely(name, names)}", hint=hint)


def _of_set(one: RuleSet, rules: Iterable[LintRule]) -> Mapping[str, Severity]:
    found = {rule.id: weight for rule in rules if (weight := weight_in(one, rule.sets)) is not None}
    said = {name: weight for name, sets in READER_SEVERITIES.items() if (weight := weight_in(one, sets)) is not None}
    return found | said


def weight_in(one: RuleSet, sets: Mapping[RuleSet, Severity]) -> Severity | None:
    """Return how much a rule that is in *sets* weighs in *one*; None when it is not in it."""
    if one is RuleSet.STRICT:  # asks for all that is recommended, too
        return sets.get(one, sets.get(RuleSet.RECOMMENDED))
    return sets.get(one)


def _likely(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name[:_LONGEST], sorted(set(known)), n=2)
    return f", did you mean {' or '.join(map(repr, close))}?" if close else ""
