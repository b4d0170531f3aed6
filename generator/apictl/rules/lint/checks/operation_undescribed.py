"""An operation says nothing of what it does.

It has neither `summary` nor `description`. Its name alone is all that readers, and the docstrings of generated code,
have.

```yaml flawed openapi 3.1.0
paths:
  /rides: {get: {operationId: listRides, responses: {'204': {description: None.}}}}
```

```yaml fine openapi 3.1.0
paths:
  /rides:
    get:
      operationId: listRides
      summary: List rides
      responses: {'204': {description: None.}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import items, text
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import label


@lint_rule("operation-undescribed", OpenApi.OPERATION, AsyncApi.OPERATION, sets={RuleSet.RECOMMENDED: Severity.WARNING})
def operation_undescribed(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """An operation has a summary or a description."""
    del scope
    is_said = any(text(node.fields.get(name)).strip() for name in ("summary", "description"))
    if not is_said and not items(node.fields.get("traits")):
        yield Flaw(f"{label(node)} says nothing of what it does", node.place.key(), hint="add `summary`")
