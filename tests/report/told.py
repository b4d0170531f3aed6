"""Findings as formats for other programs get them, made by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from apictl.findings import Finding, Place, Severity
from apictl.report.statement import Statement

SARIF_SCHEMA: Final[Any] = json.loads((Path(__file__).parent / "sarif/sarif-2.1.0-rtm.5.json").read_text("utf-8"))
PLACE: Final = Place("specs/a/openapi.yaml", "/paths", 3, 9)

HOSTILE: Final = (
    "\x00\x08\x1b[2J\x7f\x9b",
    "\ud800\udfff",
    "\u202e\u2028\u2029\ufeff\ufffe\uffff",
    "line\nline\r\nline\r",
    "\n::error::owned\n##[error]owned",
    "x" * 100_000,
    "]]>--><!--</script></style></pre></details><img src=x onerror=alert(1)>",
    "| a | b |\n| --- | --- |\n",
    "`code``code```code````",
    "```\n~~~\n# heading\n- item\n> quote\n",
    "[link](https://evil.example) ![image](https://evil.example) <https://evil.example>",
    "https://evil.example www.evil.example",
    "@everyone @org/team #1 !2 owner/repo#3 GH-4 :smile: 0123456789abcdef0123456789abcdef01234567 $\\alpha$",
    "'quoted' \"quoted\" 'un\"balanced \\' \\",
    "&lt;b&gt; &amp; {{ view }} {% raw %} {0} %25 %0A",
    "*a* _b_ **c** ~~d~~ \\e __f__",
    "日本語 é 👩‍👩‍👧 ﷽",
    "",
    "   ",
)
"""Texts that mean something to one reader or other."""


def statement(
    message: str = "m", *, severity: Severity = Severity.ERROR, place: Place = PLACE, **more: Any
) -> Statement:
    finding = Finding(more.pop("rule", "some-rule"), severity, message, place, more.pop("related", ()))
    return Statement(finding, more.pop("key", "0123456789abcdef"), more.pop("anchor", place), **more)
