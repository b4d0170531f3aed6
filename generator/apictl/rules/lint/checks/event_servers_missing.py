"""An AsyncAPI document names no broker.

Without `servers` nobody knows which protocol is spoken, and bindings have nothing to bind to.

```yaml flawed asyncapi 3.0.0
channels: {rides: {address: rides}}
```

```yaml fine asyncapi 3.0.0
servers: {main: {host: 'broker.rides.example:9092', protocol: kafka-secure}}
channels: {rides: {address: rides}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import mapping
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule("event-servers-missing", AsyncApi.DOCUMENT, sets={RuleSet.RECOMMENDED: Severity.WARNING})
def event_servers_missing(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """A document with channels has servers."""
    del scope
    if not mapping(node.fields.get("servers")) and mapping(node.fields.get("channels")):
        yield Flaw("no server is declared", node.place, hint="add `servers` with host and protocol")
