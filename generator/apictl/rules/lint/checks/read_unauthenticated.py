"""Anybody may read.

An operation asks for no credential. That may be meant, as for a price list; then ignore the rule there with the
reason.

```yaml flawed openapi 3.1.0
paths:
  /rides:
    get: {operationId: listRides, security: [], responses: {'204': {description: None.}}}
    post: {operationId: startRide, security: [key: []], responses: {'204': {description: None.}}}
components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
```

```yaml fine openapi 3.1.0
security: [key: []]
paths:
  '/rides': {get: {operationId: one, summary: One., responses: {'204': {description: None.}}}}
components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.securing import WRITING, is_open, operations


@lint_rule("read-unauthenticated", OpenApi.DOCUMENT, sets={RuleSet.SECURITY: Severity.INFO})
def read_unauthenticated(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Operations that read ask for a credential; where none asks for one, that is told once."""
    reading = [each for each in operations(scope) if each.method not in WRITING and each.method != "OPTIONS"]
    if all(is_open(operation) for operation in operations(scope)):
        if reading:
            place = node.place.child("paths").key()
            yield Flaw("no operation asks for a credential", place, hint="declare `securitySchemes` and `security`")
        return
    for operation in reading:
        if is_open(operation):
            yield Flaw(f"{operation.method} {operation.path[:60]} asks for no credential", operation.place.key())
