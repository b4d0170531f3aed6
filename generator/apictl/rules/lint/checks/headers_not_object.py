"""The schema of headers is none of an object.

Headers have names and values; nothing else can be meant (AsyncAPI 3.0, Message Object).

```yaml flawed asyncapi 3.0.0
channels:
  rides: {address: rides, messages: {begun: {headers: {type: string}, payload: {type: object}}}}
```

```yaml fine asyncapi 3.0.0
channels:
  rides: {address: rides, messages: {begun: {headers: {type: object}, payload: {type: object}}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from apictl.findings import Severity
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope

_COMPOSING: Final = frozenset({"allOf", "anyOf", "oneOf", "$ref"})


@lint_rule(
    "headers-not-object",
    AsyncApi.MESSAGE,
    AsyncApi.MESSAGE_TRAIT,
    sets={RuleSet.RECOMMENDED: Severity.ERROR},
    field="headers",
)
def headers_not_object(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Headers are an object (AsyncAPI 3.0, Message Object)."""
    headers = scope.child(node, "headers")
    if (
        headers is not None
        and "schema" not in headers.fields
        and headers.fields.get("type") != "object"
        and not _COMPOSING & headers.fields.keys()
    ):
        yield Flaw("headers are no object", headers.place, hint="write type: object")
