"""An array that is sent to the service may have any length.

A caller may send millions of items, and each takes memory and time (OWASP API4:2023). Set `maxItems`.

```yaml flawed openapi 3.1.0
paths:
  /rides:
    post:
      operationId: startRide
      requestBody: {content: {application/json: {schema: {type: array, items: {type: boolean}}}}}
      responses: {'204': {description: None.}}
```

```yaml fine openapi 3.1.0
paths:
  /rides:
    post:
      operationId: startRide
      requestBody:
        content: {application/json: {schema: {type: array, maxItems: 50, items: {type: boolean}}}}
      responses: {'204': {description: None.}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.securing import request_schemas, schema_types


@lint_rule("array-unbounded", OpenApi.DOCUMENT, sets={RuleSet.SECURITY: Severity.WARNING})
def array_unbounded(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Arrays in requests have a largest length (OWASP API4:2023)."""
    del node
    for each in request_schemas(scope):
        if "array" in schema_types(each) and not {"maxItems", "enum", "const"} & each.fields.keys():
            yield Flaw("the array may have any length", each.place, hint="set maxItems")
