"""A callback is declared within a webhook.

A webhook is itself a request that the service makes to others; a callback would be a request that these make to whom
they choose.

```yaml flawed openapi 3.1.0
webhooks:
  begun:
    post:
      operationId: a
      responses: {'204': {description: None.}}
      callbacks:
        done:
          '{$request.body#/url}': {post: {operationId: b, responses: {'204': {description: None.}}}}
```

```yaml fine openapi 3.1.0
webhooks:
  begun: {post: {operationId: a, responses: {'204': {description: None.}}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import mapping
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule("webhook-with-callbacks", OpenApi.OPERATION, sets={RuleSet.RECOMMENDED: Severity.WARNING}, field="callbacks")
def webhook_with_callbacks(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Webhooks have no callbacks."""
    del scope
    if (
        node.place.pointer.startswith("/webhooks/")
        and "/callbacks/" not in node.place.pointer
        and mapping(node.fields["callbacks"])
    ):
        yield Flaw("a webhook has callbacks", node.place.child("callbacks").key())
