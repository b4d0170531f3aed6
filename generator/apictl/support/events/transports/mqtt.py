# mypy: disable-error-code="import-not-found"
"""MQTT 5 with QoS 1, through FastStream and zmqtt.

| | on the wire |
| --- | --- |
| address | topic; levels are parted by `/`, so a parameter beside a `.` is subscribed to by `#` and sorted out here |
| group | shared subscription `$share/group/topic` (MQTT 5, 4.8.2) in a session that outlives the connection |
| private | a topic of the process |
| content type, reply address, correlation id | Content Type, Response Topic, Correlation Data (MQTT 5, 3.3.2.3) |
| message id, key, headers | user properties, texts: `message_id`, `message-key`; of a repeated name the last one |
| redeliveries | those within this process: MQTT says only that it may have been delivered before |
| confirmation | PUBACK |
| acknowledge | PUBACK, in the order of delivery (MQTT 5, 4.6); a session that comes back gets the rest again |

MQTT keeps messages for sessions only: what nobody has subscribed to, dead letters included, is gone. Somebody needs a
session for them. MQTT 3.1.1 has no properties, so it has no headers, keys, ids, media types or reply addresses: use 5.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final
from uuid import uuid4

from faststream.middlewares import AckPolicy
from faststream.mqtt import MQTTBroker
from zmqtt import MQTTInvalidTopicError, QoS

from ..messages import Delivery, Publication
from ..transport import Source
from .faststream import KEY, FastStreamTransport, cargo, common_options, text_of, texts
from .intake import Intake, Limits, Parcel, Row
from .patterns import Wildcards, pattern

_WILDCARDS: Final = Wildcards("/", "+", "#")
_A_WEEK_SECONDS: Final = 7 * 24 * 3600


def connected(url: str, process: str) -> MqttTransport:
    """Return a transport to *url*, `mqtt` or `mqtts`, for the client *process*."""
    return MqttTransport(url, process)


class MqttTransport(FastStreamTransport):
    """A connection to an MQTT broker."""

    def __init__(
        self,
        url: str,
        client_id: str,
        *,
        session_seconds: int = _A_WEEK_SECONDS,
        limits: Limits | None = None,
        **options: Any,
    ) -> None:
        """Connect to *url* as *client_id*, with *options* of FastStream's `MQTTBroker`.

        Of two processes that run at once each needs an id of its own; one that is started again keeps its id, and
        finds what came in between for *session_seconds*.
        """
        limits = limits or Limits()
        settings = {
            "client_id": client_id,
            "clean_session": False,
            "session_expiry_interval": session_seconds,
            "receive_maximum": limits.most_at_once,
            "version": "5.0",
        }
        super().__init__(MQTTBroker(url, **{**settings, **common_options(), **options}), limits)

    async def publish(self, publication: Publication) -> None:
        """Return when the broker has acknowledged *publication*.

        Raises:
            ValueError: MQTT has no such topic to publish to.
        """
        if "\0" in publication.address:
            # The broker would close the connection (MQTT 5, 4.7.3).
            raise ValueError(f"MQTT has no topic {publication.address[:100]!r}")
        try:
            await self._broker.publish(
                cargo(publication),
                publication.address,
                qos=QoS.AT_LEAST_ONCE,
                headers=texts(publication),
                correlation_id=publication.correlation_id,
                reply_to=publication.reply_to or "",
            )
        except MQTTInvalidTopicError as error:
            raise ValueError(str(error)) from error

    def private_address(self) -> str:
        """Return a topic of this process."""
        return f"private/{uuid4().hex}"

    async def _subscribed(self, source: Source, intake: Intake) -> Any:
        row, in_turn = Row(), asyncio.Lock()

        async def take(message: Any) -> None:
            msg = message.raw_message
            place = row.enter(msg)

            async def acknowledge() -> None:
                async with in_turn:
                    for done in row.leave(place):
                        await done.ack()

            await intake.take(Parcel(_delivery(msg), acknowledge))

        subscriber = self._broker.subscriber(
            pattern(source.address, _WILDCARDS),
            qos=QoS.AT_LEAST_ONCE,
            shared=None if source.is_private else source.group,
            ack_policy=AckPolicy.MANUAL,
            no_reply=True,
        )
        subscriber(take)
        return subscriber

    async def _quieted(self, source: Source, subscriber: Any) -> None:  # noqa: ARG002 - all are alike
        # FastStream's own `stop` unsubscribes, and what comes until the next start would be gone.
        subscription = subscriber._subscription  # noqa: SLF001 - FastStream has no other way to it
        if subscription is not None:
            await subscription.detach()


def _delivery(msg: Any) -> Delivery:
    found = msg.properties
    if found is None:
        return Delivery(msg.topic, msg.payload)
    headers = dict(found.user_properties)
    correlation = found.correlation_data
    return Delivery(
        msg.topic,
        msg.payload,
        {name: value for name, value in headers.items() if name != KEY},
        headers.get(KEY),
        found.content_type or "",
        found.response_topic or None,
        text_of(None if correlation is None else bytes(correlation)),
        text_of(headers.get("message_id")),
    )
