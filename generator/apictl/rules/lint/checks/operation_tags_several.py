"""An operation has more than one tag.

It appears in several chapters, and generated code has to choose one: the first. No set asks for a single tag.

```yaml flawed openapi 3.1.0
paths:
  /rides:
    get:
      operationId: listRides
      summary: List rides
      tags: [rides, drivers]
      responses: {'204': {description: None.}}
```

```yaml fine openapi 3.1.0
paths:
  /rides:
    get:
      operationId: listRides
      summary: List rides
      tags: [rides]
      responses: {'204': {description: None.}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.readers.access import items
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import label


@lint_rule("operation-tags-several", OpenApi.OPERATION, sets={}, field="tags")
def operation_tags_several(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """An operation has one tag."""
    del scope
    if len(items(node.fields["tags"])) > 1:
        yield Flaw(f"{label(node)} has {len(items(node.fields['tags']))} tags", node.place.child("tags").key())
