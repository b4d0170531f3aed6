"""Tokens are fetched over a connection that everybody on the way can read.

Write `https` in the addresses of OAuth2 and OpenID Connect.

```yaml flawed openapi 3.1.0
components:
  securitySchemes: {login: {type: openIdConnect, openIdConnectUrl: 'http://login.rides.dev'}}
```

```yaml fine openapi 3.1.0
components:
  securitySchemes: {login: {type: openIdConnect, openIdConnectUrl: 'https://login.rides.dev'}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import mapping, text
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule(
    "security-url-unencrypted",
    OpenApi.SECURITY_SCHEME,
    AsyncApi.SECURITY_SCHEME,
    sets={RuleSet.SECURITY: Severity.ERROR},
)
def security_url_unencrypted(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Addresses of security schemes are encrypted."""
    del scope
    flows = [
        (node.place.child("flows", name), mapping(flow)) for name, flow in mapping(node.fields.get("flows")).items()
    ]
    for place, fields in [(node.place, node.fields), *flows]:
        for name in ("authorizationUrl", "tokenUrl", "refreshUrl", "openIdConnectUrl"):
            if text(fields.get(name)).lower().startswith("http://"):
                yield Flaw(f"{name} is not encrypted", place.child(name), hint="write https")
