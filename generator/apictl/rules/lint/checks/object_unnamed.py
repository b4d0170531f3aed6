"""An object within another has no name.

Generated code has to make a name of the path that leads to it; it changes when the object moves. Move the schema to
`components` and refer to it, or give it a `title`.

```yaml flawed openapi 3.1.0
components:
  schemas:
    Ride: {type: object, properties: {start: {type: object, properties: {lat: {type: number}}}}}
```

```yaml fine openapi 3.1.0
components:
  schemas:
    Ride: {type: object, properties: {start: {$ref: '#/components/schemas/Spot'}}}
    Spot: {type: object, properties: {lat: {type: number}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import mapping
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import quoted


@lint_rule("object-unnamed", OpenApi.SCHEMA, AsyncApi.SCHEMA, sets={RuleSet.CODEGEN: Severity.INFO}, field="properties")
def object_unnamed(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Objects within objects are components."""
    del scope
    for name, value in mapping(node.fields["properties"]).items():
        fields = mapping(value)
        if mapping(fields.get("properties")) and "title" not in fields:
            yield Flaw(
                f"property {quoted(name)} is an object without a name", node.place.child("properties", name).key()
            )
