"""The address of a server has braces with nothing in them.

A variable has a name, by which `variables` gives its default.

```yaml flawed asyncapi 3.0.0
servers: {main: {host: 'broker-{}.rides.dev', protocol: amqp}}
```

```yaml fine asyncapi 3.0.0
servers: {main: {host: 'broker.rides.dev', protocol: amqp}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import text
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule("server-variable-empty", OpenApi.SERVER, AsyncApi.SERVER, sets={RuleSet.RECOMMENDED: Severity.WARNING})
def server_variable_empty(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Braces in an address hold a name."""
    del scope
    for name in ("url", "host", "pathname"):
        if "{}" in text(node.fields.get(name)):
            yield Flaw(f"{name} has braces with nothing in them", node.place.child(name))
