"""Methods: what each message of each operation is handled or sent by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from apictl.contract.events import Channel, Direction, EventOperation, Events
from apictl.emitters.events.spelling import SpelledMessage, SpelledMethod
from apictl.findings import Finding, Related, Severity, error
from apictl.pages.python import names
from apictl.pages.python.keeping import NameKind, Names, Scope

_TAKEN = frozenset({"self"})


@dataclass(frozen=True, slots=True)
class Methods:
    """The methods of one contract.

    Attributes:
        names: by id of the operation and name of the message; none where an operation before has the method.
        findings: about messages that two operations receive on one channel.
    """

    names: Mapping[tuple[str, str], str]
    findings: tuple[Finding, ...]

    def of(self, operation: EventOperation, messages: Mapping[str, SpelledMessage]) -> tuple[SpelledMethod, ...]:
        """Return the methods of *operation*, in the order of its messages."""
        return tuple(
            SpelledMethod(self.names[operation.id, name], messages[name])
            for name in operation.messages
            if (operation.id, name) in self.names
        )


def methods(events: Events, channels: Mapping[str, Channel], kept: Names) -> Methods:
    """Return the methods of *events*: named after the message, and after the operation, too, where several have it.

    *channels* are those that stand for the address of each; *kept* has names that last.
    """
    findings: list[Finding] = []
    wanted = {
        **_named(_received(events, channels, findings), "on_", kept),
        **_named(_sent(events, with_reply=False), "", kept),
        **_named(_sent(events, with_reply=True), "", kept),
    }
    return Methods(wanted, tuple(findings))


_Pairs = list[tuple[EventOperation, str]]


def _received(events: Events, channels: Mapping[str, Channel], findings: list[Finding]) -> _Pairs:
    """Return who receives what; of two operations on one channel that receive one message, the first."""
    owners: dict[tuple[str, str], EventOperation] = {}
    for operation in events.operations:
        if operation.direction is not Direction.RECEIVE:
            continue
        for name in operation.messages:
            owner = owners.setdefault((channels[operation.channel].name, name), operation)
            if owner is operation:
                continue
            ids = f"{owner.id[:60]!r} and {operation.id[:60]!r}"
            related = (Related("the other", owner.place),)
            if _answers(owner) == _answers(operation):
                told = f"{ids} receive {name[:60]!r} on one channel, one handler serves both"
                findings.append(Finding("message-received-twice", Severity.INFO, told, operation.place, related))
            else:
                told = f"{ids} receive {name[:60]!r} on one channel, and reply differently"
                findings.append(error("message-received-twice", operation.place, told, related=related))
    return [(operation, name) for (_, name), operation in owners.items()]


def _answers(operation: EventOperation) -> tuple[str, ...]:
    return () if operation.reply is None else operation.reply.messages


def _sent(events: Events, *, with_reply: bool) -> _Pairs:
    return [
        (operation, name)
        for operation in events.operations
        if operation.direction is Direction.SEND and (operation.reply is not None) is with_reply
        for name in operation.messages
    ]


def _named(pairs: _Pairs, prefix: str, kept: Names) -> Mapping[tuple[str, str], str]:
    counts = Counter(name for _, name in pairs)
    told = {
        _identity(operation, name): f"{operation.id}_{name}" if counts[name] > 1 else name for operation, name in pairs
    }
    # Which messages need the operation's name depends on the others, so that every name is kept.
    scope = Scope(NameKind.EVENT_METHOD, lambda _wire, _name: False)
    chosen = kept.unique(scope, told, lambda key: names.snake(prefix + told[key], "message"), reserved=_TAKEN)
    return {(operation.id, name): chosen[_identity(operation, name)] for operation, name in pairs}


def _identity(operation: EventOperation, name: str) -> str:
    return f"{operation.id!r} {name!r}"
