"""Two properties have one name in generated code.

Names that differ by case or by signs alone become the same attribute. One of them gets a number.

```yaml flawed openapi 3.1.0
components:
  schemas: {Ride: {type: object, properties: {ride-id: {type: string}, rideId: {type: string}}}}
```

```yaml fine openapi 3.1.0
components: {schemas: {Ride: {type: object, properties: {rideId: {type: string}}}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.pages.python.names import snake
from apictl.readers.access import mapping
from apictl.rules.lint.naming import clashes
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule(
    "property-names-clash",
    OpenApi.SCHEMA,
    AsyncApi.SCHEMA,
    sets={RuleSet.CODEGEN: Severity.WARNING},
    field="properties",
)
def property_names_clash(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Names of properties stay apart in Python."""
    del scope
    names = [*mapping(node.fields["properties"])]
    if len({name.replace("-", "").replace("_", "").lower() for name in names}) == len(names) and all(
        map(str.isascii, names)
    ):
        return  # the quick way for almost all
    places = [(name, node.place.child("properties", name).key()) for name in names]
    yield from clashes(places, lambda name: snake(name, "field"), what="properties")
