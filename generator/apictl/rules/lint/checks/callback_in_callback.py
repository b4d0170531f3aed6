"""A callback is declared within a callback.

Who is called back would have to offer callbacks of its own, for which nothing is generated and few tools have a page.
Declare it where the first request is.

```yaml flawed openapi 3.1.0
paths:
  /rides:
    post:
      operationId: a
      responses: {'204': {description: None.}}
      callbacks:
        done:
          '{$request.body#/url}':
            post:
              operationId: b
              responses: {'204': {description: None.}}
              callbacks:
                more:
                  '{$request.body#/url}':
                    post: {operationId: c, responses: {'204': {description: None.}}}
```

```yaml fine openapi 3.1.0
paths:
  /rides:
    post:
      operationId: a
      responses: {'204': {description: None.}}
      callbacks:
        done:
          '{$request.body#/url}': {post: {operationId: b, responses: {'204': {description: None.}}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import mapping
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule("callback-in-callback", OpenApi.OPERATION, sets={RuleSet.RECOMMENDED: Severity.WARNING}, field="callbacks")
def callback_in_callback(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Callbacks have no callbacks."""
    del scope
    if "/callbacks/" in node.place.pointer and mapping(node.fields["callbacks"]):
        yield Flaw("a callback has callbacks of its own", node.place.child("callbacks").key())
