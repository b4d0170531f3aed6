"""Pages of what AsyncAPI asks for beyond structure: channels, operations, messages, replies, bindings."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

PAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "binding-unknown": """Something is said for a protocol, or in a version of its bindings, that is not known.

It is kept and has no effect. Look at the spelling of the protocol and at `bindingVersion`.

```yaml flawed asyncapi 3.0.0
channels:
  rides: {address: rides, bindings: {pigeon: {loft: 7}}}
```
""",
        "channel-address-malformed": """The braces of an address enclose no name, or the same name twice.

Each parameter of an address stands in a pair of braces of its own, and has a name of its own.

```yaml flawed asyncapi 3.0.0
channels:
  rides: {address: 'rides/{}'}
```
""",
        "channel-parameter-undeclared": """A name in an address is no parameter of its channel.

Declare it under `parameters`; an empty mapping will do.

```yaml flawed asyncapi 3.0.0
channels:
  rides: {address: 'cities/{city}/rides'}
```
""",
        "channel-parameter-unused": """A parameter of a channel is not in its address.

It is misspelled in one of the two places, or the address was changed.

```yaml flawed asyncapi 3.0.0
channels:
  rides: {address: rides, parameters: {city: {}}}
```
""",
        "channel-undeclared": """An operation or a reply is on a channel that is none of the document's.

A channel that only stands under `components` is in nobody's reach. Refer to one of `channels`, which may refer on.

```yaml flawed asyncapi 3.0.0
channels: {}
operations:
  onRide: {action: receive, channel: {$ref: '#/components/channels/rides'}}
components:
  channels:
    rides: {address: rides}
```
""",
        "location-malformed": """A location is no runtime expression.

It begins with `$message.header#` or `$message.payload#`; a JSON Pointer follows. So do `x-apictl-key` and
`x-apictl-idempotency` of a message.

```yaml flawed asyncapi 3.0.0
components:
  correlationIds:
    ride: {location: '$message.body#/ride'}
```
""",
        "location-unresolved": """A location leads to nothing that the message declares.

The schema of the headers or the payload has no such property, so a message need not carry it. A message without the
value that `x-apictl-key` names has no key, and one without that of `x-apictl-idempotency` is handled at each copy.

```yaml flawed asyncapi 3.0.0
channels:
  rides:
    address: rides
    messages:
      started:
        correlationId: {location: '$message.payload#/ride'}
        payload: {type: object, properties: {id: {type: string}}}
```
""",
        "message-id-duplicate": """An id of a message is used twice.

A `messageId` tells messages apart, in all of the document.

```yaml flawed asyncapi 2.6.0
channels:
  rides: {publish: {operationId: onRide, message: {messageId: it, payload: {type: object}}}}
  fares: {publish: {operationId: onFare, message: {messageId: it, payload: {type: string}}}}
```
""",
        "message-undeclared": """An operation says nothing of its message.

Anything may be sent there. Declare a message with a payload.

```yaml flawed asyncapi 2.6.0
channels:
  rides: {publish: {operationId: onRide}}
```
""",
        "messages-ambiguous": """Two messages of an operation are alike.

Headers, content type and payload are the same, so whoever receives one can't say which it is. Give each a header or a
property of its own with a `const`.

```yaml flawed asyncapi 3.0.0
channels:
  rides:
    address: rides
    messages: {started: {payload: {type: object}}, ended: {payload: {type: object}}}
operations:
  onRide: {action: receive, channel: {$ref: '#/channels/rides'}}
```
""",
        "operation-message-foreign": """A message of an operation is none of its channel's.

An operation chooses among the messages of its channel. Add it there, or refer to another.

```yaml flawed asyncapi 3.0.0
channels:
  rides: {address: rides, messages: {started: {payload: {type: object}}}}
operations:
  onRide:
    action: receive
    channel: {$ref: '#/channels/rides'}
    messages: [{$ref: '#/components/messages/ended'}]
components:
  messages:
    ended: {payload: {type: string}}
```
""",
        "operation-message-indirect": """An operation refers to a message past its channel.

The channel has that message, too, so what is meant is clear. The specification asks for a reference to the channel's
entry: `#/channels/NAME/messages/NAME`.

```yaml flawed asyncapi 3.0.0
channels:
  rides: {address: rides, messages: {started: {$ref: '#/components/messages/started'}}}
operations:
  onRide:
    action: receive
    channel: {$ref: '#/channels/rides'}
    messages: [{$ref: '#/components/messages/started'}]
components:
  messages:
    started: {payload: {type: object}}
```
""",
        "operation-without-messages": """An operation has an empty list of messages.

It could neither send nor receive anything. Leave the list out where all messages of the channel are meant.

```yaml flawed asyncapi 3.0.0
channels:
  rides: {address: rides, messages: {started: {payload: {type: object}}}}
operations:
  onRide: {action: receive, channel: {$ref: '#/channels/rides'}, messages: []}
```
""",
        "perspective-doubtful": """Operations are named after the other direction than the one they have.

In AsyncAPI 2 `publish` is what others do: the service receives. Many documents are written the other way round. Say so
with `perspective: client`, or exchange the two words.

```yaml flawed asyncapi 2.6.0
channels:
  rides: {subscribe: {operationId: onRide, message: {payload: {type: object}}}}
```
""",
        "reply-incomplete": """A reply has no way to go.

It needs a channel with an address, or an `address` that says where in the message it stands. A channel without address
is a warning: whoever replies must know it from elsewhere.

```yaml flawed asyncapi 3.0.0
channels:
  quotes: {address: quotes, messages: {wanted: {payload: {type: object}}}}
operations:
  quote: {action: receive, channel: {$ref: '#/channels/quotes'}, reply: {}}
```
""",
        "server-undeclared": """A channel names a server that is none of the document's.

A server that only stands under `components` is none. Leave `servers` out where the channel is on all of them.

```yaml flawed asyncapi 2.6.0
servers:
  main: {url: broker.rides.example, protocol: kafka}
channels:
  rides: {servers: [spare]}
```
""",
        "trait-nested": """A trait has traits of its own.

Traits are applied once, to an operation or a message. List them all there.

```yaml flawed asyncapi 3.0.0
components:
  messageTraits:
    common: {contentType: application/json, traits: [{headers: {type: object}}]}
```
""",
    }
)
"""By id."""
