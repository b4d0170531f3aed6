"""A webhook says where it is.

Who receives a webhook chooses the address; the document can not know it. Remove `servers`.

```yaml flawed openapi 3.1.0
webhooks:
  begun:
    servers: [{url: 'https://api.rides.dev'}]
    post: {operationId: a, responses: {'204': {description: None.}}}
```

```yaml fine openapi 3.1.0
webhooks:
  begun: {post: {operationId: a, responses: {'204': {description: None.}}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule(
    "webhook-with-servers",
    OpenApi.OPERATION,
    OpenApi.PATH_ITEM,
    sets={RuleSet.RECOMMENDED: Severity.WARNING},
    field="servers",
)
def webhook_with_servers(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Webhooks have no servers."""
    del scope
    if node.place.pointer.startswith("/webhooks/") and "/callbacks/" not in node.place.pointer:
        yield Flaw("a webhook has servers", node.place.child("servers").key())
