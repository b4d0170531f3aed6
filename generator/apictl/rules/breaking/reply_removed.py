"""A message is not answered any more.

Who asked waits in vain. A service that asks and no longer waits hurts nobody. Keep answering until nobody waits any
more.

```yaml before
asyncapi: 3.0.0
channels:
  quotes: {address: quotes, messages: {ask: {payload: {type: string}}}}
  answers: {address: answers, messages: {quote: {payload: {type: number}}}}
operations:
  onAsk:
    action: receive
    channel: {$ref: '#/channels/quotes'}
    reply: {channel: {$ref: '#/channels/answers'}}
```

```yaml after
asyncapi: 3.0.0
channels:
  quotes: {address: quotes, messages: {ask: {payload: {type: string}}}}
  answers: {address: answers, messages: {quote: {payload: {type: number}}}}
operations:
  onAsk:
    action: receive
    channel: {$ref: '#/channels/quotes'}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.events.pairs import ReplyPair
from apictl.diff.law import Effect, Side
from apictl.rules.rule import Happening, rule


@rule("reply-removed", ReplyPair)
def reply_removed(pair: ReplyPair) -> Iterator[Happening]:
    """A reply that only the old contract has."""
    if pair.old is None or pair.new is not None:
        return
    was_awaited = pair.spot.side is Side.ACCEPTS
    yield Happening(
        Effect.WIDENS if was_awaited else Effect.NARROWS,
        f"{pair.spot.label} no longer {'waits for' if was_awaited else 'sends'} a reply",
        hint="" if was_awaited else "keep answering until nobody waits for it any more",
        side=Side.ACCEPTS,
    )
