"""Comparisons as a table in Markdown, the share of errors with a witness, and the bars."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Final

from rich.box import MARKDOWN
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tests.benchmarks.diffing_pairs import EQUAL, GITHUB
from tests.benchmarks.diffing_trials import OURS, DiffRow, Proofs
from tests.benchmarks.measuring import Measurement
from tests.benchmarks.table import Bar

_COLUMNS: Final = ("CPU s", "wall s", "peak MB", "exit", "breaking", "witness", "law", "unproven")
_WIDTH: Final = 400
_UNSHOWN_PERCENT: Final = 5


def diff_table(rows: Iterable[DiffRow]) -> str:
    """Return *rows* as a table."""
    shown = Table(box=MARKDOWN)
    for name in ("pair", "tool"):
        shown.add_column(name, no_wrap=True)
    for name in _COLUMNS:
        shown.add_column(name, justify="right", no_wrap=True)
    shown.add_column("end", no_wrap=True)
    for row in rows:
        # As text, not as markup: what a tool says may hold brackets, and a bar would end the cell.
        shown.add_row(*(Text(cell.replace("|", "¦")) for cell in _cells(row)))
    out = io.StringIO()
    Console(file=out, width=_WIDTH, color_system=None).print(shown)
    return "\n".join(line.rstrip() for line in out.getvalue().strip().splitlines())


def proofs_of(rows: Iterable[DiffRow]) -> Proofs:
    """Return the proofs of all our runs together."""
    found = [row.said.proofs for row in rows if row.said is not None and row.said.proofs is not None]
    return Proofs(
        sum(each.witness for each in found), sum(each.law for each in found), sum(each.unproven for each in found)
    )


def share_text(proofs: Proofs) -> str:
    """Return how many errors on schemas have a witness, in a line."""
    count = proofs.witness + proofs.unproven
    if not count:
        return "no error on a schema was found"
    return f"errors on schemas with a witness: {proofs.witness} of {count} ({100 * proofs.witness / count:.1f} %)"


def diff_bars(rows: Sequence[DiffRow]) -> tuple[Bar, ...]:
    """Return the bars of those pairs that *rows* have a run of ours on; a run that compared nothing misses its own."""
    ours = {row.pair: row for row in rows if row.tool == OURS.contender.name}
    found: list[Bar] = []
    if GITHUB in ours:
        done = _compared(ours[GITHUB])
        found.append(Bar("GitHub's versions, CPU s", done.cpu_seconds if done else None, 8))
        found.append(Bar("GitHub's versions, peak GB", done.peak_bytes / 1e9 if done else None, 0.7))
    if EQUAL in ours:
        done = _compared(ours[EQUAL])
        found.append(Bar("GitHub's document beside its copy, wall s", done.wall_seconds if done else None, 1.5))
    proofs = proofs_of(ours.values())
    if count := proofs.witness + proofs.unproven:
        unshown = 100 * proofs.unproven / count
        found.append(Bar("errors on schemas without a witness, %", unshown, _UNSHOWN_PERCENT))
    return tuple(found)


def _compared(row: DiffRow) -> Measurement | None:
    return row.measurement if row.said is not None and row.said.is_compared else None


def _cells(row: DiffRow) -> tuple[str, ...]:
    done = row.measurement
    if done is None:
        return (row.pair, row.tool, *[""] * len(_COLUMNS), row.end)
    said = row.said
    proofs = said.proofs if said else None
    return (
        row.pair,
        row.tool,
        f"{done.cpu_seconds:.2f}",
        f"{done.wall_seconds:.2f}",
        f"{done.peak_bytes / 1e6:,.0f}",
        str(done.code),
        "" if said is None or said.breaking is None else f"{said.breaking:,}",
        *((f"{proofs.witness:,}", f"{proofs.law:,}", f"{proofs.unproven:,}") if proofs else ("", "", "")),
        row.end,
    )
