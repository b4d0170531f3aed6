"""Rows as a table in Markdown, and the bars that the numbers must not pass."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rich.box import MARKDOWN
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tests.benchmarks.contenders import OURS
from tests.benchmarks.measuring import Measurement
from tests.benchmarks.trials import AGAIN, CHANGED, Row

_COLUMNS: Final = ("files", "lines", "CPU s", "x ours", "wall s", "x ours", "peak MB", "x ours")
_WIDTH: Final = 400
_MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Bar:
    """A number that must stay below another.

    Attributes:
        what: was measured, with its unit.
        measured: None when the run failed.
        limit: to stay below.
    """

    what: str
    measured: float | None
    limit: float

    @property
    def is_kept(self) -> bool:
        """Whether it was measured, and is lower."""
        return self.measured is not None and self.measured < self.limit

    @property
    def text(self) -> str:
        """The bar in one line."""
        measured = "failed" if self.measured is None else f"{self.measured:.2f}"
        return f"{'kept' if self.is_kept else 'MISSED'}: {self.what}: {measured}, bar {self.limit:g}"


def bars(rows: Iterable[Row]) -> tuple[Bar, ...]:
    """Return the bars of the documents that *rows* have runs on."""
    ours = {(row.document, row.tool): _success(row) for row in rows}
    return (*_bars_of_github(ours), *_bars_of_stripe(ours))


def _bars_of_github(ours: Mapping[tuple[str, str], Measurement | None]) -> Iterator[Bar]:
    if ("github", OURS.name) in ours:
        full, again, changed = (ours["github", tool] for tool in (OURS.name, AGAIN, CHANGED))
        yield Bar("GitHub, full run, CPU s", full.cpu_seconds if full else None, 40)
        yield Bar("GitHub, full run, peak GB", full.peak_bytes / 1e9 if full else None, 0.8)
        yield Bar("GitHub, nothing to do, wall s", again.wall_seconds if again else None, 0.5)
        yield Bar("GitHub, one operation changed, wall s", changed.wall_seconds if changed else None, 3)


def _bars_of_stripe(ours: Mapping[tuple[str, str], Measurement | None]) -> Iterator[Bar]:
    if ("stripe", OURS.name) in ours:
        full = ours["stripe", OURS.name]
        yield Bar("Stripe, full run, CPU s", full.cpu_seconds if full else None, 12)


def table(rows: Sequence[Row]) -> str:
    """Return *rows*, all of one document, as a table; the ratios are to our full run, the first of them."""
    shown = Table(box=MARKDOWN)
    for name in ("tool", "makes"):
        shown.add_column(name, no_wrap=True)
    for name in _COLUMNS:
        shown.add_column(name, justify="right", no_wrap=True)
    shown.add_column("end", no_wrap=True)
    for row in rows:
        # As text, not as markup: what a tool says may hold brackets, and a bar would end the cell.
        shown.add_row(*(Text(cell.replace("|", "¦")) for cell in _cells(row, rows[0].measurement)))
    out = io.StringIO()
    Console(file=out, width=_WIDTH, color_system=None).print(shown)
    return "\n".join(line.rstrip() for line in out.getvalue().strip().splitlines())


def as_json(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Return *rows* as JSON has them."""
    return [dataclasses.asdict(row) for row in rows]


def _success(row: Row) -> Measurement | None:
    return row.measurement if row.measurement is not None and row.measurement.is_success else None


def _cells(row: Row, ours: Measurement | None) -> tuple[str, ...]:
    done = row.measurement
    if done is None:
        return (row.tool, row.makes, *[""] * len(_COLUMNS), "not installed")
    amounts = (
        f"{row.files:,}",
        f"{row.lines:,}",
        f"{done.cpu_seconds:.2f}",
        _ratio(done.cpu_seconds, ours.cpu_seconds, of=done) if ours else "",
        f"{done.wall_seconds:.2f}",
        _ratio(done.wall_seconds, ours.wall_seconds, of=done) if ours else "",
        f"{done.peak_bytes / _MEGABYTE:,.0f}",
        _ratio(done.peak_bytes, ours.peak_bytes, of=done) if ours else "",
    )
    return (row.tool, row.makes, *amounts, f"failed: {done.reason}" if done.reason else "ok")


def _ratio(number: float, ours: float, *, of: Measurement) -> str:
    """Return how many times *ours* a number is; nothing for a run that failed: it did only a part."""
    return f"{number / ours:.2f}" if of.is_success and ours else ""
