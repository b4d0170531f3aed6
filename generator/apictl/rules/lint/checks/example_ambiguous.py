"""Examples are given in two ways that exclude each other.

`example` stands beside `examples`, or `value` beside `externalValue` (OpenAPI 3.1, Media Type Object and Example
Object). Tools show one of them, and which one differs.

```yaml flawed openapi 3.1.0
paths:
  /rides:
    get:
      operationId: a
      parameters:
        - {name: q, in: query, schema: {type: string}, example: x, examples: {'y': {value: 'y'}}}
      responses: {'204': {description: None.}}
```

```yaml fine openapi 3.1.0
paths:
  /rides:
    get:
      operationId: a
      parameters:
        - {name: q, in: query, schema: {type: string}, examples: {x: {value: x}, 'y': {value: 'y'}}}
      responses: {'204': {description: None.}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule(
    "example-ambiguous",
    OpenApi.MEDIA_TYPE,
    OpenApi.PARAMETER,
    OpenApi.HEADER,
    OpenApi.EXAMPLE,
    sets={RuleSet.RECOMMENDED: Severity.WARNING},
    field=("example", "value"),
)
def example_ambiguous(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Examples are given in one way."""
    del scope
    for one, other in (("example", "examples"), ("value", "externalValue")):
        if one in node.fields and other in node.fields:
            yield Flaw(f"{one!r} and {other!r} exclude each other", node.place.child(other).key())
