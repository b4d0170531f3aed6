"""A broker lets everybody in.

A server names no `security`: whoever reaches it may read and send (OWASP API2:2023). List the schemes that it
accepts.

```yaml flawed asyncapi 3.0.0
servers: {main: {host: broker.rides.dev, protocol: amqps}}
```

```yaml fine asyncapi 3.0.0
servers: {main: {host: broker.rides.dev, protocol: amqps, security: [{type: userPassword}]}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import items
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import last_token, quoted


@lint_rule("event-server-unauthenticated", AsyncApi.SERVER, sets={RuleSet.SECURITY: Severity.WARNING})
def event_server_unauthenticated(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Brokers ask for a credential."""
    del scope
    if not items(node.fields.get("security")):
        yield Flaw(f"server {quoted(last_token(node))} asks for no credential", node.place.key(), hint="add `security`")
