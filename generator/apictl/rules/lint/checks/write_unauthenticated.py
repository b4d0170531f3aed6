"""Anybody may change something.

An operation that creates, changes or deletes asks for no credential, or lists an empty alternative that makes one
optional (OWASP API2:2023). Declare `security` on it or for the whole document. Where it is meant, as for a login,
ignore the rule there with the reason.

```yaml flawed openapi 3.1.0
paths:
  '/rides': {post: {operationId: one, summary: One., responses: {'204': {description: None.}}}}
```

```yaml fine openapi 3.1.0
security: [key: []]
paths:
  '/rides': {post: {operationId: one, summary: One., responses: {'204': {description: None.}}}}
components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import mapping
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.securing import WRITING, is_open, operations


@lint_rule("write-unauthenticated", OpenApi.DOCUMENT, sets={RuleSet.SECURITY: Severity.ERROR})
def write_unauthenticated(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Operations that write ask for a credential (OWASP API2:2023)."""
    if not mapping(mapping(node.fields.get("components")).get("securitySchemes")):
        is_any = any(operation.method in WRITING for operation in operations(scope))
        if is_any:
            yield Flaw(
                "operations write, and no security scheme is declared",
                node.place,
                hint="declare `securitySchemes` and `security`",
            )
        return
    for operation in operations(scope):
        if operation.method in WRITING and is_open(operation):
            message = f"{operation.method} {operation.path[:60]} asks for no credential"
            yield Flaw(message, operation.place.key(), hint="add `security`")
