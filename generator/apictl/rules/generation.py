"""Pages of what `apictl generate` says of a contract that is sound, and can't become all that it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

GENERATION_PAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "channel-address-shared": """Two channels of one address, both received, can't be one.

Whoever reads one reads the other: channels of one address are one place with the messages of both. That can't be where
the parameters of the address differ in name or schema, or where the channels are on different servers. Give them the
same parameters and servers, or different addresses.
""",
        "channel-without-address": """An operation is on a channel whose address is not known.

Generated code can neither send to it nor receive from it. Give the channel an `address`; a part that is known only at
run time is a parameter of it, as in `signups.{tenant}`. The `topic` of a Kafka binding serves as the address where all
servers of the channel are Kafka's. Only replies, whose address stands in the message that asks, may do without.
""",
        "content-impossible": """An answer declares a content that it can't have.

Answers to HEAD, and those with status 204 or 304, carry none (RFC 9110, 6.4.1). Nothing is generated for it. Remove the
content, or declare another status.
""",
        "content-type-unreadable": """The content type of a message is no media type.

It decides how the bytes of a message become a value. Write a type and a subtype, as `application/json`.
""",
        "key-not-judged": """The key of a message is no text, and nothing judges it.

Keys are carried as text or bytes. Messages are sent and received as usual; their keys may be anything. Describe the key
as a string where that is meant.
""",
        "message-ambiguous": """Nothing tells two messages of a channel apart.

A message that may be both belongs to no handler and is dead-lettered; one is shown. Where two messages that are
received say the same of their headers and payload, none ever reaches a handler, and it is an error. Let a header
differ, or give each payload a property with a `const` of its own.
""",
        "message-received-twice": """Two operations receive the same message on the same channel.

One handler serves both. Where the two reply differently that can't be, and it is an error. Merge the operations, or let
each receive a message of its own.
""",
        "pagination-unfit": """An `x-apictl-pagination` doesn't fit its operation.

The parameter has to be one of the query, and the pointers have to lead to what the schema of the one JSON success
declares: `items` to a list, `next` and `more` to properties of the page, `last` to a property of its items. Correct the
name or the pointer, or declare what it leads to.
""",
        "payload-not-judged": """A message is carried as bytes, so that its schema judges nothing.

Its content type says neither JSON nor text. Handlers get the bytes as they came. Change the content type if the payload
is JSON.
""",
        "reply-without-messages": """A reply declares no message.

Nothing could be replied. List the messages of the reply, or leave the reply out.
""",
        "schema-id-unreadable": """A payload begins with the id of its schema, and nothing says how it is written.

`schemaIdPayloadEncoding` of the Kafka binding is `confluent`, `apicurio-new`, `apicurio-legacy`, or the number of bytes
that the id has after a byte 0.
""",
        "sample-not-found": """No value was found that keeps to a schema.

There may be one: the search is bounded. The sample service has nothing to answer with. An `example` or a `default` in
the schema serves as the sample.
""",
        "schema-unsatisfiable": """No value keeps to a schema.

It asks for what excludes itself, as a minimum above the maximum. Whoever must send or answer it can't.
""",
    }
)
"""By id."""
