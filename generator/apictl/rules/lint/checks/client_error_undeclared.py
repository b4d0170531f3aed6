"""An operation declares no answer for a request that is wrong.

Every operation can be called wrongly: without a credential, with the wrong parameters, for something that is not
there. Who calls it wants to know what comes then. Declare a status of 400 to 499, `4XX` or `default`.

```yaml flawed openapi 3.1.0
paths:
  /rides:
    get:
      operationId: listRides
      summary: List rides
      responses: {'204': {description: None.}}
```

```yaml fine openapi 3.1.0
paths:
  /rides:
    get:
      operationId: listRides
      summary: List rides
      responses: {'204': {description: None.}, '400': {description: It makes no sense.}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import mapping
from apictl.rules.lint.remedies import error_line
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import label


@lint_rule("client-error-undeclared", OpenApi.OPERATION, sets={RuleSet.RECOMMENDED: Severity.WARNING})
def client_error_undeclared(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """An operation has an answer of class 4XX, or a default."""
    statuses = mapping(node.fields.get("responses"))
    if statuses and not any(status.startswith("4") or status == "default" for status in statuses):
        yield Flaw(
            f"{label(node)} declares no answer of class 4XX",
            node.place.child("responses").key(),
            hint=f"add {error_line(scope, '400')}",
        )
