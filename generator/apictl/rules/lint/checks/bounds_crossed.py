"""A lower bound is above the upper one.

No value is in between, so that nothing can ever be sent.

```yaml flawed openapi 3.1.0
components:
  schemas:
    Seats: {type: integer, minimum: 6, maximum: 1}
```

```yaml fine openapi 3.1.0
components:
  schemas:
    Seats: {type: integer, minimum: 1, maximum: 6}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from apictl.findings import Severity
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope

_PAIRS: Final = (
    ("minimum", "maximum"),
    ("exclusiveMinimum", "exclusiveMaximum"),
    ("minimum", "exclusiveMaximum"),
    ("exclusiveMinimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
    ("minContains", "maxContains"),
)


@lint_rule(
    "bounds-crossed",
    OpenApi.SCHEMA,
    AsyncApi.SCHEMA,
    sets={RuleSet.RECOMMENDED: Severity.ERROR},
    field=("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains"),
)
def bounds_crossed(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Lower bounds are not above upper ones."""
    del scope
    for lower, upper in _PAIRS:
        low, high = node.fields.get(lower), node.fields.get(upper)
        if (
            isinstance(low, int | float)
            and isinstance(high, int | float)
            and not isinstance(low, bool)
            and not isinstance(high, bool)
            and low > high
        ):
            yield Flaw(f"{lower} {low} is above {upper} {high}", node.place.child(lower))
