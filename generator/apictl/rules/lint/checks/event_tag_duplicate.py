"""An AsyncAPI object has the same tag twice.

The second says nothing, or contradicts the first.

```yaml flawed asyncapi 3.0.0
channels:
  rides: {address: rides, tags: [{name: fleet}, {name: fleet, description: Cars.}, {name: events}]}
```

```yaml fine asyncapi 3.0.0
channels:
  rides: {address: rides, tags: [{name: fleet}, {name: events}]}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import items, mapping, text
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import quoted


@lint_rule(
    "event-tag-duplicate",
    AsyncApi.DOCUMENT,
    AsyncApi.CHANNEL,
    AsyncApi.OPERATION,
    AsyncApi.MESSAGE,
    AsyncApi.SERVER,
    AsyncApi.OPERATION_TRAIT,
    AsyncApi.MESSAGE_TRAIT,
    sets={RuleSet.RECOMMENDED: Severity.WARNING},
    field="tags",
)
def event_tag_duplicate(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Tags of one object have different names (AsyncAPI 3.0, Tags Object)."""
    del scope
    seen: set[str] = set()
    for index, tag in enumerate(items(node.fields["tags"])):
        name = text(mapping(tag).get("name"))
        if name and name in seen:
            yield Flaw(f"tag {quoted(name)} is here twice", node.place.child("tags", index))
        seen.add(name)
