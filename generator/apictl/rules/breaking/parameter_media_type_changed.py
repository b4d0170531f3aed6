"""A parameter is a document of another kind.

Its value is written as `content` says: JSON, for one. What was written in the old way can't be read in the new one.

```yaml before
paths:
  /trips:
    get:
      operationId: listTrips
      parameters: [{name: filter, in: query, schema: {type: object}}]
```

```yaml after
paths:
  /trips:
    get:
      operationId: listTrips
      parameters: [{name: filter, in: query, content: {application/json: {schema: {type: object}}}}]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.media import is_same_media_type
from apictl.diff.pairs import ParameterPair
from apictl.rules.rule import Happening, rule


@rule("parameter-media-type-changed", ParameterPair)
def parameter_media_type_changed(pair: ParameterPair) -> Iterator[Happening]:
    """Two media types, or one and a style."""
    if pair.old is None or pair.new is None or is_same_media_type(pair.old.media_type, pair.new.media_type):
        return
    before, after = (one.media_type or f"style {one.style.value}" for one in (pair.old, pair.new))
    yield Happening(
        Effect.INCOMPARABLE,
        f"{pair.spot.part} of {pair.spot.label} is written as {after}, it was as {before}",
        {"old": before, "new": after},
        hint="add a parameter of another name instead",
    )
