"""A property may be neither sent nor received.

`readOnly` keeps it out of requests, `writeOnly` out of answers.

```yaml flawed openapi 3.1.0
components:
  schemas:
    Ride: {type: object, properties: {id: {type: string, readOnly: true, writeOnly: true}}}
```

```yaml fine openapi 3.1.0
components:
  schemas:
    Ride: {type: object, properties: {id: {type: string, readOnly: true}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule(
    "read-and-write-only",
    OpenApi.SCHEMA,
    AsyncApi.SCHEMA,
    sets={RuleSet.RECOMMENDED: Severity.WARNING},
    field="readOnly",
)
def read_and_write_only(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """A property is not readOnly and writeOnly."""
    del scope
    if node.fields["readOnly"] is True and node.fields.get("writeOnly") is True:
        yield Flaw("readOnly and writeOnly leave no direction", node.place.child("writeOnly").key())
