"""The address of a channel ends with a slash.

Brokers take it for another channel than the one without.

```yaml flawed asyncapi 3.0.0
channels: {rides: {address: rides/}}
```

```yaml fine asyncapi 3.0.0
channels: {rides: {address: rides}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import text
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import last_token, quoted


@lint_rule("channel-trailing-slash", AsyncApi.CHANNEL, sets={RuleSet.RECOMMENDED: Severity.WARNING})
def channel_trailing_slash(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Addresses do not end with a slash."""
    address = text(node.fields.get("address")) or (last_token(node) if scope.version().startswith("2.") else "")
    if len(address) > 1 and address.endswith("/"):
        yield Flaw(
            f"address {quoted(address)} ends with a slash",
            node.place.child("address") if "address" in node.fields else node.place.key(),
        )
