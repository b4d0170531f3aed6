"""Tags are not declared in the order of their names.

Where many people add to a document, an order that needs no thought keeps changes small. No set asks for it: an order
that tells a story may be better.

```yaml flawed openapi 3.1.0
tags: [{name: rides}, {name: drivers}]
```

```yaml fine openapi 3.1.0
tags: [{name: drivers}, {name: rides}]
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from apictl.readers.access import items, mapping, text
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import quoted


@lint_rule("tags-unsorted", OpenApi.DOCUMENT, AsyncApi.DOCUMENT, sets={}, field="tags")
def tags_unsorted(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Tags are sorted by name."""
    del scope
    names = [text(mapping(tag).get("name")) for tag in items(node.fields["tags"])]
    for index, (before, name) in enumerate(pairwise(names), start=1):
        if name.casefold() < before.casefold():
            yield Flaw(f"tag {quoted(name)} stands behind {quoted(before)}", node.place.child("tags", index))
            return
