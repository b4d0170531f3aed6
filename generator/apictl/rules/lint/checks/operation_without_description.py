"""An operation has a summary, and nothing that says more.

What it needs, what it changes and what comes after fit no line. No set asks for it: many operations are said in a
line.

```yaml flawed openapi 3.1.0
paths:
  /rides:
    get:
      operationId: listRides
      summary: List rides
      responses: {'204': {description: None.}}
```

```yaml fine openapi 3.1.0
paths:
  /rides:
    get:
      operationId: listRides
      summary: List rides
      description: Those that are not over, the latest first.
      responses: {'204': {description: None.}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.readers.access import text
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import label


@lint_rule("operation-without-description", OpenApi.OPERATION, AsyncApi.OPERATION, sets={}, field="summary")
def operation_without_description(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """An operation that has a summary has a description, too."""
    del scope
    if text(node.fields["summary"]).strip() and not text(node.fields.get("description")).strip():
        yield Flaw(f"{label(node)} has no description", node.place.key())
