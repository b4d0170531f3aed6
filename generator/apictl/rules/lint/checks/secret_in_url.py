"""A parameter of the address holds a secret.

Addresses are logged and kept, secrets with them. Put it into a header or the body.

```yaml flawed openapi 3.1.0
paths:
  /rides:
    get:
      operationId: one
      summary: One.
      parameters: [{name: password, in: query, schema: {type: string}}]
      responses: {'204': {description: None.}}
```

```yaml fine openapi 3.1.0
paths:
  /rides:
    post:
      operationId: one
      summary: One.
      requestBody:
        content:
          application/json: {schema: {type: object, properties: {password: {type: string}}}}
      responses: {'204': {description: None.}}
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from apictl.findings import Severity
from apictl.readers.access import text
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import quoted, words

_SECRET: Final = re.compile(
    r"(?:access|auth|id|refresh|session|bearer)?token|.*password|passwd|.*secret|apikey|.*privatekey|pin"
)


@lint_rule("secret-in-url", OpenApi.PARAMETER, sets={RuleSet.SECURITY: Severity.ERROR})
def secret_in_url(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Parameters of the address hold no secrets (OWASP API2:2023)."""
    del scope
    name = text(node.fields.get("name"))
    if text(node.fields.get("in")) in {"query", "path"} and _SECRET.fullmatch("".join(words(name))):
        yield Flaw(
            f"parameter {quoted(name)} is part of the address",
            node.place.child("in"),
            hint="put it into a header or the body",
        )
