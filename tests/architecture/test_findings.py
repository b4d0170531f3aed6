"""Whatever readers and emitters say of a contract has a page for `apictl explain`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from typing import Final

from apictl.rules.explained import all_pages
from apictl.rules.generation import GENERATION_PAGES
from apictl.rules.lint.catalogue import lint_pages, reader_pages
from tests.architecture.sources import PACKAGE, parse

_STOREYS: Final = ("readers", "source", "contract")
_MAKING: Final = ("emitters", "pages")
_READING: Final = ("readers", "source")
_MAKERS: Final = frozenset({"error", "warning", "info", "Finding", "Flaw"})
_ID: Final = re.compile(r"(?!x-)[a-z]+(-[a-z]+)+")
_OTHERS: Final = frozenset(
    {
        "content-type", "date-time", "jsonschema-specifications", "kafka-secure", "local-timestamp-micros",
        "local-timestamp-millis", "local-timestamp-nanos", "media-type",
        "openapi-schema-validator", "openapi-spec-validator", "path-item", "request-body", "security-scheme",
        "time-micros", "time-millis", "timestamp-micros", "timestamp-millis", "timestamp-nanos",
    }
)  # fmt: skip
"""Words with a hyphen that are no ids of findings: headers, formats, protocols, meta-schemas, packages."""


def test_every_finding_that_a_reader_makes_has_a_page() -> None:
    made = dict(_made(_STOREYS))

    assert len(made) > 80
    assert {rule: place for rule, place in made.items() if rule not in lint_pages()} == {}


def test_every_finding_that_an_emitter_makes_has_a_page() -> None:
    made = dict(_made(_MAKING))

    assert {rule: place for rule, place in made.items() if rule not in all_pages()} == {}
    assert GENERATION_PAGES.keys() <= made.keys()


def test_every_text_that_looks_like_an_id_has_a_page_too() -> None:
    looking = {text: place for text, place in _texts(_READING) if _ID.fullmatch(text)}

    assert {text: place for text, place in looking.items() if text not in lint_pages().keys() | _OTHERS} == {}


def test_every_page_is_of_something_that_a_reader_says() -> None:
    said = {text for text, _ in _texts(_STOREYS)}

    assert [rule for rule in reader_pages() if rule not in said] == []


def _made(storeys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each id that is written where a finding is made, and where that is."""
    for name, node in _nodes(storeys):
        match node:
            case ast.Call(func=ast.Name(id=maker), args=[ast.Constant(value=str(rule)), *_]) if maker in _MAKERS:
                yield rule, f"{name}:{node.lineno}"
            case _:
                pass


def _texts(storeys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each text, and where it is."""
    for name, node in _nodes(storeys):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value, f"{name}:{node.lineno}"


def _nodes(storeys: Iterable[str]) -> Iterator[tuple[str, ast.AST]]:
    for storey in storeys:
        for module in sorted((PACKAGE / storey).rglob("*.py")):
            name = module.relative_to(PACKAGE).as_posix()
            yield from ((name, node) for node in ast.walk(parse(module)))
