"""Branches of a composition are alike, or there is only one.

Two branches that are the same make `oneOf` refuse every value that fits them, and add nothing elsewhere. A `oneOf` or
`anyOf` of one branch is that branch.

```yaml flawed openapi 3.1.0
components:
  schemas:
    Fare: {oneOf: [{type: number}, {type: number}]}
```

```yaml fine openapi 3.1.0
components:
  schemas:
    Fare: {oneOf: [{type: number}, {type: string}]}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from apictl.findings import Related, Severity
from apictl.readers.access import items, mapping
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.values import identity

_MOST: Final = 500


@lint_rule(
    "composition-illogical",
    OpenApi.SCHEMA,
    AsyncApi.SCHEMA,
    sets={RuleSet.RECOMMENDED: Severity.WARNING},
    field=("oneOf", "anyOf", "allOf"),
)
def composition_illogical(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Branches differ, and are more than one."""
    del scope
    for keyword in ("oneOf", "anyOf", "allOf"):
        branches = items(node.fields.get(keyword))
        # A reference alone in a branch is how OpenAPI 3.0 lets something stand beside it.
        if len(branches) == 1 and keyword != "allOf" and "$ref" not in mapping(branches[0]):
            yield Flaw(
                f"{keyword} has a single branch", node.place.child(keyword).key(), hint="write the branch itself"
            )
        seen: dict[object, int] = {}
        for index, branch in enumerate(branches if len(branches) < _MOST else ()):
            before = seen.setdefault(identity(branch), index)
            if before != index:
                related = (Related("the first one", node.place.child(keyword, before)),)
                yield Flaw(f"two branches of {keyword} are the same", node.place.child(keyword, index), related=related)
