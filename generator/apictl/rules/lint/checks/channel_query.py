"""The address of a channel has a query or a fragment.

Addresses of channels have neither (AsyncAPI 3.0, Channel Object); a query of a WebSocket belongs into its binding.

```yaml flawed asyncapi 3.0.0
channels: {rides: {address: 'rides?open=true'}}
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


@lint_rule("channel-query", AsyncApi.CHANNEL, sets={RuleSet.RECOMMENDED: Severity.WARNING})
def channel_query(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Addresses have no query and no fragment (AsyncAPI 3.0, Channel Object)."""
    address = text(node.fields.get("address")) or (last_token(node) if scope.version().startswith("2.") else "")
    if {"?", "#"} & {*address.removesuffix("#")} and not address.endswith("/#"):
        yield Flaw(
            f"address {quoted(address)} has a query or a fragment",
            node.place.child("address") if "address" in node.fields else node.place.key(),
        )
