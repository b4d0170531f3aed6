"""Rules of the team's own: programs of the workspace that run only where somebody trusts them, and never too long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Final

from apictl.errors import ApictlError
from apictl.findings import Finding, Place, Related, Severity
from apictl.rules.lint.judging import finding_of, objects_of
from apictl.rules.lint.rule import Flaw, LintRule
from apictl.rules.lint.scope import Scope
from apictl.workspace.programs import TooLong, program, silence, time_limit, told_of

SECONDS: Final = 10.0
"""How long one rule may look at one document."""
_USE: Final = "`custom` in apictl.yaml lists files with rules"
_KINDS: Final = (str, str, Place)


def load_rules(root: Path, paths: Sequence[str]) -> tuple[LintRule, ...]:
    """Return the rules in the files at *paths*, relative to the workspace *root*, by file and in its order.

    The files are run: whoever calls this trusts them.

    Raises:
        ApictlError: a file is not in the workspace, fails, or holds no rule; or two rules have the same id.
    """
    rules: list[LintRule] = []
    for path in paths:
        found = _rules_in(program(root, path, _USE))
        if not found:
            raise ApictlError(f"{path} holds no rule", hint="decorate functions with @lint_rule of apictl.rules.custom")
        rules += found
    return tuple(rules)


def refuse_equal_ids(rules: Sequence[LintRule], known: Mapping[str, str]) -> None:
    """Refuse *rules* of which one has the id of another, or of one in *known*.

    Raises:
        ApictlError: it has.
    """
    seen = {*known}
    for rule in rules:
        if rule.id in seen:
            raise ApictlError(f"there are two rules {rule.id!r}", hint="give the one of your own another id")
        seen.add(rule.id)


class Guarded:
    """Asks rules that may fail, print or hang, one after the other; who fails once is not asked again."""

    def __init__(self, rules: Sequence[LintRule], severities: Mapping[str, Severity]) -> None:
        """Ask *rules*; *severities* are by their ids."""
        self._rules = rules
        self._severities = severities
        self._failed: dict[str, str] = {}

    @property
    def faults(self) -> tuple[str, ...]:
        """What became of rules that failed, a line each."""
        return tuple(self._failed.values())

    def findings(self, scope: Scope) -> Iterator[Finding]:
        """Yield what the rules find in the document of *scope*."""
        for rule in self._rules:
            if rule.id not in self._failed:
                yield from self._asked(rule, scope)

    def _asked(self, rule: LintRule, scope: Scope) -> list[Finding]:
        result: list[Finding] = []
        path = scope.root.place.path
        try:
            with silence(), time_limit(SECONDS):
                for node in objects_of(rule, scope):
                    result += [self._finding(rule, flaw) for flaw in rule.find(node, scope)]
        except TooLong:
            self._failed[rule.id] = f"rule {rule.id!r} took longer than {SECONDS:g} s for {path}"
        except (Exception, SystemExit) as fault:  # noqa: BLE001 - the program of somebody else may raise anything
            self._failed[rule.id] = f"rule {rule.id!r} failed for {path}: {told_of(fault)}"
        return result

    def _finding(self, rule: LintRule, flaw: object) -> Finding:
        if not isinstance(flaw, Flaw):
            message = f"it yields {type(flaw).__name__}, which is no Flaw"
            raise TypeError(message)
        values: tuple[object, ...] = (flaw.message, flaw.hint or "", flaw.place)
        is_right = all(isinstance(value, kind) for value, kind in zip(values, _KINDS, strict=True))
        related: tuple[object, ...] = flaw.related
        if not is_right or not all(isinstance(each, Related) for each in related):
            message = "a Flaw has a text, a Place and, perhaps, a hint"
            raise TypeError(message)
        return finding_of(rule, flaw, self._severities[rule.id])


def _rules_in(module: ModuleType) -> list[LintRule]:
    return [value for value in vars(module).values() if isinstance(value, LintRule)]
