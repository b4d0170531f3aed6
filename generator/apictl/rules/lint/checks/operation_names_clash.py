"""Two operations have one name in generated code.

Ids that differ by case or by signs alone become the same method. One of them gets a number, and which one depends on
their order.

```yaml flawed openapi 3.1.0
paths:
  /rides:
    get: {operationId: listRides, responses: {'204': {description: None.}}}
    post: {operationId: list_rides, responses: {'204': {description: None.}}}
```

```yaml fine openapi 3.1.0
paths:
  /rides:
    get: {operationId: listRides, responses: {'204': {description: None.}}}
    post: {operationId: startRide, responses: {'204': {description: None.}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.pages.python.names import snake
from apictl.readers.access import text
from apictl.rules.lint.naming import clashes
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule("operation-names-clash", OpenApi.DOCUMENT, AsyncApi.DOCUMENT, sets={RuleSet.CODEGEN: Severity.WARNING})
def operation_names_clash(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Ids of operations stay apart in Python."""
    del node
    names = [
        (name, each.place.child("operationId"))
        for each in scope.objects(OpenApi.OPERATION, AsyncApi.OPERATION)
        if (name := text(each.fields.get("operationId")))
    ]
    yield from clashes(names, lambda name: snake(name, "operation"), what="operations")
