"""An operation belongs to other groups.

Nothing on the wire tells. Documentation and generated code are grouped by tags. Another first tag is a warning:
functions move to another class, and whoever generates anew has to call them there.

```yaml before
paths:
  /quotes:
    get: {operationId: listQuotes, tags: [quotes]}
```

```yaml after
paths:
  /quotes:
    get: {operationId: listQuotes, tags: [prices]}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import OperationPair
from apictl.rules.rule import Happening, rule


@rule("operation-tags-changed", OperationPair)
def operation_tags_changed(pair: OperationPair) -> Iterator[Happening]:
    """Tags that only one contract gives the operation."""
    if pair.old is None or pair.new is None or set(pair.old.tags) == set(pair.new.tags):
        return
    is_moved = pair.old.tag != pair.new.tag
    before, after = (", ".join(map(repr, one.tags)) or "none" for one in (pair.old, pair.new))
    yield Happening(
        Effect.NEUTRAL,
        f"{pair.spot.label} has the tags {after}, it had {before}",
        {"old": list(pair.old.tags), "new": list(pair.new.tags)},
        risk="code that is generated from the contract is grouped by the first tag" if is_moved else "",
    )
