"""A message of AsyncAPI 2 has no name.

It is called after its channel; a second message there, or another address, changes its class in generated code. Give
it a `name`, or put it into `components`.

```yaml flawed asyncapi 2.6.0
channels: {rides: {publish: {operationId: onRide, message: {payload: {type: object}}}}}
```

```yaml fine asyncapi 2.6.0
channels:
  rides: {publish: {operationId: onRide, message: {name: RideBegun, payload: {type: object}}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import text
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule(
    "message-unnamed", AsyncApi.MESSAGE, sets={RuleSet.RECOMMENDED: Severity.WARNING, RuleSet.CODEGEN: Severity.WARNING}
)
def message_unnamed(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """A message within an operation has a name (AsyncAPI 2.6, Message Object)."""
    if not scope.version().startswith("2.") or "/components/" in node.place.pointer or "oneOf" in node.fields:
        return
    if not any(text(node.fields.get(name)) for name in ("name", "messageId", "title")):
        yield Flaw("the message has no name", node.place.key(), hint="add `name`")
