"""A contact lacks its name, its address or its mail.

Each of `name`, `url` and `email` is a way to reach a team, and the others stop working first.

```yaml flawed openapi 3.1.0
info: {title: Rides, version: '1', contact: {name: Team Fleet}}
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
from apictl.readers.access import mapping, text
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule("contact-incomplete", OpenApi.DOCUMENT, AsyncApi.DOCUMENT, sets={RuleSet.STRICT: Severity.INFO})
def contact_incomplete(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """A contact has name, url and email."""
    del scope
    contact = mapping(mapping(node.fields.get("info")).get("contact"))
    missing = [name for name in ("name", "url", "email") if not text(contact.get(name)).strip()]
    if contact and missing:
        yield Flaw(f"the contact has no {', '.join(missing)}", node.place.child("info", "contact").key())
