"""An operation declares no answer for a failure of the service.

Something fails some day, and the framework answers 500 in a shape that the contract does not name. Declare `500`,
`5XX` or `default`.

```yaml flawed openapi 3.1.0
paths:
  /rides:
    get:
      operationId: one
      summary: One.
      parameters: [{name: q, in: query, schema: {type: string}}]
      responses: {'204': {description: None.}}
```

```yaml fine openapi 3.1.0
paths:
  /rides:
    get:
      operationId: one
      summary: One.
      parameters: [{name: q, in: query, schema: {type: string}}]
      responses: {'204': {description: None.}, '500': {description: No.}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.securing import lacking, operations


@lint_rule("server-error-undeclared", OpenApi.DOCUMENT, sets={RuleSet.CODEGEN: Severity.WARNING})
def server_error_undeclared(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """What the framework answers is declared."""
    del node
    concerned = operations(scope)
    yield from lacking(scope, concerned, accepted=frozenset({"500", "5XX", "default"}), status="500")
