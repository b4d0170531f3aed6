"""What is said to people changed.

A summary, a description or an example: nothing on the wire tells. It is a change of the contract all the same, and asks
for a patch version. What schemas say to people has rules of its own (`description-changed`, `title-changed`,
`example-changed`).

```yaml before
paths:
  /quotes:
    get: {operationId: listQuotes, summary: Quotes.}
```

```yaml after
paths:
  /quotes:
    get: {operationId: listQuotes, summary: 'All quotes, the newest first.'}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.contract.schema import JsonValue
from apictl.diff.law import Effect
from apictl.diff.pairs import DocumentationPair
from apictl.rules.rule import Happening, rule


@rule("documentation-changed", DocumentationPair)
def documentation_changed(pair: DocumentationPair) -> Iterator[Happening]:
    """Texts and examples of one thing; all of its fields are one change."""
    if pair.new is None:
        return
    facts: dict[str, JsonValue] = {"fields": list[JsonValue](pair.new.fields)}
    if not pair.spot.label:
        facts["subject"] = pair.spot.part  # things of the whole contract may have one place
    yield Happening(Effect.NEUTRAL, f"{' and '.join(pair.new.fields)} of {pair.spot.subject} changed", facts)
