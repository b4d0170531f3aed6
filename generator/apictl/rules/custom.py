"""What a rule of your own is made of: a stable door to what apictl's own rules use.

A file in the workspace with one function or more:

    from apictl.rules.custom import Flaw, OpenApi, RuleSet, Severity, lint_rule

    @lint_rule("operation-without-owner", OpenApi.OPERATION, sets={RuleSet.RECOMMENDED: Severity.WARNING})
    def operation_without_owner(node, scope):
        if "x-owner" not in node.fields:
            yield Flaw("nobody owns this operation", node.place.key(), hint="add x-owner: TEAM")

`node.fields` is the object as written, `node.place.child("name")` the place of a field, and `.key()` that of its name.
`scope` knows the whole document: `scope.root`, `scope.objects(OpenApi.SCHEMA)`, `scope.child(node, "schema")` behind
its references, and `scope.contract`, which is None when an error keeps the document from being understood.
"""

from __future__ import annotations

from apictl.findings import Place, Related, Severity
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope

__all__ = [
    "AnyNode",
    "AsyncApi",
    "Flaw",
    "OpenApi",
    "Place",
    "Related",
    "RuleSet",
    "Scope",
    "Severity",
    "lint_rule",
]
