"""Lists of trips: which trips are on one, and how its pages follow one another."""

from __future__ import annotations

import base64
import binascii
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from trips_api import models

from .lifecycle import TripRecord

CURSORS_ARE_GOOD: Final = timedelta(hours=1)
_ID_BYTES: Final = 16
_TIME_BYTES: Final = 8


class CursorRefused(Exception):
    """A cursor that did not come from here, or came too long ago."""


@dataclass(frozen=True, slots=True)
class TripFilter:
    """Which trips are asked for; None asks for all.

    Attributes:
        passenger_id: of this passenger.
        status: in one of these states.
        requested: in this time.
    """

    passenger_id: UUID | None
    status: list[models.TripStatus] | None
    requested: models.ListTripsRequested | None

    def admits(self, trip: models.Trip) -> bool:
        """Whether *trip* is asked for."""
        since = None if self.requested is None else self.requested.from_
        until = None if self.requested is None else self.requested.until
        return (
            (self.passenger_id is None or trip.passenger_id == self.passenger_id)
            and (self.status is None or trip.status in self.status)
            and (since is None or since <= trip.requested_at)
            and (until is None or trip.requested_at < until)
        )

    def query(self) -> Iterator[tuple[str, str]]:
        """Yield the parameters of the query that asks for this."""
        if self.passenger_id is not None:
            yield "passengerId", str(self.passenger_id)
        if self.status is not None:
            yield "status", ",".join(self.status)
        if self.requested is not None and self.requested.from_ is not None:
            yield "requested[from]", self.requested.from_.isoformat()
        if self.requested is not None and self.requested.until is not None:
            yield "requested[until]", self.requested.until.isoformat()


def page(records: Iterable[TripRecord], after: UUID | None, limit: int) -> tuple[list[models.Trip], bool]:
    """Return at most *limit* trips that follow the trip *after*, and whether there are more."""
    following = iter(records)
    if after is not None:
        following = itertools.dropwhile(lambda record: record.trip.id != after, following)
        next(following, None)
    found = [record.trip for record in itertools.islice(following, limit + 1)]
    return found[:limit], len(found) > limit


def write_cursor(last: UUID, now: datetime) -> str:
    """Return the cursor that goes on after the trip *last*."""
    issued = int(now.timestamp()).to_bytes(_TIME_BYTES)
    return base64.urlsafe_b64encode(last.bytes + issued).decode("ascii")


def read_cursor(cursor: str, now: datetime) -> UUID:
    """Return the trip after which *cursor* goes on.

    Raises:
        CursorRefused: it is none of ours, or it is more than an hour old.
    """
    try:
        raw = base64.b64decode(cursor, altchars=b"-_", validate=True)
    except binascii.Error:
        raw = b""
    if len(raw) != _ID_BYTES + _TIME_BYTES:
        raise CursorRefused("the cursor is none of ours")
    age_seconds = now.timestamp() - int.from_bytes(raw[_ID_BYTES:])
    if not 0 <= age_seconds <= CURSORS_ARE_GOOD.total_seconds():
        raise CursorRefused("the cursor is no longer good")
    return UUID(bytes=raw[:_ID_BYTES])


def link(asked: TripFilter, limit: int, cursor: str | None) -> str:
    """Return the `Link` header of a page whose next one is at *cursor* (RFC 8288), relative to the list."""
    first = [*asked.query(), ("limit", str(limit))]
    links = [f'<?{urlencode(first)}>; rel="first"']
    if cursor is not None:
        links.append(f'<?{urlencode([*first, ("cursor", cursor)])}>; rel="next"')
    return ", ".join(links)
