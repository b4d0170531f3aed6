"""A schema of the components says nothing of what it stands for.

Its name alone is all that a reader, and the docstring of a generated class, has.

```yaml flawed openapi 3.1.0
components: {schemas: {Ride: {type: object}}}
```

```yaml fine openapi 3.1.0
components: {schemas: {Ride: {type: object, description: From booking to arrival.}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import mapping
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import quoted


@lint_rule(
    "schema-undescribed", OpenApi.COMPONENTS, AsyncApi.COMPONENTS, sets={RuleSet.STRICT: Severity.INFO}, field="schemas"
)
def schema_undescribed(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """A schema of the components has a title or a description."""
    del scope
    for name, value in mapping(node.fields["schemas"]).items():
        fields = mapping(value)
        if fields and not {"$ref", "description", "title", "schema"} & fields.keys():
            yield Flaw(f"schema {quoted(name)} has no description", node.place.child("schemas", name).key())
