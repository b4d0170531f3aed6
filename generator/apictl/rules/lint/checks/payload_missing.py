"""A message does not say what it carries.

Without a `payload` anything may be sent. Where the key or the headers are all, write `payload: {type: 'null'}`.

```yaml flawed asyncapi 3.0.0
channels: {rides: {address: rides, messages: {begun: {summary: Begun.}}}}
```

```yaml fine asyncapi 3.0.0
channels: {rides: {address: rides, messages: {begun: {summary: Begun., payload: {type: object}}}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import text
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import last_token, quoted


@lint_rule(
    "payload-missing", AsyncApi.MESSAGE, sets={RuleSet.RECOMMENDED: Severity.WARNING, RuleSet.CODEGEN: Severity.WARNING}
)
def payload_missing(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """A message has a payload."""
    del scope
    if "payload" not in node.fields and "oneOf" not in node.fields:
        yield Flaw(
            f"message {quoted(text(node.fields.get('name')) or last_token(node))} has no payload", node.place.key()
        )
