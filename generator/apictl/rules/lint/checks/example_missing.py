"""A body has no example.

An example shows in a second what a schema says in a page, and mocks answer with it.

```yaml flawed openapi 3.1.0
paths:
  /rides:
    get:
      operationId: listRides
      summary: List rides
      responses:
        '200':
          description: Rides.
          content: {application/json: {schema: {type: array, items: {type: string}}}}
```

```yaml fine openapi 3.1.0
paths:
  /rides:
    get:
      operationId: listRides
      summary: List rides
      responses:
        '200':
          description: Rides.
          content: {application/json: {schema: {type: array, items: {type: string}}, example: [r1]}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import last_token, quoted


@lint_rule("example-missing", OpenApi.MEDIA_TYPE, sets={RuleSet.STRICT: Severity.INFO})
def example_missing(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """A body or its schema has an example."""
    if {"example", "examples"} & node.fields.keys() or "schema" not in node.fields:
        return
    schema = scope.child(node, "schema")
    if (
        schema is not None
        and not {"example", "examples", "properties", "default", "const", "enum"} & schema.fields.keys()
    ):
        yield Flaw(f"{quoted(last_token(node))} has no example", node.place.key())
