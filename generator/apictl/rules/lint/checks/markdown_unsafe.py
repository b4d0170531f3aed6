"""A text holds script that a page might run.

Descriptions are CommonMark, which lets HTML through; whoever shows the documentation would run it. Remove the script,
or put it into a code block.

```yaml flawed openapi 3.1.0
info: {title: Rides, version: '1', description: 'Hello <script>alert(1)</script>'}
```

```yaml fine openapi 3.1.0
info: {title: Rides, version: '1', description: 'Hello.'}
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from apictl.findings import Severity
from apictl.readers.access import mapping, text
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope

_SCRIPT: Final = re.compile(r"<script\b|\beval\(|\bjavascript:|<iframe\b|\bon(?:error|load|click)\s*=", re.IGNORECASE)


@lint_rule(
    "markdown-unsafe",
    OpenApi.DOCUMENT,
    AsyncApi.DOCUMENT,
    OpenApi.OPERATION,
    AsyncApi.OPERATION,
    OpenApi.TAG,
    AsyncApi.TAG,
    OpenApi.SCHEMA,
    AsyncApi.SCHEMA,
    OpenApi.PARAMETER,
    AsyncApi.PARAMETER,
    OpenApi.RESPONSE,
    OpenApi.SERVER,
    AsyncApi.SERVER,
    OpenApi.PATH_ITEM,
    OpenApi.REQUEST_BODY,
    OpenApi.HEADER,
    OpenApi.LINK,
    OpenApi.EXAMPLE,
    OpenApi.SECURITY_SCHEME,
    AsyncApi.SECURITY_SCHEME,
    AsyncApi.CHANNEL,
    AsyncApi.MESSAGE,
    sets={RuleSet.RECOMMENDED: Severity.WARNING, RuleSet.SECURITY: Severity.ERROR},
    field=("description", "title", "summary", "info"),
)
def markdown_unsafe(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Texts hold no script."""
    del scope
    holders = [(node.place, node.fields), (node.place.child("info"), mapping(node.fields.get("info")))]
    for place, fields in holders:
        for name in ("description", "title", "summary"):
            found = _SCRIPT.search(text(fields.get(name)))
            if found is not None:
                yield Flaw(f"{name!r} holds {found.group().strip()!r}, which a page might run", place.child(name))
