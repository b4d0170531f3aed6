"""A key travels in the address.

Addresses are logged by servers and proxies, kept in histories and sent on as referrers, keys with them (OWASP
API2:2023). Put the key into a header.

```yaml flawed openapi 3.1.0
components: {securitySchemes: {key: {type: apiKey, in: query, name: key}}}
```

```yaml fine openapi 3.1.0
components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import text
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import quoted


@lint_rule("api-key-in-url", OpenApi.SECURITY_SCHEME, sets={RuleSet.SECURITY: Severity.ERROR}, field="in")
def api_key_in_url(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Keys are not in the query (OWASP API2:2023)."""
    del scope
    if node.fields["in"] == "query":
        yield Flaw(
            f"key {quoted(text(node.fields.get('name')))} is part of the address",
            node.place.child("in"),
            hint="write `in: header`",
        )
