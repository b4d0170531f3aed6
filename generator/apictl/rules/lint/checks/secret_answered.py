"""An answer holds a secret.

A password or a private key that is answered is in logs and caches of everybody on the way (OWASP API3:2023). Mark it
`writeOnly`.

```yaml flawed openapi 3.1.0
paths:
  /rides:
    get:
      operationId: one
      summary: One.
      responses:
        '200':
          description: One.
          content:
            application/json: {schema: {type: object, properties: {password: {type: string}}}}
```

```yaml fine openapi 3.1.0
paths:
  /rides:
    get:
      operationId: one
      summary: One.
      responses:
        '200':
          description: One.
          content:
            application/json:
              schema: {type: object, properties: {password: {type: string, writeOnly: true}}}
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from apictl.findings import Severity
from apictl.readers.access import mapping
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.securing import response_schemas
from apictl.rules.lint.words import quoted, words

_SECRET: Final = re.compile(r".*password|passwd|.*privatekey|passphrase|cvv|cvc")


@lint_rule("secret-answered", OpenApi.DOCUMENT, sets={RuleSet.SECURITY: Severity.WARNING})
def secret_answered(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Answers hold no secrets (OWASP API3:2023)."""
    del node
    for each in response_schemas(scope):
        for name, value in mapping(each.fields.get("properties")).items():
            if (
                _SECRET.fullmatch("".join(words(name)))
                and mapping(value).get("writeOnly") is not True
                and mapping(value).get("type") == "string"
            ):
                yield Flaw(
                    f"property {quoted(name)} is answered",
                    each.place.child("properties", name).key(),
                    hint="add writeOnly: true",
                )
