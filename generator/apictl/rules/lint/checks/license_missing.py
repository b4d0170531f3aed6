"""The document does not say under which terms it may be used.

Who publishes an API, or hands its contract to a partner, says so in `license`.

```yaml flawed openapi 3.1.0
info: {title: Rides, version: '1'}
```

```yaml fine openapi 3.1.0
info: {title: Rides, version: '1', license: {name: MIT, identifier: MIT}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import mapping
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule("license-missing", OpenApi.DOCUMENT, AsyncApi.DOCUMENT, sets={RuleSet.STRICT: Severity.WARNING})
def license_missing(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Info has a license."""
    del scope
    if not mapping(mapping(node.fields.get("info")).get("license")):
        yield Flaw("no license is named", node.place.child("info").key(), hint="add `license` to `info`")
