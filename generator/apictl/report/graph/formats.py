"""The formats of `apictl graph` by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from apictl.report.graph.dot import graph_dot
from apictl.report.graph.html import graph_html
from apictl.report.graph.machine import graph_json
from apictl.report.graph.mermaid import graph_mermaid
from apictl.report.graph.people import graph_text
from apictl.report.graph.view import Format

FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        "text": graph_text,
        "mermaid": graph_mermaid,
        "dot": graph_dot,
        "html": graph_html,
        "json": graph_json,
    }
)
