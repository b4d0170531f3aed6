"""The document declares no tags.

Tags group operations in documentation and in generated code. Declare each with a sentence about what it is for.

```yaml flawed openapi 3.1.0
info: {title: Rides, version: '1'}
```

```yaml fine openapi 3.1.0
tags: [{name: rides, description: From booking to arrival.}]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import items
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule("tags-missing", OpenApi.DOCUMENT, sets={RuleSet.STRICT: Severity.INFO})
def tags_missing(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """A document has tags."""
    del scope
    if not items(node.fields.get("tags")):
        yield Flaw("no tags are declared", node.place, hint="declare the tags that operations have")
