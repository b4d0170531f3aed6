"""A number has two bounds on the same side.

Only the stricter of `maximum` and `exclusiveMaximum` counts; the other misleads who reads it first.

```yaml flawed openapi 3.1.0
components:
  schemas:
    Seats: {type: integer, maximum: 6, exclusiveMaximum: 7}
```

```yaml fine openapi 3.1.0
components:
  schemas:
    Seats: {type: integer, maximum: 6}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule(
    "bounds-doubled",
    OpenApi.SCHEMA,
    AsyncApi.SCHEMA,
    sets={RuleSet.RECOMMENDED: Severity.WARNING},
    field=("exclusiveMinimum", "exclusiveMaximum"),
)
def bounds_doubled(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """A number has one bound on each side."""
    del scope
    for plain, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if (
            plain in node.fields
            and isinstance(node.fields.get(exclusive), int | float)
            and not isinstance(node.fields[exclusive], bool)
        ):
            yield Flaw(
                f"{plain} and {exclusive} both bound the number", node.place.child(exclusive).key(), hint="keep one"
            )
