"""The formats of `apictl diff` by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from apictl.report.diff.html import diff_html
from apictl.report.diff.machine import diff_json
from apictl.report.diff.markdown import diff_markdown
from apictl.report.diff.people import diff_text
from apictl.report.diff.statements import diff_github, diff_gitlab, diff_junit, diff_sarif
from apictl.report.diff.view import Format

FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        "text": diff_text,
        "json": diff_json,
        "markdown": diff_markdown,
        "html": diff_html,
        "sarif": diff_sarif,
        "github": diff_github,
        "gitlab": diff_gitlab,
        "junit": diff_junit,
    }
)
