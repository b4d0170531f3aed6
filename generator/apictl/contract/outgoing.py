"""Requests that the service itself makes: its webhooks and callbacks, as a contract of their own.

Whoever receives them serves this contract, and the service is its client: the sides are exchanged.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from apictl.contract.contract import Contract
from apictl.contract.operation import Callback, Operation
from apictl.contract.outgoing_source import Spot, outgoing_source

_PLAIN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*")
_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class Trigger:
    """An operation that announces a callback.

    Attributes:
        operation: that does.
        callback: one of its callbacks.
    """

    operation: Operation
    callback: Callback


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A request that the service makes.

    Attributes:
        operation: as the contract has it.
        steps: in the source document to its path item.
        triggers: operations that announce it; none of a webhook.
    """

    operation: Operation
    steps: tuple[str, ...]
    triggers: tuple[Trigger, ...] = ()


def outgoing(contract: Contract) -> tuple[Outgoing, ...]:
    """Return the webhooks of *contract*, then the callbacks, also those of either; each once, whoever shares it."""
    found = {_key(webhook): Outgoing(webhook, ("webhooks", webhook.path)) for webhook in contract.webhooks}
    own = [(one, ("paths", one.path)) for one in contract.operations]
    holders = [*own, *((one.operation, one.steps) for one in found.values())]
    for trigger, steps in _triggers(holders):
        for operation in trigger.callback.operations:
            known = found.get(_key(operation), Outgoing(operation, steps))
            found[_key(operation)] = replace(known, triggers=(*known.triggers, trigger))
    return tuple(found.values())


def received_contract(contract: Contract) -> Contract | None:
    """Return what whoever receives the requests of *contract* serves; None when there are none.

    Each is an operation on a path of its own, made of its id: the contract says only of callbacks where they go, and
    of these not where that is below a host. What is asked of callers of the service is not asked of the service: a
    request asks for the credentials that it declares itself.
    """
    requests = outgoing(contract)
    if not requests:
        return None
    operations = tuple(map(_received, requests))
    schemes = {one.scheme for each in operations for group in each.security for one in group}
    spots = [
        Spot(operation.path, operation.method, request.steps, is_secured=bool(operation.security))
        for request, operation in zip(requests, operations, strict=True)
    ]
    return replace(
        contract,
        tags=(),
        servers=(),
        operations=operations,
        webhooks=(),
        security_schemes=MappingProxyType(
            {name: scheme for name, scheme in contract.security_schemes.items() if name in schemes}
        ),
        source=MappingProxyType(outgoing_source(contract.source, spots)),
        events=None,
    )


def origin(request: Outgoing) -> str:
    """Return in one sentence what *request* is."""
    if not request.triggers:
        return f"The webhook `{request.operation.path}`."
    trigger = request.triggers[0]
    others = f", and of {len(request.triggers) - 1} others" if len(request.triggers) > 1 else ""
    whose = f"{trigger.operation.method} {trigger.operation.path}"
    return f"The callback `{trigger.callback.name}` of {whose}{others}, sent to `{trigger.callback.expression}`."


def _triggers(holders: Iterable[tuple[Operation, tuple[str, ...]]]) -> Iterator[tuple[Trigger, tuple[str, ...]]]:
    """Yield the callbacks of *holders*, operations with the steps to their path items, with the steps to theirs."""
    for operation, above in holders:
        for callback in operation.callbacks:
            steps = (*above, operation.method, "callbacks", callback.name, callback.expression)
            yield Trigger(operation, callback), steps
            yield from _triggers((below, steps) for below in callback.operations)


def _key(operation: Operation) -> tuple[str, str]:
    return operation.place.path, operation.place.pointer


def _received(request: Outgoing) -> Operation:
    operation = request.operation
    said = [operation.summary.strip(), operation.description.strip(), origin(request)]
    texts = [text for number, text in enumerate(said) if text and text not in said[:number]]
    # Without a summary, what it is says most.
    first, *rest = texts if operation.summary.strip() else texts[::-1]
    return replace(
        operation,
        path=f"/{_segment(operation.id)}",
        summary=first,
        description="\n\n".join(reversed(rest)),
        tag="",
        tags=(),
        security=operation.security if _is_own(operation) else (),
        callbacks=(),
        servers=(),
        pagination=None,
    )


def _is_own(operation: Operation) -> bool:
    """Whether *operation* says itself which credentials it asks for."""
    place = operation.security_place
    return place is not None and place.pointer == operation.place.child("security").pointer


def _segment(name: str) -> str:
    """Return *name* as it may stand in a path; one that may not gets a hash, so that it stays the only one."""
    if _PLAIN.fullmatch(name):
        return name
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    return "-".join([*re.findall(r"[A-Za-z0-9]+", name), digest])
