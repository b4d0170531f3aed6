"""A channel says nothing of what travels there.

Its address alone is all that a reader has.

```yaml flawed asyncapi 3.0.0
channels: {rides: {address: rides}}
```

```yaml fine asyncapi 3.0.0
channels: {rides: {address: rides, description: Rides from booking to arrival.}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import text
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import last_token, quoted


@lint_rule("channel-undescribed", AsyncApi.CHANNEL, sets={RuleSet.STRICT: Severity.WARNING})
def channel_undescribed(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """A channel is described."""
    del scope
    if not any(text(node.fields.get(name)).strip() for name in ("description", "summary", "title")):
        yield Flaw(f"channel {quoted(last_token(node))} has no description", node.place.key())
