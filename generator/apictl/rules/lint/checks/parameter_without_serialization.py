"""A list in the query does not say how it is written.

`?id=1&id=2`, `?id=1,2` and `?id=1|2` are all in use. Without `style` and `explode` the first is meant, and half of
the callers guess otherwise. No set asks for it.

```yaml flawed openapi 3.1.0
paths:
  /rides:
    get:
      operationId: a
      parameters: [{name: id, in: query, schema: {type: array, items: {type: string}}}]
      responses: {'204': {description: None.}}
```

```yaml fine openapi 3.1.0
paths:
  /rides:
    get:
      operationId: a
      parameters:
        - name: id
          in: query
          style: form
          explode: true
          schema: {type: array, items: {type: string}}
      responses: {'204': {description: None.}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.readers.access import text
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import quoted


@lint_rule("parameter-without-serialization", OpenApi.PARAMETER, sets={})
def parameter_without_serialization(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """A list says how it is written."""
    schema = scope.child(node, "schema")
    if (
        schema is not None
        and text(schema.fields.get("type")) == "array"
        and not {"style", "explode"} & node.fields.keys()
    ):
        yield Flaw(f"parameter {quoted(text(node.fields.get('name')))} does not say how a list is written", node.place)
