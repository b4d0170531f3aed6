"""An HTTP authentication scheme is weak, or made for something else.

`digest` rests on MD5, `oauth` is OAuth 1, and `negotiate` or `ntlm` authenticate a connection instead of a request.

```yaml flawed openapi 3.1.0
components: {securitySchemes: {login: {type: http, scheme: digest}}}
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
    "http-scheme-weak",
    OpenApi.SECURITY_SCHEME,
    AsyncApi.SECURITY_SCHEME,
    sets={RuleSet.SECURITY: Severity.WARNING},
    field="scheme",
)
def http_scheme_weak(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """No scheme is outdated."""
    del scope
    name = text(node.fields["scheme"]).lower()
    if name in {"digest", "hoba", "negotiate", "ntlm", "oauth"}:
        yield Flaw(f"scheme {name!r} is weak, or authenticates a connection", node.place.child("scheme"))
