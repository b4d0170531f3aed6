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

_FENCE: Final = re.compile(r"```yaml (?P<name>before|after|flawed|fine)(?P<options>.*)")
_NAMES: Final = {
    "request": ", in a request",
    "answer": ", in an answer",
    "text": "",
}
_LANGUAGES: Final = {"openapi": "OpenAPI", "asyncapi": "AsyncAPI"}
_LONGEST: Final = 60
_WIDTH: Final = 120


class PageFormat(enum.Enum):
    """How a page is written."""

    TEXT = "text"
    JSON = "json"


def _rule_ids() -> list[str]:
    """Return the ids that the shell may complete."""
    from apictl.rules.explained import all_pages  # noqa: PLC0415 - `apictl --help` must stay fast

    return list(all_pages())


Wanted = Annotated[
    str, typer.Argument(metavar="RULE", help="As in [brackets] after a finding.", autocompletion=_rule_ids)
]
Format = Annotated[PageFormat, typer.Option("--format", help="How to write the page.")]


def explain(rule: Wanted, *, output_format: Format = PageFormat.TEXT) -> None:
    """Tell what a rule finds, whom it hurts, an example, and what to do."""
    from apictl.rules.catalogue import likeliest  # noqa: PLC0415 - `apictl --help` must stay fast
    from apictl.rules.explained import all_pages  # noqa: PLC0415 - as above
    from apictl.rules.lint.selection import sets_of  # noqa: PLC0415 - as above

    wanted = rule.strip().strip("[]")
    page = all_pages().get(wanted)
    if page is None:
        close = likeliest(wanted, all_pages())
        hint = f"did you mean {close!r}?" if close else "`apictl rules` lists them all"
        raise ApictlError(f"there is no rule {wanted[:_LONGEST]!r}", hint=hint)
    if output_format is PageFormat.JSON:
        sets = {name: weight.value for name, weight in sets_of(wanted).items()}
        content = {"id": wanted, "summary": page.partition("\n")[0], "page": page, "sets": sets}
        console.say(json.dumps(content, indent=2))
    else:
        told = ", ".join(f"{name} ({weight.value})" for name, weight in sets_of(wanted).items())
        console.say_all([wanted, "", *_readable(page), *(["", f"Sets of `apictl lint`: {told}."] if told else [])])


def _readable(page: str) -> list[str]:
    """Return the lines of *page* with its examples indented under a heading, as a terminal shows no Markdown."""
    lines: list[str] = []
    is_code = False
    for line in page.rstrip().splitlines():
        fence = _FENCE.fullmatch(line)
        if fence is not None:
            is_code = True
            lines += [f"{fence['name']}{_told(fence['options'].strip())}:", ""]
        elif line == "```":
            is_code = False
        elif is_code:
            lines.append(f"    {line}".rstrip())
        else:
            lines += textwrap.wrap(line, _WIDTH) or [""]
    return lines


def _told(options: str) -> str:
    """Return what *options*, the words after the name of an example, say of it."""
    language, _, version = options.partition(" ")
    if language in _LANGUAGES:
        return f", in {_LANGUAGES[language]} {version}"
    return _NAMES.get(options, options and f", with {options}")
