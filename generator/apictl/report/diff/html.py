"""Changes as one HTML page that works without a network."""

from __future__ import annotations

from collections.abc import Iterator

from apictl.report.diff.verdict import DiffReport
from apictl.report.diff.view import View


def diff_html(report: DiffReport, view: View) -> Iterator[str]:  # noqa: ARG001 - all is in it, the page has a filter
    """Yield *report* as a page."""
    from apictl.report.diff.page.render import page  # noqa: PLC0415 - only this format needs a template engine

    yield page(report)
