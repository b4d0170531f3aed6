"""HTML pages of reports: one template each, everything that is not the template's own is escaped."""

from __future__ import annotations

import base64
import functools
import hashlib
import importlib.resources

import jinja2
import jinja2.sandbox

from apictl.report.text import printable


def rendered(folder: str, view: object) -> str:
    """Return the page that `page.html.jinja` of the package *folder* makes of *view*.

    It is ASCII, so that no encoding changes it.
    """
    text = _template(folder).render(view=view)
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii").rstrip("\n")


def style_of(folder: str) -> str:
    """Return `page.css` of the package *folder*, without blanks around it."""
    return _own(folder, "page.css").strip()


def style_hash(style: str) -> str:
    """Return what a content security policy knows *style* by, which stands between its tags as it is."""
    return f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}"


@functools.cache
def _template(folder: str) -> jinja2.Template:
    environment = jinja2.sandbox.ImmutableSandboxedEnvironment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.from_string(_own(folder, "page.html.jinja"))


def _shown(value: object) -> object:
    # What the template calls safe is no plain str any more, so a plain one is text of others.
    return printable(value) if type(value) is str else value


def _own(folder: str, name: str) -> str:
    return importlib.resources.files(folder).joinpath(name).read_text("utf-8").replace("\r\n", "\n")
