"""A server speaks a protocol that everybody on the way can read.

Credentials and content travel in clear (OWASP API8:2023). Write `https`, or the variant of the broker's protocol that
uses TLS. A server on the same machine is left alone.

```yaml flawed openapi 3.1.0
servers: [{url: 'http://api.rides.dev/v1'}]
```

```yaml fine openapi 3.1.0
servers: [{url: 'https://api.rides.dev/v1'}]
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from apictl.findings import Severity
from apictl.readers.access import text
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import quoted

_LOCAL: Final = re.compile(r"(?:http|ws)://(?:localhost|127\.|\[::1\]|0\.0\.0\.0)")


@lint_rule("server-unencrypted", OpenApi.SERVER, sets={RuleSet.SECURITY: Severity.ERROR})
def server_unencrypted(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Servers speak TLS (OWASP API8:2023)."""
    del scope
    address = text(node.fields.get("url")).lower()
    if address.startswith(("http://", "ws://")) and not _LOCAL.match(address):
        secure = address.replace("http://", "https://").replace("ws://", "wss://")
        yield Flaw(f"{quoted(address)} is not encrypted", node.place.child("url"), hint=f"write {quoted(secure)}")
