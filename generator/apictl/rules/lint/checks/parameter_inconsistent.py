"""A name of a query parameter is written otherwise than most others.

Most names in the document agree on one way to join their words, and this one does not. Who writes code against it has
to look twice.

```yaml flawed openapi 3.1.0
paths:
  /a:
    parameters:
      - {name: maxSeats, in: query, schema: {type: integer}}
      - {name: minSeats, in: query, schema: {type: integer}}
      - {name: max_price, in: query, schema: {type: integer}}
```

```yaml fine openapi 3.1.0
paths:
  /a:
    parameters:
      - {name: maxSeats, in: query, schema: {type: integer}}
      - {name: minSeats, in: query, schema: {type: integer}}
      - {name: maxPrice, in: query, schema: {type: integer}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import text
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.styling import misspelled


@lint_rule("parameter-inconsistent", OpenApi.DOCUMENT, sets={RuleSet.STRICT: Severity.WARNING})
def parameter_inconsistent(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Query parameters are written in one way within a document."""
    del node
    names = [
        (text(each.fields.get("name")), each.place.child("name"))
        for each in scope.objects(OpenApi.PARAMETER)
        if each.fields.get("in") == "query"
    ]
    yield from misspelled(names, "query parameter")
