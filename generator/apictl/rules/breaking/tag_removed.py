"""A group of operations is gone.

Nothing on the wire tells. Documentation and generated code are grouped by tags.

```yaml before
tags: [{name: quotes}, {name: zones}]
```

```yaml after
tags: [{name: quotes}]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import TagPair
from apictl.rules.rule import Happening, rule


@rule("tag-removed", TagPair)
def tag_removed(pair: TagPair) -> Iterator[Happening]:
    """A tag that only the old contract has."""
    if pair.old is not None and pair.new is None:
        yield Happening(Effect.NEUTRAL, f"tag {pair.old.name!r} is removed", {"tag": pair.old.name})
