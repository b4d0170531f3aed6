"""The page as text: one template, everything that is not the template's own is escaped."""

from __future__ import annotations

import base64
import functools
import hashlib
import importlib.resources
from typing import Final

import jinja2
import jinja2.sandbox

from apictl.report.graph.page.build import page_of
from apictl.report.graph.page.drawing import pointing_rules
from apictl.report.graph.picture import picture_of
from apictl.report.graph.view import GraphReport
from apictl.report.text import printable

_FOLDER: Final = "apictl.report.graph.page"


def page(report: GraphReport) -> str:
    """Return *report* as an HTML page; it is ASCII, so that no encoding changes it."""
    picture = picture_of(report)
    style = f"{_own('page.css').strip()}\n{pointing_rules(picture)}".strip()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    view = page_of(report, picture, style=style, style_hash=f"sha256-{digest}")
    text = _template().render(view=view)
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii").rstrip("\n")


@functools.cache
def _template() -> jinja2.Template:
    environment = jinja2.sandbox.ImmutableSandboxedEnvironment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.from_string(_own("page.html.jinja"))


def _shown(value: object) -> object:
    # What the template calls safe is no plain str any more, so a plain one is text of others.
    return printable(value) if type(value) is str else value


def _own(name: str) -> str:
    return importlib.resources.files(_FOLDER).joinpath(name).read_text("utf-8").replace("\r\n", "\n")
