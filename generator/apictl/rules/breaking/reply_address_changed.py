"""Replies go to another address.

They are sent to another channel, or to what another part of the message says. Who waits where the old contract said
gets no answer.

```yaml before
asyncapi: 3.0.0
channels:
  quotes: {address: quotes, messages: {ask: {payload: {type: string}}}}
  answers: {address: answers, messages: {quote: {payload: {type: number}}}}
operations:
  onAsk:
    action: receive
    channel: {$ref: '#/channels/quotes'}
    reply: {channel: {$ref: '#/channels/answers'}, address: {location: '$message.header#/replyTo'}}
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
    reply: {channel: {$ref: '#/channels/answers'}, address: {location: '$message.header#/answerTo'}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.events.locations import located
from apictl.diff.events.pairs import ReplyPair
from apictl.diff.law import Effect
from apictl.rules.rule import Happening, rule


@rule("reply-address-changed", ReplyPair)
def reply_address_changed(pair: ReplyPair) -> Iterator[Happening]:
    """Two channels of replies, or two places that say where they go."""
    if pair.old is None or pair.new is None:
        return
    old, new = located(pair.old.address), located(pair.new.address)
    if old == new and not pair.is_elsewhere:
        return
    if old == new:
        old, new = pair.old_target, pair.new_target
    yield Happening(
        Effect.INCOMPARABLE,
        f"replies of {pair.spot.label} go to {new or pair.new_target or 'nowhere'!r}, "
        f"they went to {old or pair.old_target or 'nowhere'!r}",
        {"old": old or pair.old_target, "new": new or pair.new_target},
        hint="keep the old address beside the new one until nobody counts on it any more",
    )
