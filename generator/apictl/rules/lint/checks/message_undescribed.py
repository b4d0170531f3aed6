"""A message says nothing of when it is sent.

What happened, and when it is told, is no part of a payload. Write a `summary` or a `description`.

```yaml flawed asyncapi 3.0.0
channels: {rides: {address: rides, messages: {begun: {payload: {type: object}}}}}
```

```yaml fine asyncapi 3.0.0
channels:
  rides: {address: rides, messages: {begun: {summary: A ride began., payload: {type: object}}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import items, text
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import last_token, quoted


@lint_rule("message-undescribed", AsyncApi.MESSAGE, sets={RuleSet.STRICT: Severity.WARNING})
def message_undescribed(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """A message is described."""
    del scope
    if "oneOf" in node.fields or items(node.fields.get("traits")):
        return
    if not any(text(node.fields.get(name)).strip() for name in ("description", "summary", "title")):
        yield Flaw(
            f"message {quoted(text(node.fields.get('name')) or last_token(node))} is not described", node.place.key()
        )
