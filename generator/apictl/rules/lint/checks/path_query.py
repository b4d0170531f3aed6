"""A path has a query in it.

What follows `?` is no part of a path: servers never match it. Declare a parameter with `in: query`.

```yaml flawed openapi 3.1.0
paths:
  '/rides?open=true':
    get: {operationId: listRides, summary: List., responses: {'204': {description: None.}}}
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
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import quoted


@lint_rule("path-query", OpenApi.PATHS, sets={RuleSet.RECOMMENDED: Severity.WARNING})
def path_query(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Paths have no query (OpenAPI 3.1, Paths Object)."""
    del scope
    for path in node.fields:
        _, mark, query = path.partition("?")
        if mark and "{" not in query:
            yield Flaw(
                f"path {quoted(path)} has a query", node.place.child(path).key(), hint="declare it as a parameter"
            )
