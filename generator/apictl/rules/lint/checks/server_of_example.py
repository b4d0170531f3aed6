"""The address of a server is that of nobody.

`example.com` is left from a template or a tutorial.

```yaml flawed openapi 3.1.0
servers: [{url: 'https://example.com/v1'}]
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
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import quoted

_EXAMPLE: Final = re.compile(r"\bexample\.(?:com|net|org)\b", re.IGNORECASE)


@lint_rule("server-of-example", OpenApi.SERVER, AsyncApi.SERVER, sets={RuleSet.STRICT: Severity.WARNING})
def server_of_example(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Servers are not at example.com (RFC 2606, 3)."""
    del scope
    for name in ("url", "host"):
        if _EXAMPLE.search(text(node.fields.get(name))):
            yield Flaw(f"{name} {quoted(text(node.fields.get(name)))} is the address of nobody", node.place.child(name))
