"""A license is named, and its text can not be found.

A name alone means different texts to different readers. Give the `url` of the text or, since OpenAPI 3.1, the SPDX
`identifier`.

```yaml flawed openapi 3.1.0
info: {title: Rides, version: '1', license: {name: ours}}
```

```yaml fine openapi 3.1.0
info: {title: Rides, version: '1', license: {name: ours, url: 'https://rides.example/terms'}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import mapping, text
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule("license-without-terms", OpenApi.DOCUMENT, AsyncApi.DOCUMENT, sets={RuleSet.STRICT: Severity.WARNING})
def license_without_terms(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """A license has a url or an identifier."""
    del scope
    license_ = mapping(mapping(node.fields.get("info")).get("license"))
    if license_ and not text(license_.get("url")) and not text(license_.get("identifier")):
        yield Flaw("the license has neither url nor identifier", node.place.child("info", "license").key())
