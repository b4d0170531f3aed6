"""A tag says nothing of what it groups.

Its description heads a chapter of the documentation, and is the docstring of a generated class.

```yaml flawed openapi 3.1.0
tags: [{name: rides}]
```

```yaml fine openapi 3.1.0
tags: [{name: rides, description: From booking to arrival.}]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import text
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import quoted


@lint_rule("tag-undescribed", OpenApi.TAG, AsyncApi.TAG, sets={RuleSet.STRICT: Severity.WARNING})
def tag_undescribed(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """A tag has a description."""
    del scope
    if not text(node.fields.get("description")).strip():
        yield Flaw(f"tag {quoted(text(node.fields.get('name')))} has no description", node.place)
