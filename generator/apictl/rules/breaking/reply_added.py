"""A message is answered.

A service that answers hurts nobody. One that asks waits for answers that nobody has promised it yet, so that breaks
who receives its questions.

```yaml before
asyncapi: 3.0.0
channels:
  quotes: {address: quotes, messages: {ask: {payload: {type: string}}}}
  answers: {address: answers, messages: {quote: {payload: {type: number}}}}
operations:
  onAsk:
    action: send
    channel: {$ref: '#/channels/quotes'}
```

```yaml after
asyncapi: 3.0.0
channels:
  quotes: {address: quotes, messages: {ask: {payload: {type: string}}}}
  answers: {address: answers, messages: {quote: {payload: {type: number}}}}
operations:
  onAsk:
    action: send
    channel: {$ref: '#/channels/quotes'}
    reply: {channel: {$ref: '#/channels/answers'}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.events.pairs import ReplyPair
from apictl.diff.law import Effect, Side
from apictl.rules.rule import Happening, rule


@rule("reply-added", ReplyPair)
def reply_added(pair: ReplyPair) -> Iterator[Happening]:
    """A reply that only the new contract has."""
    if pair.old is not None or pair.new is None:
        return
    is_awaited = pair.spot.side is Side.ACCEPTS
    yield Happening(
        Effect.NARROWS if is_awaited else Effect.WIDENS,
        f"{pair.spot.label} now {'waits for' if is_awaited else 'sends'} a reply",
        hint="go on without an answer where none comes" if is_awaited else "",
        side=Side.ACCEPTS,
    )
