"""`apictl rules`: all that commands may tell of a contract, a line each."""

from __future__ import annotations

import enum
import json
from collections.abc import Iterator
from typing import Annotated, Any, Final

import typer

from apictl.cli import console
from apictl.cli.explain import Format, PageFormat

RULES_EXAMPLES: Final = """\b
Examples:
  apictl rules                     what every command may tell
  apictl rules --set security      the rules of a set of `apictl lint`, with their weights
  apictl rules --peers             rules of Spectral and Redocly, and which of ours finds the same
"""


class SetName(enum.Enum):
    """A set of rules of `apictl lint`."""

    MINIMAL = "minimal"
    RECOMMENDED = "recommended"
    STRICT = "strict"
    CODEGEN = "codegen"
    SECURITY = "security"


Chosen = Annotated[SetName | None, typer.Option("--set", help="Only the rules of this set of `apictl lint`.")]
Peers = Annotated[bool, typer.Option("--peers", help="Rules of other linters, and which of ours finds the same.")]


def rules(*, chosen: Chosen = None, peers: Peers = False, output_format: Format = PageFormat.TEXT) -> None:
    """List all that commands may tell of a contract, a line each; `apictl explain RULE` tells more."""
    if peers and chosen is not None:
        raise typer.BadParameter("--peers lists rules of others, which are in none of our sets", param_hint="--peers")
    content = _peers() if peers else _rules() if chosen is None else _rules_of(chosen)
    if output_format is PageFormat.JSON:
        console.say(json.dumps(content, indent=2))
    elif peers:
        console.say_all(_table(content))
    else:
        console.say_all(_lines(content, chosen))


def _rules() -> list[dict[str, Any]]:
    from apictl.rules.explained import pages_by_command  # noqa: PLC0415 - `apictl --help` must stay fast
    from apictl.rules.lint.selection import sets_of  # noqa: PLC0415 - as above

    return [
        {"id": rule, "command": command, "summary": page.partition("\n")[0]}
        | ({"sets": {one: weight.value for one, weight in sets_of(rule).items()}} if command == "lint" else {})
        for command, known in pages_by_command().items()
        for rule, page in known.items()
    ]


def _rules_of(chosen: SetName) -> list[dict[str, Any]]:
    return [entry for entry in _rules() if chosen.value in entry.get("sets", {})]


def _lines(content: list[dict[str, Any]], chosen: SetName | None) -> Iterator[str]:
    width = max((len(entry["id"]) for entry in content), default=0)
    command = ""
    for entry in content:
        if entry["command"] != command:
            command = entry["command"]
            yield f"{command}:"
        sets: dict[str, str] = entry.get("sets", {})
        weight = "" if chosen is None else f"{sets[chosen.value]:7}  "
        told = f" ({', '.join(sets)})" if sets and chosen is None else ""
        yield f"  {entry['id']:{width}}  {weight}{entry['summary']}{told}"


def _peers() -> list[dict[str, Any]]:
    from apictl.rules.lint.peers import peers  # noqa: PLC0415 - `apictl --help` must stay fast

    return [{"tool": each.tool, "id": each.id, "rules": list(each.ours), "why": each.why} for each in peers()]


def _table(content: list[dict[str, Any]]) -> Iterator[str]:
    width = max(len(entry["id"]) for entry in content)
    tool = ""
    for entry in content:
        if entry["tool"] != tool:
            tool = entry["tool"]
            yield f"{tool}:"
        yield f"  {entry['id']:{width}}  {', '.join(entry['rules']) or '- ' + entry['why']}"
