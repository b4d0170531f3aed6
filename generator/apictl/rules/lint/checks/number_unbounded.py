"""A number that is sent to the service may have any size.

Amounts below zero and pages of a billion items are tried first (OWASP API4:2023). Set a smallest and a largest value,
or the `format` of an integer.

```yaml flawed openapi 3.1.0
paths:
  /rides:
    post:
      operationId: startRide
      requestBody: {content: {application/json: {schema: {type: integer}}}}
      responses: {'204': {description: None.}}
```

```yaml fine openapi 3.1.0
paths:
  /rides:
    post:
      operationId: startRide
      requestBody: {content: {application/json: {schema: {type: integer, minimum: 1, maximum: 8}}}}
      responses: {'204': {description: None.}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.securing import request_schemas, schema_types


@lint_rule("number-unbounded", OpenApi.DOCUMENT, sets={RuleSet.SECURITY: Severity.WARNING})
def number_unbounded(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Numbers in requests have limits (OWASP API4:2023)."""
    del node
    for each in request_schemas(scope):
        if not {"integer", "number"} & schema_types(each) or {"enum", "const", "format"} & each.fields.keys():
            continue
        sides = [
            side for side in ("minimum", "maximum") if not {side, f"exclusive{side.capitalize()}"} & each.fields.keys()
        ]
        if sides:
            yield Flaw(f"the number has no {' and no '.join(sides)}", each.place, hint="set minimum and maximum")
