"""Rules at the objects of a document: each object once, and only what has the field that a rule looks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from apictl.findings import Finding, Severity
from apictl.readers.access import Tree
from apictl.rules.lint.rule import AnyKind, AnyNode, Flaw, LintRule
from apictl.rules.lint.scope import Scope

_LENGTH: Final = 200


@dataclass(slots=True)
class _Table:
    """The rules that look at objects of one kind."""

    always: list[LintRule] = field(default_factory=list)
    by_field: dict[str, list[LintRule]] = field(default_factory=dict)

    def concerned(self, fields: Tree) -> Iterator[LintRule]:
        """Yield the rules that look at an object with *fields*, each once."""
        yield from self.always
        for name in fields if self.by_field else ():
            for rule in self.by_field.get(name, ()):
                if len(rule.fields) == 1 or name == next(each for each in rule.fields if each in fields):
                    yield rule


class Judge:
    """Asks rules about documents."""

    def __init__(self, rules: Sequence[LintRule], severities: Mapping[str, Severity]) -> None:
        """Ask *rules*; *severities* are by their ids."""
        self._severities = severities
        self._tables: dict[AnyKind, _Table] = {}
        for rule in rules:
            for kind in rule.kinds:
                table = self._tables.setdefault(kind, _Table())
                if not rule.fields:
                    table.always.append(rule)
                for name in rule.fields:
                    table.by_field.setdefault(name, []).append(rule)

    def findings(self, scope: Scope) -> Iterator[Finding]:
        """Yield what the rules find in the document of *scope*, in the order of its objects."""
        tables, links = self._tables, scope.inventory.links
        for key, node in scope.inventory.nodes.items():
            table = tables.get(node.kind)
            if table is None or key in links or not isinstance(node.value, dict):
                continue
            for rule in table.concerned(node.value):
                for flaw in rule.find(node, scope):
                    yield finding_of(rule, flaw, self._severities[rule.id])


def objects_of(rule: LintRule, scope: Scope) -> Iterator[AnyNode]:
    """Yield the objects in the document of *scope* that *rule* looks at."""
    for node in scope.objects(*rule.kinds):
        if isinstance(node.value, dict) and (not rule.fields or any(name in node.value for name in rule.fields)):
            yield node


def finding_of(rule: LintRule, flaw: Flaw, severity: Severity) -> Finding:
    """Return *flaw*, which *rule* found, as a finding."""
    message = flaw.message if len(flaw.message) <= _LENGTH else flaw.message[: _LENGTH - 1] + "…"
    return Finding(rule.id, severity, message, flaw.place, flaw.related, flaw.hint)
