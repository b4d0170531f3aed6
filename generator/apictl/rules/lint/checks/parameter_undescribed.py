"""A parameter says nothing of what it is for.

Its name is clear to who chose it. A sentence says units, defaults and what leaving it out means.

```yaml flawed openapi 3.1.0
paths:
  /rides:
    get:
      operationId: listRides
      summary: List rides
      parameters: [{name: q, in: query, schema: {type: string}}]
      responses: {'204': {description: None.}}
```

```yaml fine openapi 3.1.0
paths:
  /rides:
    get:
      operationId: listRides
      summary: List rides
      parameters: [{name: q, in: query, description: Words of the address., schema: {type: string}}]
      responses: {'204': {description: None.}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import text
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import last_token, quoted


@lint_rule("parameter-undescribed", OpenApi.PARAMETER, AsyncApi.PARAMETER, sets={RuleSet.STRICT: Severity.WARNING})
def parameter_undescribed(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """A parameter has a description."""
    del scope
    if not text(node.fields.get("description")).strip():
        name = text(node.fields.get("name")) or last_token(node)
        yield Flaw(f"parameter {quoted(name)} has no description", node.place)
