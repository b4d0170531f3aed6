"""The document does not say whom to ask.

Who calls a service of another team wants to know whom to write to. Add `contact` to `info`.

```yaml flawed openapi 3.1.0
info: {title: Rides, version: '1'}
```

```yaml fine openapi 3.1.0
info:
  title: Rides
  version: '1'
  contact: {name: Team Fleet, url: 'https://fleet.example', email: 'fleet@rides.example'}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import mapping
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule("contact-missing", OpenApi.DOCUMENT, AsyncApi.DOCUMENT, sets={RuleSet.STRICT: Severity.WARNING})
def contact_missing(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Info has a contact."""
    del scope
    if not mapping(mapping(node.fields.get("info")).get("contact")):
        yield Flaw("no contact is named", node.place.child("info").key(), hint="add `contact` with name, url or email")
