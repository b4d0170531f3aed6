"""A name of a property is written otherwise than most others.

Most names in the document agree on one way to join their words, and this one does not. Who writes code against it has
to look twice.

```yaml flawed openapi 3.1.0
components:
  schemas:
    Ride:
      type: object
      properties: {rideId: {type: string}, startTime: {type: string}, end_time: {type: string}}
```

```yaml fine openapi 3.1.0
components:
  schemas:
    Ride:
      type: object
      properties: {rideId: {type: string}, startTime: {type: string}, endTime: {type: string}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import mapping
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.styling import misspelled


@lint_rule("property-inconsistent", OpenApi.DOCUMENT, AsyncApi.DOCUMENT, sets={RuleSet.STRICT: Severity.WARNING})
def property_inconsistent(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Properties are written in one way within a document."""
    del node
    names = [
        (name, each.place.child("properties", name).key())
        for each in scope.objects(OpenApi.SCHEMA, AsyncApi.SCHEMA)
        for name in mapping(each.fields.get("properties"))
    ]
    yield from misspelled(names, "property")
