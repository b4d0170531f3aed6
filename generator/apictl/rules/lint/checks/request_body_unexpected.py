"""A request that asks or deletes carries a body.

A body of GET, HEAD and DELETE has no meaning (RFC 9110, 9.3): proxies drop it and clients refuse to send it. Use
query parameters, or another method.

```yaml flawed openapi 3.1.0
paths:
  /rides:
    get:
      operationId: listRides
      summary: List.
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses: {'204': {description: None.}}
```

```yaml fine openapi 3.1.0
paths:
  /rides:
    get:
      operationId: listRides
      summary: List rides
      parameters: [{name: open, in: query, schema: {type: boolean}}]
      responses: {'204': {description: None.}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import mapping
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule("request-body-unexpected", OpenApi.PATH_ITEM, sets={RuleSet.RECOMMENDED: Severity.WARNING})
def request_body_unexpected(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """GET, HEAD and DELETE have no body (RFC 9110, 9.3.1)."""
    del scope
    for method in ("get", "head", "delete"):
        if "requestBody" in mapping(node.fields.get(method)):
            place = node.place.child(method, "requestBody").key()
            yield Flaw(
                f"a body of {method.upper()} has no meaning", place, hint="use query parameters, or another method"
            )
