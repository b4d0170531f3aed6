"""Traffic as one HTML page that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from apictl.report.graph.view import GraphReport
from apictl.report.text import Style


def graph_html(report: GraphReport, style: Style) -> Iterator[str]:  # noqa: ARG001 - as every format
    """Yield *report* as a page."""
    from apictl.report.graph.page.render import page  # noqa: PLC0415 - only this format needs a template engine

    yield page(report)
