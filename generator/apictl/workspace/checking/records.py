"""What earlier runs found out about a service, each result under the key of all that it came from."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from apictl.workspace.checking.parts import Part
from apictl.workspace.checking.store import read_json, write_json


@dataclass(frozen=True, slots=True)
class Ends:
    """What other services may have to do with a service.

    Attributes:
        sends: addresses that it sends to, parameters unnamed, sorted.
        receives: addresses that it receives from, likewise.
        operations: ids of what it lets others call, sorted.
    """

    sends: tuple[str, ...] = ()
    receives: tuple[str, ...] = ()
    operations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What a part found out.

    Attributes:
        key: of all that it came from.
        content: plain values of JSON.
    """

    key: str
    content: Any


@dataclass(frozen=True, slots=True)
class Record:
    """All that is known of a service from earlier runs.

    Attributes:
        documents: SHA-256 of each document that was reached, by path; None of one that could not be had.
        stamp: of its generated files; "" when they had not settled.
        state: hash of what is in its generated files.
        listed: key of state and ledger when the files were those that the ledger lists.
        ends: None when nobody looked; they follow from the documents.
        results: by part.
    """

    documents: Mapping[str, str | None] = field(default_factory=lambda: MappingProxyType({}))
    stamp: str = ""
    state: str = ""
    listed: str = ""
    ends: Ends | None = None
    results: Mapping[Part, Result] = field(default_factory=lambda: MappingProxyType({}))

    def result(self, part: Part, key: str) -> Result | None:
        """Return what *part* found out when all that it comes from was as now."""
        found = self.results.get(part)
        return found if found is not None and found.key == key else None


def read_record(root: Path, service: str) -> Record:
    """Return what is known of *service*; an empty record when there is nothing usable."""
    content = read_json(root, f"service-{service}")
    try:
        return _record(content) if content else Record()
    except (KeyError, TypeError, ValueError, AttributeError):
        return Record()  # of another version, or damaged


def write_record(root: Path, service: str, record: Record) -> None:
    """Keep *record* for the next run."""
    content = {
        "documents": dict(record.documents),
        "stamp": record.stamp,
        "state": record.state,
        "listed": record.listed,
        "ends": None if record.ends is None else dataclasses.asdict(record.ends),
        "results": {part.value: [result.key, result.content] for part, result in record.results.items()},
    }
    write_json(root, f"service-{service}", content)


def _record(content: Any) -> Record:
    ends = content["ends"]
    return Record(
        documents={str(path): value if value is None else str(value) for path, value in content["documents"].items()},
        stamp=str(content["stamp"]),
        state=str(content["state"]),
        listed=str(content["listed"]),
        ends=None if ends is None else Ends(**{name: tuple(map(str, known)) for name, known in ends.items()}),
        results={Part(name): Result(str(key), told) for name, (key, told) in content["results"].items()},
    )
