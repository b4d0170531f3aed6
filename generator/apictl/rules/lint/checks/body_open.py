"""A body of a request may have members that nobody declared.

What is bound to objects or columns by name then sets fields that no caller should set (OWASP API3:2023, mass
assignment). Forbid others with `additionalProperties: false` or `unevaluatedProperties: false`.

```yaml flawed openapi 3.1.0
paths:
  /rides:
    post:
      operationId: startRide
      requestBody:
        content: {application/json: {schema: {type: object, properties: {seats: {type: integer}}}}}
      responses: {'204': {description: None.}}
```

```yaml fine openapi 3.1.0
paths:
  /rides:
    post:
      operationId: startRide
      requestBody:
        content:
          application/json:
            schema:
              type: object
              additionalProperties: false
              properties: {seats: {type: integer}}
      responses: {'204': {description: None.}}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from apictl.findings import Severity
from apictl.readers.access import mapping
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope

_CLOSING: Final = frozenset({"additionalProperties", "allOf", "anyOf", "oneOf", "unevaluatedProperties"})


@lint_rule("body-open", OpenApi.REQUEST_BODY, sets={RuleSet.SECURITY: Severity.WARNING}, field="content")
def body_open(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Objects in bodies of requests are closed (OWASP API3:2023)."""
    for name in mapping(node.fields["content"]):
        schema = scope.child(node, "content", name, "schema")
        if schema is not None and "properties" in schema.fields and not _CLOSING & schema.fields.keys():
            yield Flaw(
                "the object may have members that are not declared",
                schema.place,
                hint="add additionalProperties: false",
            )
