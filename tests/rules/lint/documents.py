"""Documents in a test, and what rules find in them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from apictl.rules.lint.catalogue import lint_rules
from apictl.rules.lint.selection import selection
from apictl.source.library import DocumentMissing
from apictl.workspace.linting import Linter, Subject, Text
from apictl.workspace.snapshots import Snapshot
from apictl.workspace.standard import Standard

OPENAPI: Final = "openapi.yaml"
HEAD: Final = "openapi: 3.1.0\ninfo: {title: Rides, version: '1'}\n"


def judged(text: str, *words: str, others: Mapping[str, str] = MappingProxyType({})) -> list[tuple[str, str, int]]:
    """Return rule, file and line of all that is told of *text*, judged by *words*; *others* are files beside it."""
    documents = {OPENAPI: text, **others}

    def fetch(path: str) -> bytes:
        if path not in documents:
            raise DocumentMissing(path)
        return documents[path].encode()

    linter = Linter(Standard(selection(words, lint_rules(), {})))
    (linted,) = linter.linted([Subject("rides", Snapshot("here", "", fetch), (Text(OPENAPI),))])
    return [(each.rule, each.place.path, each.place.line or 0) for each in linted.findings]


def found(text: str, rule: str, *, others: Mapping[str, str] = MappingProxyType({})) -> list[int]:
    """Return the lines of *text* at which *rule* finds something."""
    return [line for name, path, line in judged(text, rule, others=others) if (name, path) == (rule, OPENAPI)]
