"""An address of a channel is not written in words with hyphens.

`ride-offers` survives systems that do not tell case apart, `rideOffers` does not. Dots and slashes between words are
left alone.

```yaml flawed asyncapi 3.0.0
channels: {offers: {address: rideOffers}}
```

```yaml fine asyncapi 3.0.0
channels: {offers: {address: ride-offers}}
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from apictl.readers.access import text
from apictl.readers.templates import TEMPLATE
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.words import last_token, quoted

_KEBAB: Final = re.compile(r"[a-z0-9./:-]*")


@lint_rule("channel-not-kebab", AsyncApi.CHANNEL, sets={})
def channel_not_kebab(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Fixed parts of addresses are in kebab case."""
    address = text(node.fields.get("address")) or (last_token(node) if scope.version().startswith("2.") else "")
    fixed = TEMPLATE.sub("", address)
    if fixed and not _KEBAB.fullmatch(fixed):
        yield Flaw(
            f"address {quoted(address)} is not written in lower case with hyphens",
            node.place.child("address") if "address" in node.fields else node.place.key(),
        )
