"""Pages of what is said about the use of rules: ignores, and the list of known findings."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

PAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "baseline-entry-fixed": """A known finding of the baseline is not found any more.

Somebody mended it. `--write-baseline` takes it off the list, so that it can't come back unseen.
""",
        "ignore-malformed": """An `x-apictl-ignore` is not written as it must be.

It is a list; an entry has the `rule` that is not to be told and the `reason` why, and may have a `pointer` below the
object that it stands in. An entry that is not understood ignores nothing.

```yaml flawed openapi 3.1.0
components:
  schemas:
    Ride:
      type: object
      x-apictl-ignore: [{rule: enum-duplicate}]
```
""",
        "ignore-unused": """An ignore has nothing to ignore.

What it was for has been mended, or the rule is misspelled or looks elsewhere. Remove it, lest it hides the next flaw.

```yaml flawed openapi 3.1.0
components:
  schemas:
    Ride:
      type: string
      enum: [taxi]
      x-apictl-ignore: [{rule: enum-duplicate, reason: The values come from a partner.}]
```
""",
    }
)
