"""Sends: every message is judged before it leaves; what the contract doesn't have, or refuses, stays here."""

from __future__ import annotations

from typing import Any

from .declarations import Channel, Send, Service
from .errors import InvalidMessage, NotConforming, UndeclaredMessage
from .messages import Publication, delivered
from .reading import Reader
from .settings import Settings
from .switchboard import nearest
from .transport import Outlet
from .writing import PLAIN, Envelope, Outgoing, Writer


class Publisher:
    """Sends the messages of one service through a transport, or into an outbox."""

    def __init__(self, service: Service, outlet: Outlet, settings: Settings) -> None:
        """Send to *outlet*."""
        self._service = service
        self._outlet = outlet
        self._judging = settings.judging(service.judge)
        self._writer = Writer(self._judging, settings)
        self._readers: dict[Channel, Reader] = {}

    async def send(self, operation: Send[Any], message: Outgoing) -> None:
        """Return when *message* is safe with the broker.

        Raises:
            UndeclaredMessage: the operation doesn't send it.
            InvalidMessage: it breaks the contract.
        """
        publication = written(self._writer, operation, message)
        await nearest(self._outlet, operation.channel).publish(publication)

    async def publish(self, publication: Publication) -> None:
        """Send what is bytes already, as an outbox keeps it: judged like everything else.

        Raises:
            UndeclaredMessage: the service sends nothing to its address, or not this message.
            InvalidMessage: it breaks the contract.
        """
        operation = self.judge(publication)
        await nearest(self._outlet, operation.channel).publish(publication)

    def judge(self, publication: Publication) -> Send[Any]:
        """Return the operation that *publication* is of; replies are of none.

        Raises:
            UndeclaredMessage: the service sends nothing to its address, or not this message.
            InvalidMessage: it breaks the contract.
        """
        operations = [each for each in self._service.sends if _is_to(each.channel, publication.address)]
        if not operations:
            raise UndeclaredMessage(f"{self._service.name} sends nothing to {publication.address!r}")
        channel = operations[0].channel
        for operation in operations:
            if channel.address and operation.channel.address and channel.address.yields_to(operation.channel.address):
                channel = operation.channel
        reader = self._readers.setdefault(channel, Reader(channel, self._judging))
        try:
            kind = reader.read(delivered(publication)).kind
        except NotConforming as error:
            raise InvalidMessage(channel.name, error.reasons) from None
        for operation in operations:
            if operation.channel is channel and kind in operation.messages:
                return operation
        raise UndeclaredMessage(f"{self._service.name} does not send {kind.name} to {publication.address!r}")


def written(writer: Writer, operation: Send[Any], message: Outgoing, envelope: Envelope = PLAIN) -> Publication:
    """Return *message* of *operation* as it may leave.

    Raises:
        UndeclaredMessage: the operation doesn't send it.
        InvalidMessage: it breaks the contract.
    """
    if message.kind not in operation.messages:
        raise UndeclaredMessage(f"{operation.id} does not send {message.kind.name}")
    return writer.write(operation.channel, message, envelope)


def _is_to(channel: Channel, address: str) -> bool:
    return channel.address is not None and channel.address.values(address) is not None
