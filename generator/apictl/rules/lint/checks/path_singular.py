"""A collection is called by the name of one of its members.

`/rides/{rideId}` reads as one of the rides. Where all collections are plural nobody has to look it up.

```yaml flawed openapi 3.1.0
paths:
  '/ride/{id}': {parameters: [{name: id, in: path, required: true, schema: {type: string}}]}
```

```yaml fine openapi 3.1.0
paths:
  '/rides/{id}': {parameters: [{name: id, in: path, required: true, schema: {type: string}}]}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from apictl.findings import Severity
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import quoted, segments, words

_PLURAL: Final = frozenset(
    {"children", "data", "equipment", "feet", "information", "media", "men", "people", "staff", "women"}
)


@lint_rule("path-singular", OpenApi.PATHS, sets={RuleSet.STRICT: Severity.INFO})
def path_singular(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """What stands before a parameter is plural."""
    del scope
    seen: set[str] = set()
    for path in node.fields:
        parts = [*segments(path)]
        for part, behind in pairwise(parts):
            last = words(part)[-1:]
            if "{" in part or not behind.startswith("{") or not last or part in seen:
                continue
            if not last[0].endswith("s") and last[0] not in _PLURAL and not last[0].isdigit():
                seen.add(part)
                yield Flaw(f"{quoted(part)} holds several and is singular", node.place.child(path).key())
