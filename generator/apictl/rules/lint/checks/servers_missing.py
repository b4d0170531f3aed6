"""An OpenAPI document does not say where the service is.

Without `servers` the address is that of the document itself, wherever it was found. Name one server at least, be it a
path such as `/v1`.

```yaml flawed openapi 3.1.0
servers: []
```

```yaml fine openapi 3.1.0
servers: [{url: 'https://api.rides.example/v1'}]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import items
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule("servers-missing", OpenApi.DOCUMENT, sets={RuleSet.RECOMMENDED: Severity.WARNING})
def servers_missing(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """A document with operations has servers (OpenAPI 3.1, OpenAPI Object)."""
    del scope
    if not items(node.fields.get("servers")) and ("paths" in node.fields):
        yield Flaw("no server is declared", node.place, hint="add `servers` with a `url`")
