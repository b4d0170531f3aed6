"""An AsyncAPI document has no tags.

Tags of the whole document say what it belongs to: a team, a domain, a platform. Catalogues of events are sorted by
them.

```yaml flawed asyncapi 3.0.0
info: {title: Rides, version: '1'}
```

```yaml fine asyncapi 3.0.0
info: {title: Rides, version: '1', tags: [{name: rides}]}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import items, mapping
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule("event-tags-missing", AsyncApi.DOCUMENT, sets={RuleSet.STRICT: Severity.INFO})
def event_tags_missing(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """A document of events has tags (AsyncAPI 3.0, Info Object)."""
    del scope
    if not items(node.fields.get("tags")) and not items(mapping(node.fields.get("info")).get("tags")):
        yield Flaw("the document has no tags", node.place, hint="add `tags` to `info`; in AsyncAPI 2 to the document")
