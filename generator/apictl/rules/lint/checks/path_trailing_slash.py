"""A path ends with a slash.

`/rides` and `/rides/` are different addresses to some servers and the same to others. Without the slash nobody has to
know.

```yaml flawed openapi 3.1.0
paths:
  /rides/: {get: {operationId: listRides, summary: List., responses: {'204': {description: None.}}}}
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


@lint_rule("path-trailing-slash", OpenApi.PATHS, sets={RuleSet.RECOMMENDED: Severity.WARNING})
def path_trailing_slash(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Paths do not end with a slash."""
    del scope
    for path in node.fields:
        if len(path) > 1 and path.endswith("/"):
            yield Flaw(f"path {quoted(path)} ends with a slash", node.place.child(path).key())
