"""A flow of OAuth2 hands out tokens where others can catch them.

`implicit` puts the token into the address, `password` gives the user's password to the client; RFC 9700 (2.1.2, 2.4)
forbids both. Use `authorizationCode` with PKCE, or `clientCredentials` between services.

```yaml flawed openapi 3.1.0
components:
  securitySchemes:
    login:
      type: oauth2
      flows: {implicit: {authorizationUrl: 'https://login.rides.dev', scopes: {}}}
```

```yaml fine openapi 3.1.0
components:
  securitySchemes:
    login:
      type: oauth2
      flows: {clientCredentials: {tokenUrl: 'https://login.rides.dev', scopes: {}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import mapping
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule(
    "oauth-flow-unsafe",
    OpenApi.SECURITY_SCHEME,
    AsyncApi.SECURITY_SCHEME,
    sets={RuleSet.SECURITY: Severity.ERROR},
    field="flows",
)
def oauth_flow_unsafe(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Flows are those that RFC 9700 leaves."""
    del scope
    for name in mapping(node.fields["flows"]):
        if name in {"implicit", "password"}:
            yield Flaw(
                f"flow {name!r} gives tokens or passwords away",
                node.place.child("flows", name).key(),
                hint="use authorizationCode with PKCE",
            )
