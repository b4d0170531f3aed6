"""The page of `apictl graph` as text."""

from __future__ import annotations

from typing import Final

from apictl.report.graph.page.build import page_of
from apictl.report.graph.page.drawing import pointing_rules
from apictl.report.graph.picture import picture_of
from apictl.report.graph.view import GraphReport
from apictl.report.page import rendered, style_hash, style_of

_FOLDER: Final = "apictl.report.graph.page"


def page(report: GraphReport) -> str:
    """Return *report* as an HTML page."""
    picture = picture_of(report)
    style = f"{style_of(_FOLDER)}\n{pointing_rules(picture)}".strip()
    return rendered(_FOLDER, page_of(report, picture, style=style, style_hash=style_hash(style)))
