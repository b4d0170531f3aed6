"""What documents are judged by: the rules that are asked, and what is not to be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from apictl.errors import ApictlError
from apictl.findings import Place
from apictl.rules.lint.catalogue import lint_pages, lint_rules
from apictl.rules.lint.ignores import Ignore
from apictl.rules.lint.rule import LintRule
from apictl.rules.lint.selection import Selection, rule_flaw, selection
from apictl.workspace.lint_settings import LintSettings
from apictl.workspace.manifest import MANIFEST_NAME, manifest_fault

_LINT = Place(MANIFEST_NAME).child("lint")


@dataclass(frozen=True, slots=True)
class Standard:
    """What documents are judged by.

    Attributes:
        selection: the rules and their weights; those of apictl's own run in one walk.
        custom: rules of the team's own among them, which are programs that may fail.
        ignores: of the manifest.
    """

    selection: Selection
    custom: tuple[LintRule, ...] = ()
    ignores: tuple[Ignore, ...] = ()

    @property
    def known(self) -> frozenset[str]:
        """The ids of all rules, asked or not."""
        return frozenset({*lint_pages(), *(rule.id for rule in self.custom)})

    @property
    def asked(self) -> frozenset[str]:
        """The ids of what is told where there is something to tell."""
        return frozenset(rule for rule in self.known if self.selection.is_asked(rule))


MINIMAL: Final = Standard(Selection((), MappingProxyType({}), frozenset()))
"""Only what readers say."""


def standard_of(
    settings: LintSettings, words: Sequence[str], manifest: bytes, *, custom: Sequence[LintRule] = ()
) -> Standard:
    """Return what *words* of the command line, or else *settings*, ask for; *custom* are the team's own rules.

    *manifest* is the text that *settings* are from.

    Raises:
        ApictlError: something names no rule and no set.
    """
    rules = (*lint_rules(), *custom)
    for index, word in enumerate(settings.rules):
        _refuse_unknown(word, rules, manifest, place=_LINT.child("rules", index))
    for name, _ in settings.severities:
        _refuse_unknown(name, rules, manifest, place=_LINT.child("severities", name).key())
    for index, entry in enumerate(settings.ignores):
        if flaw := rule_flaw(entry.rule, rules):
            raise manifest_fault(manifest, _LINT.child("ignores", index, "rule"), message=flaw)
    chosen = selection(tuple(words) or settings.rules, rules, dict(settings.severities))
    asked = {rule.id for rule in chosen.rules}
    ignores = tuple(
        Ignore(entry.rule, _LINT.child("ignores", index), entry.file, entry.pointer, is_pattern=True)
        for index, entry in enumerate(settings.ignores)
    )
    return Standard(chosen, tuple(rule for rule in custom if rule.id in asked), ignores)


def _refuse_unknown(word: str, rules: Sequence[LintRule], manifest: bytes, *, place: Place) -> None:
    try:
        selection((word,), rules, {})
    except ApictlError as fault:
        raise manifest_fault(manifest, place, message=str(fault), hint=fault.hint) from fault
