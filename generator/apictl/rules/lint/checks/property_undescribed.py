"""A property says nothing of what it holds.

Its name is clear to who chose it. No set asks for it, for many names say enough.

```yaml flawed openapi 3.1.0
components: {schemas: {Ride: {type: object, properties: {eta: {type: integer}}}}}
```

```yaml fine openapi 3.1.0
components:
  schemas: {Ride: {type: object, properties: {eta: {type: integer, description: Minutes.}}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.readers.access import mapping
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import quoted


@lint_rule("property-undescribed", OpenApi.SCHEMA, AsyncApi.SCHEMA, sets={}, field="properties")
def property_undescribed(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """A property has a title or a description."""
    del scope
    for name, value in mapping(node.fields["properties"]).items():
        fields = mapping(value)
        if fields and not {"$ref", "description", "title"} & fields.keys():
            yield Flaw(f"property {quoted(name)} has no description", node.place.child("properties", name).key())
