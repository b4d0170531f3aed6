"""An operation has no line that names what it does.

Lists of operations, tables of contents and menus show `summary`; a `description` of three paragraphs fits none of
them.

```yaml flawed openapi 3.1.0
paths:
  /rides:
    get:
      operationId: listRides
      description: Lists rides.
      responses: {'204': {description: None.}}
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
from apictl.readers.access import text
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import label


@lint_rule("operation-without-summary", OpenApi.OPERATION, sets={RuleSet.STRICT: Severity.WARNING})
def operation_without_summary(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """An operation that is described has a summary, too."""
    del scope
    if text(node.fields.get("description")).strip() and not text(node.fields.get("summary")).strip():
        yield Flaw(f"{label(node)} has no summary", node.place.key())
