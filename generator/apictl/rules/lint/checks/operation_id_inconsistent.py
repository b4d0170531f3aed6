"""An id of an operation is written otherwise than most others.

Most names in the document agree on one way to join their words, and this one does not. Who writes code against it has
to look twice.

```yaml flawed openapi 3.1.0
paths:
  /a:
    get: {operationId: listRides, responses: {'204': {description: None.}}}
    post: {operationId: startRide, responses: {'204': {description: None.}}}
  /b: {get: {operationId: list_cars, responses: {'204': {description: None.}}}}
```

```yaml fine openapi 3.1.0
paths:
  /a:
    get: {operationId: listRides, responses: {'204': {description: None.}}}
    post: {operationId: startRide, responses: {'204': {description: None.}}}
  /b: {get: {operationId: listCars, responses: {'204': {description: None.}}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import text
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.styling import misspelled


@lint_rule("operation-id-inconsistent", OpenApi.DOCUMENT, sets={RuleSet.STRICT: Severity.WARNING})
def operation_id_inconsistent(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Ids of operations are written in one way within a document."""
    del node
    names = [
        (text(each.fields.get("operationId")), each.place.child("operationId"))
        for each in scope.objects(OpenApi.OPERATION)
    ]
    yield from misspelled(names, "operation id")
