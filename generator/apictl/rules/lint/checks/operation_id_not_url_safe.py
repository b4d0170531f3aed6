"""An id of an operation has characters that have no place in a URL.

Documentation links to operations by their ids. Letters, digits and `-._~` need no escape, nor do most other signs of
RFC 3986.

```yaml flawed openapi 3.1.0
paths:
  /rides: {get: {operationId: list rides, summary: List., responses: {'204': {description: None.}}}}
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

import re
from collections.abc import Iterator
from typing import Final

from apictl.findings import Severity
from apictl.readers.access import text
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import quoted

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]")


@lint_rule(
    "operation-id-not-url-safe",
    OpenApi.OPERATION,
    sets={RuleSet.RECOMMENDED: Severity.WARNING, RuleSet.STRICT: Severity.WARNING, RuleSet.CODEGEN: Severity.WARNING},
    field="operationId",
)
def operation_id_not_url_safe(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """An id has only characters that a URL may have."""
    del scope
    name = text(node.fields["operationId"])
    found = _UNSAFE.search(name)
    if found is not None:
        yield Flaw(
            f"operationId {quoted(name)} has {found.group()!r}, which is escaped in links",
            node.place.child("operationId"),
        )
