"""Links of responses side by side, and whether they lead to the same."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from apictl.contract.expressions import parse_expression
from apictl.contract.links import Link
from apictl.contract.operation import Operation
from apictl.contract.schema import JsonValue
from apictl.diff.matching import either, matched
from apictl.diff.pairs import LinkPair, OperationPair, ResponsePair
from apictl.diff.paths import renamed

_LOCATIONS: Final = ("path.", "query.", "header.", "cookie.")


class Links:
    """Knows where the links of two contracts lead."""

    def __init__(self, operations: Sequence[OperationPair]) -> None:
        """Take all operations that links may lead to."""
        self._old = _Targets(pair.old for pair in operations)
        self._new = _Targets(pair.new for pair in operations)
        # A path item that several paths share gives several operations one place: the first is meant.
        self._now = {pair.old.place: pair.new for pair in reversed(operations) if pair.old is not None}

    def pairs(self, pair: ResponsePair) -> Iterator[LinkPair]:
        """Yield the links of both responses of *pair*, by name."""
        if pair.old is None or pair.new is None:
            return
        for before, after in matched(pair.old.links, pair.new.links, lambda link: link.name):
            old_place = pair.old.place if before is None else before.place
            new_place = pair.new.place if after is None else after.place
            part = f"link {either(after, before).name!r} of {pair.spot.part}"
            yield self._pair(before, after, LinkPair(before, after, pair.spot.below(old_place, new_place).at(part)))

    def _pair(self, old: Link | None, new: Link | None, pair: LinkPair) -> LinkPair:
        if old is None or new is None:
            return pair
        was, now = self._old.of(old), self._new.of(new)
        leads_elsewhere = self._is_other(was, now, old, new)
        names = renamed(was.path, now.path) if was is not None and now is not None else {}
        before = _passed(old, was or now, {old_name: new_name for new_name, old_name in names.items()})
        return LinkPair(old, new, pair.spot, leads_elsewhere, before, _passed(new, now or was, {}))

    def _is_other(self, was: Operation | None, now: Operation | None, old: Link, new: Link) -> bool:
        """Whether *old*, which led to *was*, led to another operation than *new*, which leads to *now*."""
        if (old.operation_id, old.operation_ref) == (new.operation_id, new.operation_ref) and None in (was, now):
            return False  # what became of the operation is told at the operation
        if was is None and old.operation_id:
            return False  # nobody could follow it: no operation had the id
        return was is None or now is None or self._now.get(was.place) is not now


class _Targets:
    """The operations of one contract, by what a link calls them."""

    def __init__(self, operations: Iterable[Operation | None]) -> None:
        known = [one for one in operations if one is not None][::-1]
        self._by_id = {one.id: one for one in known if one.has_declared_id}
        self._by_place = {one.place: one for one in known}

    def of(self, link: Link) -> Operation | None:
        """Return the operation that *link* leads to; None when the contract does not have it."""
        if link.operation_id:
            return self._by_id.get(link.operation_id)
        return None if link.target is None else self._by_place.get(link.target)


def _passed(link: Link, operation: Operation | None, names: Mapping[str, str]) -> Mapping[str, str]:
    """Return what *link* passes on: parameters with their locations, called by *names*, and values as text."""
    return {_named(name, operation, names): value_text(value) for name, value in link.parameters.items()}


def value_text(value: JsonValue) -> str:
    """Return *value* of a link as text that tells expressions and constants apart; equal text has equal meaning."""
    if isinstance(value, str):
        expression = parse_expression(value)
        if expression is not None and expression.part is not None and expression.part.value == "header":
            return f"${expression.message.value}.header.{expression.name}"
        if expression is not None:
            return value.removesuffix("#")
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _named(name: str, operation: Operation | None, names: Mapping[str, str]) -> str:
    """Return *name* with the location before it where *operation* tells it (OpenAPI 3.1, Link Object, `parameters`)."""
    location, bare = ("", name) if not name.startswith(_LOCATIONS) else name.split(".", maxsplit=1)
    known = () if operation is None else operation.parameters
    found = {one.location.value for one in known if one.name == bare}
    if location in found or (not location and len(found) == 1):
        location = location or found.pop()
        bare = names.get(bare, bare) if location == "path" else bare.lower() if location == "header" else bare
        return f"{location}.{bare}"
    return name
