"""Each page about a document explains a rule, and what it shows is found by that rule."""

from __future__ import annotations

import re
from typing import Final

import pytest

from apictl.readers.read import read
from apictl.rules.explained import all_pages, pages_by_command
from apictl.rules.generation import GENERATION_PAGES
from apictl.rules.lint.catalogue import lint_pages, reader_pages
from apictl.source.library import DocumentMissing, Library

_EXAMPLE: Final = re.compile(
    r"^```yaml flawed (?P<language>\w+) ?(?P<version>[\d.]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
_SHOWN: Final = [rule for rule, page in reader_pages().items() if _EXAMPLE.search(page)]
_UNSHOWN: Final = {
    "alias-expansion-limit", "control-character", "definition-clash", "document-empty", "encoding-not-utf8",
    "json-syntax", "language-unexpected", "name-clash", "nesting-limit", "not-text", "number-too-large",
    "reference-file-irregular", "reference-file-limit", "reference-file-refused", "reference-file-unreadable",
    "rendition-limit", "size-limit", "structure",
}  # fmt: skip
"""What is too large for a page, is no text, or needs more than one file."""


@pytest.mark.parametrize("rule", [*lint_pages(), *GENERATION_PAGES])
def test_page_has_a_fact_and_an_explanation(rule: str) -> None:
    fact, blank, *rest = all_pages()[rule].splitlines()

    assert fact.endswith(".")
    assert fact[0].isupper()
    assert len(fact) <= 100
    assert blank == ""
    assert len(rest[0]) > 20
    assert max(map(len, rest)) <= 120


@pytest.mark.parametrize("rule", _SHOWN)
def test_rule_finds_the_document_on_its_page(rule: str) -> None:
    documents = {"openapi.yaml": _document(rule).encode()}

    def fetch(path: str) -> bytes:
        if path not in documents:
            raise DocumentMissing(path)
        return documents[path]

    found = [finding.rule for finding in read(Library(fetch), "openapi.yaml", service="rides").findings]

    assert rule in found
    assert len(set(found)) <= 2


def test_a_page_without_a_document_says_so_here() -> None:
    assert reader_pages().keys() - set(_SHOWN) == _UNSHOWN


def test_an_id_has_one_meaning_in_all_commands() -> None:
    assert len(all_pages()) == sum(map(len, pages_by_command().values()))


def _document(rule: str) -> str:
    example = _EXAMPLE.search(lint_pages()[rule])
    assert example is not None
    text = example["text"]
    if example["language"] == "text":
        return text
    lines = [f"{example['language']}: {example['version']}", "info: {title: Rides, version: '1'}"]
    if example["language"] == "openapi" and not re.search(r"^paths:", text, re.MULTILINE):
        lines.append("paths: {}")
    return "\n".join([*lines, text])
