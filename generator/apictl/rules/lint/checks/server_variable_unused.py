"""A variable of a server is not in its address.

It was renamed in one of both places.

```yaml flawed openapi 3.1.0
servers: [{url: 'https://api.rides.dev/v1', variables: {region: {default: eu}}}]
```

```yaml fine openapi 3.1.0
servers: [{url: 'https://{region}.rides.dev/v1', variables: {region: {default: eu}}}]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import mapping, text
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import quoted


@lint_rule(
    "server-variable-unused",
    OpenApi.SERVER,
    AsyncApi.SERVER,
    sets={RuleSet.RECOMMENDED: Severity.WARNING},
    field="variables",
)
def server_variable_unused(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Variables of a server are in its address."""
    del scope
    address = "".join(text(node.fields.get(name)) for name in ("url", "host", "pathname"))
    for name in mapping(node.fields["variables"]):
        if "{" + name + "}" not in address:
            yield Flaw(f"variable {quoted(name)} is not in the address", node.place.child("variables", name).key())
