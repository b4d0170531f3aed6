"""A broker is spoken to in a protocol that everybody on the way can read.

Credentials and messages travel in clear. Write the variant of the protocol that uses TLS: `amqps`, `kafka-secure`,
`secure-mqtt`, `wss`, `https`. A broker on the same machine is left alone.

```yaml flawed asyncapi 3.0.0
servers: {main: {host: broker.rides.dev, protocol: amqp}}
```

```yaml fine asyncapi 3.0.0
servers: {main: {host: broker.rides.dev, protocol: amqps}}
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from apictl.findings import Severity
from apictl.readers.access import text
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope

_LOCAL: Final = re.compile(r"(?:^|//)(?:localhost|127\.|\[::1\])")
_SECURE: Final[Mapping[str, str]] = {
    "amqp": "amqps",
    "http": "https",
    "kafka": "kafka-secure",
    "mqtt": "secure-mqtt",
    "mqtt5": "secure-mqtt",
    "stomp": "stomps",
    "ws": "wss",
}


@lint_rule("event-server-unencrypted", AsyncApi.SERVER, sets={RuleSet.SECURITY: Severity.WARNING})
def event_server_unencrypted(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Brokers speak TLS."""
    del scope
    address = text(node.fields.get("host")) or text(node.fields.get("url"))
    better = _SECURE.get(text(node.fields.get("protocol")).lower())
    if better is not None and not _LOCAL.search(address):
        yield Flaw(
            f"protocol {text(node.fields['protocol'])!r} is not encrypted",
            node.place.child("protocol"),
            hint=f"write {better!r}",
        )
