"""Names and passwords travel with every request.

HTTP Basic sends them where a token that expires would do, and who catches one request has them for good (OWASP
API2:2023). Use OAuth2, OpenID Connect or mutual TLS.

```yaml flawed openapi 3.1.0
components: {securitySchemes: {login: {type: http, scheme: basic}}}
```

```yaml fine openapi 3.1.0
components: {securitySchemes: {token: {type: http, scheme: bearer, bearerFormat: JWT}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import text
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule(
    "basic-authentication",
    OpenApi.SECURITY_SCHEME,
    AsyncApi.SECURITY_SCHEME,
    sets={RuleSet.SECURITY: Severity.WARNING},
    field="scheme",
)
def basic_authentication(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """No scheme is Basic (OWASP API2:2023)."""
    del scope
    if text(node.fields["scheme"]).lower() == "basic":
        yield Flaw("HTTP Basic sends the password with each request", node.place.child("scheme"))
