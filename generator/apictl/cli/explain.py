"""`apictl explain`: what a rule finds, whom it hurts, an example, what to do."""

from __future__ import annotations

import enum
import json
import re
import textwrap
from typing import Annotated, Final

import typer

from apictl.cli import console
from apictl.errors import ApictlError

EXPLAIN_EXAMPLES: Final = """\b
Examples:
  apictl explain enum-value-removed          the page of one rule
  apictl explain enum-value-removed --format json
  apictl rules                               all of them, a line each

Exit codes: 0 done, 2 there is no such rule.
"""

_FENCE: Final = re.compile(r"```yaml (?P<age>before|after)(?P<options>.*)")
_SIDES: Final = {"request": ", in a request", "answer": ", in an answer"}
_LONGEST: Final = 60
_WIDTH: Final = 120


class PageFormat(enum.Enum):
    """How a page is written."""

    TEXT = "text"
    JSON = "json"


def _rule_ids() -> list[str]:
    """Return the ids that the shell may complete."""
    from apictl.rules.catalogue import pages  # noqa: PLC0415 - `apictl --help` must stay fast

    return list(pages())


Wanted = Annotated[
    str, typer.Argument(metavar="RULE", help="As in [brackets] after a finding.", autocompletion=_rule_ids)
]
Format = Annotated[PageFormat, typer.Option("--format", help="How to write the page.")]


def explain(rule: Wanted, *, output_format: Format = PageFormat.TEXT) -> None:
    """Tell what a rule of `apictl diff` finds, whom it hurts, an example, and what to do."""
    from apictl.rules.catalogue import likeliest, pages  # noqa: PLC0415 - `apictl --help` must stay fast

    wanted = rule.strip().strip("[]")
    page = pages().get(wanted)
    if page is None:
        close = likeliest(wanted)
        hint = f"did you mean {close!r}?" if close else "`apictl rules` lists them all"
        raise ApictlError(f"there is no rule {wanted[:_LONGEST]!r}", hint=hint)
    if output_format is PageFormat.JSON:
        content = {"id": wanted, "summary": page.partition("\n")[0], "page": page}
        console.say(json.dumps(content, indent=2))
    else:
        console.say_all([wanted, "", *_readable(page)])


def _readable(page: str) -> list[str]:
    """Return the lines of *page* with its examples indented under a heading, as a terminal shows no Markdown."""
    lines: list[str] = []
    is_code = False
    for line in page.rstrip().splitlines():
        fence = _FENCE.fullmatch(line)
        if fence is not None:
            is_code = True
            options = fence["options"].strip()
            lines += [f"{fence['age']}{_SIDES.get(options, options and f', with {options}')}:", ""]
        elif line == "```":
            is_code = False
        elif is_code:
            lines.append(f"    {line}".rstrip())
        else:
            lines += textwrap.wrap(line, _WIDTH) or [""]
    return lines
