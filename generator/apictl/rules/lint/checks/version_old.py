"""A newer version of AsyncAPI is out.

What is sent and what is received was turned round between 2 and 3: the sooner, the fewer documents have to be turned.
The AsyncAPI converter does most of it.

```yaml flawed asyncapi 2.6.0
channels: {rides: {subscribe: {operationId: onRide, message: {name: R, payload: {type: object}}}}}
```

```yaml fine asyncapi 3.0.0
channels: {rides: {address: rides}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import quoted


@lint_rule("version-old", AsyncApi.DOCUMENT, sets={RuleSet.STRICT: Severity.INFO})
def version_old(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """A document is written in AsyncAPI 3."""
    if scope.version().startswith("2."):
        yield Flaw(
            f"AsyncAPI {quoted(scope.version())} has a successor",
            node.place.child("asyncapi"),
            hint="convert it to 3.0.0",
        )
