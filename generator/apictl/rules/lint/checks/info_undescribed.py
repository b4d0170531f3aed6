"""The document does not say what the service is for.

The first thing that a reader asks has no answer. A sentence or two in `description` of `info` will do; generated
packages show it, too.

```yaml flawed openapi 3.1.0
info: {title: Rides, version: '1'}
```

```yaml fine openapi 3.1.0
info: {title: Rides, version: '1', description: Rides from booking to arrival.}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import mapping, text
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule("info-undescribed", OpenApi.DOCUMENT, AsyncApi.DOCUMENT, sets={RuleSet.RECOMMENDED: Severity.WARNING})
def info_undescribed(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Info has a description."""
    del scope
    info = mapping(node.fields.get("info"))
    if not text(info.get("description")).strip() and not text(info.get("summary")).strip():
        yield Flaw(
            "nothing says what this service is for", node.place.child("info").key(), hint="add `description` to `info`"
        )
