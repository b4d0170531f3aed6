"""An operation that asks for scopes declares no answer 403.

A credential that does not suffice is answered with 403 (RFC 9110 and RFC 6585), and callers want to know what comes
with it. Declare `403`, `4XX` or `default`.

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
      responses: {'204': {description: None.}, '403': {description: No.}}
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


@lint_rule("forbidden-undeclared", OpenApi.DOCUMENT, sets={RuleSet.SECURITY: Severity.WARNING})
def forbidden_undeclared(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Operations declare 403, where it may be answered."""
    del node
    concerned = [
        each for each in operations(scope) if any(one.scopes for alternative in each.security for one in alternative)
    ]
    yield from lacking(scope, concerned, accepted=frozenset({"403", "4XX", "default"}), status="403")
