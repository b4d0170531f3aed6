"""What was made is not said to be anywhere.

An answer with status 201 names the address of the new thing in the header `Location` (RFC 9110, 15.3.2).

```yaml flawed openapi 3.1.0
paths:
  /rides:
    post:
      operationId: listRides
      summary: List rides
      responses: {'201': {description: Made.}}
```

```yaml fine openapi 3.1.0
paths:
  /rides:
    post:
      operationId: listRides
      summary: List rides
      responses:
        '201':
          description: Made.
          headers: {Location: {description: Its address., schema: {type: string}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import mapping
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule("created-without-location", OpenApi.RESPONSES, sets={RuleSet.STRICT: Severity.WARNING}, field="201")
def created_without_location(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """201 has a Location (RFC 9110, 15.3.2)."""
    response = scope.child(node, "201")
    if response is not None and "location" not in {name.lower() for name in mapping(response.fields.get("headers"))}:
        yield Flaw("answer 201 has no header 'Location'", response.place.key())
