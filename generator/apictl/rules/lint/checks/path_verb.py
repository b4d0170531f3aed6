"""A path says what is done, which the method says already.

`POST /rides` makes one; `/create-ride` says it twice, and its siblings will be called as each author likes. Name the
thing in the path and let the method be the verb.

```yaml flawed openapi 3.1.0
paths:
  /create-ride:
    post: {operationId: createRide, summary: Make one., responses: {'204': {description: Done.}}}
```

```yaml fine openapi 3.1.0
paths:
  /rides:
    post: {operationId: createRide, summary: Make one., responses: {'204': {description: Done.}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from apictl.findings import Severity
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import quoted, segments, words

_VERBS: Final = frozenset(
    {
        "add",
        "create",
        "delete",
        "fetch",
        "get",
        "insert",
        "list",
        "modify",
        "patch",
        "post",
        "put",
        "read",
        "remove",
        "retrieve",
        "update",
    }
)


@lint_rule("path-verb", OpenApi.PATHS, sets={RuleSet.STRICT: Severity.WARNING})
def path_verb(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Paths have no verbs that methods stand for."""
    del scope
    for path in node.fields:
        for part in segments(path):
            first = words(part)[:1]
            if first and first[0] in _VERBS and "{" not in part:
                yield Flaw(
                    f"{quoted(part)} begins with a verb",
                    node.place.child(path).key(),
                    hint="name the thing; the method is the verb",
                )
                break
