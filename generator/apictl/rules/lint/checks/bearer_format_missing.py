"""Nothing says what a bearer token is.

Whether it is a JWT that can be checked offline, or a word that only its issuer understands, decides how a service
judges it. Say so in `bearerFormat`, and follow RFC 8725 for a JWT.

```yaml flawed openapi 3.1.0
components: {securitySchemes: {token: {type: http, scheme: bearer}}}
```

```yaml fine openapi 3.1.0
components: {securitySchemes: {token: {type: http, scheme: bearer, bearerFormat: JWT}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import text
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule("bearer-format-missing", OpenApi.SECURITY_SCHEME, sets={RuleSet.SECURITY: Severity.INFO}, field="scheme")
def bearer_format_missing(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """A bearer token has a format."""
    del scope
    if text(node.fields["scheme"]).lower() == "bearer" and not text(node.fields.get("bearerFormat")):
        yield Flaw("nothing says what the token is", node.place.key(), hint="add `bearerFormat`")
