"""A text that is sent to the service may have any length.

A caller may send megabytes, and what stores or matches them pays (OWASP API4:2023). Set `maxLength`, or an `enum`, a
`const`, a `pattern` or a `format` that limits it.

```yaml flawed openapi 3.1.0
paths:
  /rides:
    post:
      operationId: startRide
      requestBody: {content: {application/json: {schema: {type: string}}}}
      responses: {'204': {description: None.}}
```

```yaml fine openapi 3.1.0
paths:
  /rides:
    post:
      operationId: startRide
      requestBody: {content: {application/json: {schema: {type: string, maxLength: 200}}}}
      responses: {'204': {description: None.}}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from apictl.findings import Severity
from apictl.readers.access import text
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.securing import request_schemas, schema_types

_LIMITING: Final = frozenset({"const", "enum", "maxLength", "pattern", "contentEncoding", "contentMediaType"})
_SHORT: Final = frozenset({"binary", "byte", "date", "date-time", "duration", "ipv4", "ipv6", "time", "uuid"})


@lint_rule("string-unbounded", OpenApi.DOCUMENT, sets={RuleSet.SECURITY: Severity.WARNING})
def string_unbounded(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Texts in requests have a largest length (OWASP API4:2023)."""
    del node
    for each in request_schemas(scope):
        if "string" not in schema_types(each) or _LIMITING & each.fields.keys():
            continue
        if text(each.fields.get("format")) not in _SHORT:
            yield Flaw("the text may have any length", each.place, hint="set maxLength")
