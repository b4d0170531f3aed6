"""A service may send a message that another one refuses.

The contract of the sender allows a message at an address, and the contract of a receiver there does not accept it: its
content type, its payload or its headers. Such a message ends among the dead letters. What a receiver does not handle
it may know of all the same: all messages of its channel may come. What shows it is a message that the one's schema
allows and the other's refuses, checked against both. Let the sender promise more, or the receiver accept more. Members
that the sender does not declare are not counted as sent, unless the receiver forbids all others.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from apictl.contract.ends import End
from apictl.contract.events import Message
from apictl.contract.graph import Flow, Graph
from apictl.findings import Finding, Related, Severity
from apictl.rules.graph.acceptance import Acceptance, Misfit
from apictl.rules.graph.judgement import Judgement, Proof

ID: Final = "messages-incompatible"
_LONGEST: Final = 60
_TOLD: Final = 5
"""Most further differences that are told of."""
_MESSAGE_LENGTH: Final = 200


def incompatible_messages(graph: Graph) -> Iterator[Judgement]:
    """Yield each message that a service does not accept, once for the two services and the address."""
    contracts = {member.name: member.events for member in graph.members if member.events is not None}
    meetings: dict[tuple[End, str], list[Flow]] = {}
    for flow in graph.flows:
        meetings.setdefault((flow.sender, flow.receiver.service), []).append(flow)
    pairs: dict[tuple[str, str], Acceptance] = {}
    told: set[tuple[str, str, str, str | None]] = set()
    for (sender, receiver), flows in meetings.items():
        names = sender.service, receiver
        if names not in pairs:
            pairs[names] = Acceptance(*(contracts[name] for name in names))
        for message in sender.messages:
            misfit = pairs[names].misfit(message, tuple(flow.receiver for flow in flows))
            key = (*names, message.name, sender.shape)
            if misfit is not None and key not in told:
                told.add(key)
                yield _judgement(flows[0], message, misfit)


def _judgement(flow: Flow, message: Message, misfit: Misfit) -> Judgement:
    sender, receiver = flow.sender.service, flow.receiver.service
    more = f" (and {len(misfit.others)} more)" if misfit.others else ""
    text = f"{receiver!r} refuses some {message.name[:_LONGEST]!r} of {sender!r}: {misfit.words}{more}"
    others = tuple(Related(f"{each.words}, as it says at", each.refused_at) for each in misfit.others[:_TOLD])
    hint = None if misfit.proof is not None or not misfit.is_schema else "no message was found that shows it"
    finding = Finding(
        rule=ID,
        severity=Severity.ERROR,
        message=text if len(text) <= _MESSAGE_LENGTH else text[: _MESSAGE_LENGTH - 1] + "…",
        place=misfit.refused_at,
        related=(Related(f"{sender!r} may send it, as it says at", misfit.allowed_at), *others),
        hint=hint,
    )
    proof = None
    if misfit.proof is not None:
        is_whole = misfit.proof.path == ("payload",)  # of something that is missing, which can't be pointed at
        proof = Proof(misfit.proof.value, () if is_whole else misfit.proof.path)
    return Judgement(finding, tuple(sorted({sender, receiver})), flow=flow, message=message.name, proof=proof)
