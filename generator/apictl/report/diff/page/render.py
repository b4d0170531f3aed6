"""The page as text: one template, everything that is not the template's own is escaped."""

from __future__ import annotations

import base64
import functools
import hashlib
import importlib.resources
from typing import Final

import jinja2
import jinja2.sandbox

from apictl.report.diff.page.build import page_of
from apictl.report.diff.verdict import DiffReport
from apictl.report.text import printable

_FOLDER: Final = "apictl.report.diff.page"


def page(report: DiffReport) -> str:
    """Return *report* as an HTML page; it is ASCII, so that no encoding changes it."""
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    text = _template().render(view=page_of(report, style, f"sha256-{digest}"))
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


def _style() -> str:
    # Between the tags it stands as it is, which is what the policy's hash is of.
    return _own("page.css").strip()


def _own(name: str) -> str:
    return importlib.resources.files(_FOLDER).joinpath(name).read_text("utf-8").replace("\r\n", "\n")
