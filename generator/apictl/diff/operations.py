"""Operations of two contracts side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from apictl.contract.contract import Contract
from apictl.contract.operation import Callback, Operation
from apictl.diff.law import Side
from apictl.diff.matching import completed, either, in_order, matched, partners
from apictl.diff.pairs import CallbackPair, OperationPair
from apictl.diff.paths import shape
from apictl.diff.spot import Role, Spot
from apictl.findings import Place


def operation_pairs(old: Contract, new: Contract) -> Iterator[OperationPair]:
    """Yield the operations under `paths`, by method and shape of the path, then by id."""
    known = _partners(old.operations, new.operations)
    holders = _holders(old, "paths", old.operations), _holders(new, "paths", new.operations)
    for before, after in in_order(old.operations, new.operations, known):
        one = either(after, before)
        spot = Spot(
            side=Side.ACCEPTS,
            old=_place(before, after, holders[0]),
            new=_place(after, before, holders[1]),
            label=f"{one.method} {one.path}",
            operation_id=one.id,
            stability=_stability(before, after),
        )
        is_moved = before is not None and after is not None and _address(before) != _address(after)
        yield OperationPair(before, after, spot, is_moved)


def webhook_pairs(old: Contract, new: Contract) -> Iterator[OperationPair]:
    """Yield the webhooks by name and method; the service makes their requests."""
    holders = _holders(old, "webhooks", old.webhooks), _holders(new, "webhooks", new.webhooks)
    for before, after in matched(old.webhooks, new.webhooks, lambda one: (one.method, one.path)):
        one = either(after, before)
        spot = Spot(
            side=Side.PRODUCES,
            old=_place(before, after, holders[0]),
            new=_place(after, before, holders[1]),
            label=f"webhook {one.path}",
            operation_id=one.id,
            role=Role.WEBHOOK,
            stability=_stability(before, after),
        )
        yield OperationPair(before, after, spot)


def callback_pairs(pair: OperationPair) -> Iterator[CallbackPair]:
    """Yield the callbacks of both operations of *pair* by name and address, then by name."""
    if pair.old is None or pair.new is None:
        return
    old, new = pair.old.callbacks, pair.new.callbacks
    known = completed(partners(old, new, _call), old, new, lambda callback: callback.name)
    for before, after in in_order(old, new, known):
        old_place = pair.old.place if before is None else pair.old.place.child("callbacks", before.name)
        new_place = pair.new.place if after is None else pair.new.place.child("callbacks", after.name)
        name = either(after, before).name
        yield CallbackPair(before, after, pair.spot.below(old_place, new_place).at(f"callback {name!r}"))


def called_back_pairs(callback: CallbackPair) -> Iterator[OperationPair]:
    """Yield the operations of a callback that both contracts have, by method; the service makes their requests."""
    if callback.old is None or callback.new is None:
        return
    above = callback.spot
    for before, after in matched(callback.old.operations, callback.new.operations, lambda one: one.method):
        spot = Spot(
            side=above.side.opposite,
            old=above.old if before is None else before.place,
            new=above.new if after is None else after.place,
            label=f"{above.part} of {above.label}",
            operation_id=above.operation_id,
            role=Role.CALLBACK,
            stability=_stability(before, after) or above.stability,
        )
        yield OperationPair(before, after, spot)


def _partners(old: Sequence[Operation], new: Sequence[Operation]) -> dict[int, int]:
    known = partners(old, new, _address)
    return completed(known, old, new, lambda one: one.id if one.has_declared_id else None)


def _address(operation: Operation) -> tuple[str, str]:
    return operation.method, shape(operation.path)


def _call(callback: Callback) -> tuple[str, str]:
    return callback.name, callback.expression


def _holders(contract: Contract, section: str, operations: Sequence[Operation]) -> Mapping[str, Place]:
    """Where an operation of a path would stand; "" is the key for those of any other path."""
    place = contract.place.child(section) if operations else contract.place
    return {shape(one.path): place.child(one.path) for one in operations} | {"": place}


def _place(there: Operation | None, other: Operation | None, holders: Mapping[str, Place]) -> Place:
    if there is not None:
        return there.place
    return holders.get(shape(either(there, other).path), holders[""])


def _stability(before: Operation | None, after: Operation | None) -> str:
    return either(before, after).stability
