"""Two schemas have one name in generated code, or in a file system.

Names that differ by case or by signs alone become the same class or file. One of them gets a number, and which one
depends on their order.

```yaml flawed openapi 3.1.0
components: {schemas: {RideOffer: {type: object}, ride_offer: {type: object}}}
```

```yaml fine openapi 3.1.0
components: {schemas: {RideOffer: {type: object}, Ride: {type: object}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.pages.python.names import pascal
from apictl.readers.access import mapping
from apictl.rules.lint.naming import clashes
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule(
    "schema-names-clash",
    OpenApi.COMPONENTS,
    AsyncApi.COMPONENTS,
    sets={RuleSet.CODEGEN: Severity.WARNING},
    field="schemas",
)
def schema_names_clash(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Names of schemas stay apart in Python."""
    del scope
    place = node.place.child("schemas")
    names = [(name, place.child(name).key()) for name in mapping(node.fields["schemas"])]
    yield from clashes(names, lambda name: pascal(name, "Schema").lower(), what="schemas")
