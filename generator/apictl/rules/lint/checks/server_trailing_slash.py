"""The address of a server ends with a slash.

Paths begin with one, so that requests go to `//rides`. Leave it out.

```yaml flawed openapi 3.1.0
servers: [{url: 'https://api.rides.example/v1/'}]
```

```yaml fine openapi 3.1.0
servers: [{url: 'https://api.rides.example/v1'}]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import text
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import quoted


@lint_rule("server-trailing-slash", OpenApi.SERVER, AsyncApi.SERVER, sets={RuleSet.RECOMMENDED: Severity.WARNING})
def server_trailing_slash(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Addresses of servers do not end with a slash."""
    del scope
    for name in ("url", "host", "pathname"):
        address = text(node.fields.get(name))
        if len(address) > 1 and address.endswith("/"):
            yield Flaw(f"{name} {quoted(address)} ends with a slash", node.place.child(name))
