"""An operation that takes input declares no answer for input that is wrong.

The generated server judges every request by the contract and answers what does not keep to it with 400 or 422, in the
shape that the contract declares. Where none is declared, callers get one that no contract names.

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
      responses: {'204': {description: None.}, '400': {description: No.}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.securing import lacking, operations


@lint_rule("validation-error-undeclared", OpenApi.DOCUMENT, sets={RuleSet.CODEGEN: Severity.WARNING})
def validation_error_undeclared(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """What the framework answers is declared."""
    del node
    concerned = [each for each in operations(scope) if each.parameters or each.request_body is not None]
    yield from lacking(scope, concerned, accepted=frozenset({"400", "422", "4XX", "default"}), status="400")
