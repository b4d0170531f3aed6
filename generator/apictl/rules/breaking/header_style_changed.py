"""A header is written in another way.

`explode` and `content` say how its value becomes text. What is written in the new way is read in the old one, and
means something else or nothing.

```yaml before
paths:
  /quotes:
    get:
      operationId: listQuotes
      responses: {'200': {description: Quotes., headers: {Limits: {schema: {type: object}}}}}
```

```yaml after
paths:
  /quotes:
    get:
      operationId: listQuotes
      responses: {'200': {description: Quotes., headers: {Limits: {explode: true, schema: {type: object}}}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.contract.operation import Header
from apictl.diff.law import Effect
from apictl.diff.media import is_same_media_type
from apictl.diff.pairs import HeaderPair
from apictl.rules.rule import Happening, rule


@rule("header-style-changed", HeaderPair)
def header_style_changed(pair: HeaderPair) -> Iterator[Happening]:
    """Two ways of writing that differ for the values of the header."""
    if pair.old is None or pair.new is None:
        return
    is_same_type = is_same_media_type(pair.old.media_type, pair.new.media_type)
    is_same_style = pair.is_scalar or pair.old.explode == pair.new.explode or pair.new.media_type is not None
    if not (is_same_type and is_same_style):
        before, after = _way(pair.old), _way(pair.new)
        yield Happening(
            Effect.INCOMPARABLE,
            f"{pair.spot.part} of {pair.spot.label} is written as {after}, it was as {before}",
            {"old": before, "new": after},
        )


def _way(header: Header) -> str:
    return header.media_type or f"style simple{' and explode' if header.explode else ''}"
