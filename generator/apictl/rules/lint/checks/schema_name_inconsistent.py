"""A name of a schema is written otherwise than most others.

Most names in the document agree on one way to join their words, and this one does not. Who writes code against it has
to look twice.

```yaml flawed openapi 3.1.0
components:
  schemas: {RideOffer: {type: object}, CarType: {type: string}, fare_zone: {type: string}}
```

```yaml fine openapi 3.1.0
components:
  schemas: {RideOffer: {type: object}, CarType: {type: string}, FareZone: {type: string}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import mapping
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.styling import misspelled


@lint_rule("schema-name-inconsistent", OpenApi.DOCUMENT, AsyncApi.DOCUMENT, sets={RuleSet.STRICT: Severity.WARNING})
def schema_name_inconsistent(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Names of schemas are written in one way within a document."""
    del node
    names = [
        (name, scope.root.place.child("components", "schemas", name).key())
        for name in mapping(mapping(scope.root.fields.get("components")).get("schemas"))
    ]
    yield from misspelled(names, "schema")
