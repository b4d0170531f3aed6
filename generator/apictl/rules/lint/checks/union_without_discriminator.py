"""Nothing tells the branches of a union apart.

Each branch has to be tried, and a value that fits none gives an error for each. Give every branch a property with a
`const` of its own, or a `discriminator`.

```yaml flawed openapi 3.1.0
components:
  schemas:
    Fare: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
    A: {type: object, properties: {a: {type: string}}}
    B: {type: object, properties: {b: {type: string}}}
```

```yaml fine openapi 3.1.0
components:
  schemas:
    Fare:
      oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]
      discriminator: {propertyName: k}
    A: {type: object, required: [k], properties: {k: {type: string}}}
    B: {type: object, required: [k], properties: {k: {type: string}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from apictl.findings import Severity
from apictl.readers.access import Tree, items, mapping
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope

_TWO: Final = 2


@lint_rule(
    "union-without-discriminator", OpenApi.SCHEMA, AsyncApi.SCHEMA, sets={RuleSet.CODEGEN: Severity.INFO}, field="oneOf"
)
def union_without_discriminator(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Unions of objects have a discriminator."""
    branches = [scope.child(node, "oneOf", index) for index in range(len(items(node.fields["oneOf"])))]
    objects = [each.fields for each in branches if each is not None and "properties" in each.fields]
    if "discriminator" in node.fields or len(objects) < _TWO:
        return
    if not any(all(_is_constant(fields, name) for fields in objects) for name in mapping(objects[0].get("properties"))):
        yield Flaw(
            "nothing tells the branches of oneOf apart", node.place.child("oneOf").key(), hint="add a discriminator"
        )


def _is_constant(fields: Tree, name: str) -> bool:
    schema = mapping(mapping(fields.get("properties")).get(name))
    return "const" in schema or len(items(schema.get("enum"))) == 1
