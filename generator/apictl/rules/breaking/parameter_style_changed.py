"""A parameter is written in another way.

`style` and `explode` say how a value becomes text: `?ids=1,2`, `?ids=1&ids=2`, `?ids=1|2`. Text that was written in
the old way is read in another one now, and means something else or nothing. Add a parameter of another name instead.

```yaml before
paths:
  /trips:
    get:
      operationId: listTrips
      parameters: [{name: ids, in: query, explode: false, schema: {type: array, items: {type: string}}}]
```

```yaml after
paths:
  /trips:
    get:
      operationId: listTrips
      parameters: [{name: ids, in: query, style: pipeDelimited, schema: {type: array, items: {type: string}}}]
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from apictl.contract.operation import Parameter, Style
from apictl.diff.law import Effect
from apictl.diff.pairs import ParameterPair
from apictl.rules.rule import Happening, rule

_ALIKE: Final = frozenset({Style.FORM, Style.SPACE_DELIMITED, Style.PIPE_DELIMITED, Style.DEEP_OBJECT})
"""Styles that write a value which is neither array nor object as `name=value`."""


@rule("parameter-style-changed", ParameterPair)
def parameter_style_changed(pair: ParameterPair) -> Iterator[Happening]:
    """Two ways of writing that differ for the values of the parameter."""
    if pair.old is None or pair.new is None or pair.old.location is not pair.new.location:
        return
    if pair.old.media_type is not None or pair.new.media_type is not None:
        return
    before, after = _way(pair.old), _way(pair.new)
    if before == after:
        return
    is_same = pair.is_scalar and (pair.old.style is pair.new.style or {pair.old.style, pair.new.style} <= _ALIKE)
    yield Happening(
        Effect.NEUTRAL if is_same else Effect.INCOMPARABLE,
        f"{pair.spot.part} of {pair.spot.label} is written with {after}, it was with {before}",
        {"old": before, "new": after},
        hint="" if is_same else "add a parameter of another name instead",
    )


def _way(parameter: Parameter) -> str:
    return f"style {parameter.style.value}{' and explode' if parameter.explode else ''}"
