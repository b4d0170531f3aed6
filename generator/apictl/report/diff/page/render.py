"""The page of `apictl diff` as text."""

from __future__ import annotations

from typing import Final

from apictl.report.diff.page.build import page_of
from apictl.report.diff.verdict import DiffReport
from apictl.report.page import rendered, style_hash, style_of

_FOLDER: Final = "apictl.report.diff.page"


def page(report: DiffReport) -> str:
    """Return *report* as an HTML page."""
    style = style_of(_FOLDER)
    return rendered(_FOLDER, page_of(report, style, style_hash(style)))
