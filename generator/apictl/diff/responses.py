"""Answers side by side: by status, else by the range or `default` that speaks of the status, too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from apictl.contract.operation import Response
from apictl.diff.matching import either, matched
from apictl.diff.pairs import ResponsePair
from apictl.diff.spot import Spot

DEFAULT: Final = "default"


def response_pairs(old: Sequence[Response], new: Sequence[Response], spot: Spot) -> Iterator[ResponsePair]:
    """Yield the answers of an operation at *spot*.

    A status that only one contract names is compared with what covers it in the other (OpenAPI 3.1, Responses
    Object). Not so a success where `default` covers it beside other successes: there `default` is for failures.
    """
    successes = _successes(old) & _successes(new)
    for was, now in matched(old, new, lambda response: response.status):
        status = either(now, was).status
        before = _cover(status, old) if was is None else was
        after = _cover(status, new) if now is None else now
        at = spot.of(before, after).at(f"response {status}")
        yield ResponsePair(
            before,
            after,
            at.on(spot.side.opposite),
            status=status,
            has_success_left=bool(successes),
            is_covered=was is None or now is None,
        )


def is_success(status: str) -> bool:
    """Whether *status* says that the request was done."""
    return status.startswith("2")


def _successes(responses: Sequence[Response]) -> set[str]:
    return {response.status for response in responses if is_success(response.status)}


def _cover(status: str, responses: Sequence[Response]) -> Response | None:
    """Return what *responses* say of *status*, which they do not name."""
    by_status = {response.status: response for response in responses}
    in_range = by_status.get(f"{status[:1]}XX")
    if in_range is not None or status == DEFAULT:
        return in_range
    if is_success(status) and _successes(responses):
        return None
    return by_status.get(DEFAULT)
