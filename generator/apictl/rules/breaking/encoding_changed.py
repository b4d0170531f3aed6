"""A property of a form is written in another way.

The `encoding` of a form or multipart body says of each property its media type and style. What is written in the old
way is read in another one now.

```yaml before
paths:
  /photos:
    post:
      operationId: addPhoto
      requestBody: {content: {multipart/form-data: {encoding: {photo: {contentType: image/png}}}}}
```

```yaml after
paths:
  /photos:
    post:
      operationId: addPhoto
      requestBody: {content: {multipart/form-data: {encoding: {photo: {contentType: image/jpeg}}}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.contract.operation import Encoding
from apictl.diff.law import Effect
from apictl.diff.pairs import EncodingPair
from apictl.rules.rule import Happening, rule


@rule("encoding-changed", EncodingPair)
def encoding_changed(pair: EncodingPair) -> Iterator[Happening]:
    """Two ways to write a property; headers of its part are compared by themselves."""
    before, after = _way(pair.old, pair), _way(pair.new, pair)
    if before != after:
        yield Happening(
            Effect.INCOMPARABLE,
            f"{pair.spot.part} of {pair.spot.label} is written {after}, it was {before}",
            {"old": before, "new": after},
        )


def _way(encoding: Encoding | None, pair: EncodingPair) -> str:
    parts: list[str] = []
    if encoding is not None and encoding.content_type:
        parts.append(f"as {encoding.content_type.lower().replace(' ', '')}")
    if encoding is not None and encoding.style is not None and not pair.is_scalar:
        parts.append(f"with style {encoding.style.value}{' and explode' if encoding.explode else ''}")
    return " ".join(parts) or "as its type asks for"
