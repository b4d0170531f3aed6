"""A body is declared, and nothing says what is in it.

Without a `schema` anything may be sent: nothing is judged, and generated code has no type for it. For bytes write
`schema: {}`.

```yaml flawed openapi 3.1.0
paths:
  /rides:
    get:
      operationId: listRides
      summary: List rides
      responses: {'200': {description: Rides., content: {application/json: {}}}}
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
          content: {application/json: {schema: {type: array, items: {type: string}}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import last_token, quoted


@lint_rule(
    "media-type-without-schema",
    OpenApi.MEDIA_TYPE,
    sets={RuleSet.STRICT: Severity.WARNING, RuleSet.CODEGEN: Severity.WARNING},
)
def media_type_without_schema(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """A body has a schema."""
    del scope
    if node.fields.keys().isdisjoint({"schema", "itemSchema"}):
        yield Flaw(f"{quoted(last_token(node))} has no schema", node.place.key())
