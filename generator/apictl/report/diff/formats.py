"""The formats of `apictl diff` by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from apictl.report.diff.machine import diff_json
from apictl.report.diff.people import diff_text
from apictl.report.diff.view import Format

FORMATS: Final[Mapping[str, Format]] = MappingProxyType({"text": diff_text, "json": diff_json})
