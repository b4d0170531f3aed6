"""An enum lists a value twice.

The second one says nothing, and generated code would have two names for one value. Most often one of them was meant
to be another value.

```yaml flawed openapi 3.1.0
components:
  schemas:
    Ride: {type: string, enum: [taxi, van, taxi]}
```

```yaml fine openapi 3.1.0
components:
  schemas:
    Ride: {type: string, enum: [taxi, van, bike]}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Related, Severity
from apictl.readers.access import items
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.values import identity, shown


@lint_rule(
    "enum-duplicate",
    OpenApi.SCHEMA,
    AsyncApi.SCHEMA,
    sets={RuleSet.RECOMMENDED: Severity.WARNING, RuleSet.CODEGEN: Severity.WARNING},
    field="enum",
)
def enum_duplicate(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Each value is listed once (JSON Schema 2020-12, Validation 6.1.2)."""
    del scope
    first: dict[object, int] = {}
    for index, value in enumerate(items(node.fields["enum"])):
        before = first.setdefault(identity(value), index)
        if before != index:
            related = (Related("listed first at", node.place.child("enum", before)),)
            yield Flaw(f"{shown(value)} is listed twice", node.place.child("enum", index), related=related)
