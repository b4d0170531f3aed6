"""An operation declares no answer 429.

Too many requests is answered with 429 (RFC 9110 and RFC 6585), and callers want to know what comes with it. Without
limits a single caller can use up the service (OWASP API4:2023). Declare `429`, `4XX` or `default`.

```yaml flawed openapi 3.1.0
security: [{o: [read]}]
paths: {/rides: {get: {operationId: one, summary: One., responses: {'204': {description: None.}}}}}
components:
  securitySchemes:
    o:
      type: oauth2
      flows: {clientCredentials: {tokenUrl: 'https://l.rides.dev', scopes: {read: Read.}}}
```

```yaml fine openapi 3.1.0
security: [{o: [read]}]
paths:
  /rides:
    get:
      operationId: one
      summary: One.
      responses: {'204': {description: None.}, '429': {description: No.}}
components:
  securitySchemes:
    o:
      type: oauth2
      flows: {clientCredentials: {tokenUrl: 'https://l.rides.dev', scopes: {read: Read.}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.securing import lacking, operations


@lint_rule("rate-limit-undeclared", OpenApi.DOCUMENT, sets={RuleSet.SECURITY: Severity.INFO})
def rate_limit_undeclared(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Operations declare 429, where it may be answered."""
    del node
    concerned = operations(scope)
    yield from lacking(scope, concerned, accepted=frozenset({"429", "4XX", "default"}), status="429")
