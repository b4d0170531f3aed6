"""A path is not written in words with hyphens.

Addresses are read aloud, typed and compared without regard to case; `/ride-offers` survives that, `/rideOffers` and
`/ride_offers` do not.

```yaml flawed openapi 3.1.0
paths:
  /rideOffers:
    get: {operationId: listOffers, summary: List., responses: {'204': {description: None.}}}
```

```yaml fine openapi 3.1.0
paths:
  /ride-offers:
    get: {operationId: listOffers, summary: List., responses: {'204': {description: None.}}}
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from apictl.findings import Severity
from apictl.readers.templates import TEMPLATE
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import Case, quoted, respelled, segments

_KEBAB: Final = re.compile(r"[a-z0-9.:-]*(?:-[a-z0-9]+)*")


@lint_rule("path-not-kebab", OpenApi.PATHS, sets={RuleSet.STRICT: Severity.WARNING})
def path_not_kebab(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Fixed parts of a path are in kebab case."""
    del scope
    for path in node.fields:
        for part in segments(path):
            fixed = TEMPLATE.sub("", part)
            if not _KEBAB.fullmatch(fixed):
                better = part.replace(fixed, respelled(fixed, Case.KEBAB))
                yield Flaw(
                    f"{quoted(part)} is not written in lower case with hyphens",
                    node.place.child(path).key(),
                    hint=f"write {quoted(better)}",
                )
                break
