"""An operation has a tag that the document does not declare.

The document declares its tags, and this is none of them: most often it is misspelled, and the operation gets a
chapter and a class of its own.

```yaml flawed openapi 3.1.0
tags: [{name: rides, description: Rides.}]
paths:
  /rides: {get: {operationId: listRides, tags: [ride], responses: {'204': {description: None.}}}}
```

```yaml fine openapi 3.1.0
tags: [{name: rides, description: Rides.}]
paths:
  /rides: {get: {operationId: listRides, tags: [rides], responses: {'204': {description: None.}}}}
```
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Final

from apictl.findings import Severity
from apictl.readers.access import items, mapping, text
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import quoted

_MOST: Final = 200
"""Names that are compared for what was meant."""


@lint_rule(
    "tag-undeclared",
    OpenApi.OPERATION,
    sets={RuleSet.RECOMMENDED: Severity.WARNING, RuleSet.STRICT: Severity.WARNING},
    field="tags",
)
def tag_undeclared(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Tags are declared, where any is (OpenAPI 3.1, Operation Object)."""
    declared = scope.once(_declared)
    for index, name in enumerate(items(node.fields["tags"]) if declared else ()):
        if isinstance(name, str) and name not in declared:
            close = difflib.get_close_matches(name[:100], [*declared][:_MOST], n=1)
            hint = f"did you mean {close[0]!r}?" if close else "add it to `tags` of the document"
            yield Flaw(f"tag {quoted(name)} is not declared", node.place.child("tags", index), hint=hint)


def _declared(scope: Scope) -> Mapping[str, None]:
    """Return the names of the tags, in the document's order."""
    return dict.fromkeys(text(mapping(tag).get("name")) for tag in items(scope.root.fields.get("tags")))
