"""A caller may make the service call any address.

A parameter or a property is an address to be called. Without a list of hosts it may be one inside your network (OWASP
API7:2023, SSRF). Give a `pattern` or an `enum`, and check it in the service.

```yaml flawed openapi 3.1.0
paths:
  /rides:
    post:
      operationId: startRide
      requestBody:
        content:
          application/json:
            schema: {type: object, properties: {callbackUrl: {type: string, format: uri}}}
      responses: {'204': {description: None.}}
```

```yaml fine openapi 3.1.0
paths:
  /rides:
    post:
      operationId: startRide
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                callbackUrl: {type: string, format: uri, pattern: '^https://hooks[.]rides[.]dev/'}
      responses: {'204': {description: None.}}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from apictl.findings import Severity
from apictl.readers.access import mapping, text
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.securing import request_schemas
from apictl.rules.lint.words import quoted, words

_CALLED: Final = frozenset({"callback", "hook", "notification", "notify", "redirect", "target", "webhook"})


@lint_rule("url-unchecked", OpenApi.DOCUMENT, sets={RuleSet.SECURITY: Severity.INFO})
def url_unchecked(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Addresses to be called are limited (OWASP API7:2023)."""
    del node
    for each in request_schemas(scope):
        for name, value in mapping(each.fields.get("properties")).items():
            fields = mapping(value)
            if (
                text(fields.get("format")) in {"uri", "url"}
                and _CALLED & {*words(name)}
                and not {"enum", "pattern", "const"} & fields.keys()
            ):
                yield Flaw(
                    f"{quoted(name)} may be any address",
                    each.place.child("properties", name).key(),
                    hint="add a pattern",
                )
