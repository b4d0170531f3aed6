"""An operation has no tag.

It is in no chapter of the documentation and in no group of generated code, beside others that are.

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
      tags: [rides]
      responses: {'204': {description: None.}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import items
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import label


@lint_rule("operation-untagged", OpenApi.OPERATION, sets={RuleSet.STRICT: Severity.WARNING})
def operation_untagged(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """An operation has a tag."""
    del scope
    if not items(node.fields.get("tags")):
        yield Flaw(f"{label(node)} has no tag", node.place.key())
