"""Each rule finds the document on its page that has the flaw, and leaves the one alone that has been mended."""

from __future__ import annotations

import re
from typing import Final

import pytest

from apictl.rules.lint.catalogue import constant_pages, lint_rules
from apictl.rules.lint.rule import LintRule
from tests.rules.lint.documents import judged

_EXAMPLE: Final = re.compile(
    r"^```yaml (?P<kind>flawed|fine) (?P<language>openapi|asyncapi) (?P<version>[\d.]+)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_RULES: Final = pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in lint_rules()])


@_RULES
def test_rule_finds_the_flaw_on_its_page(rule: LintRule) -> None:
    told = judged(_document(rule, "flawed"), rule.id)

    assert rule.id in {name for name, _, _ in told}


@_RULES
def test_rule_finds_nothing_in_what_its_page_writes_instead(rule: LintRule) -> None:
    told = judged(_document(rule, "fine"), rule.id)

    assert {name for name, _, _ in told} <= {"operation-id-missing"}


@_RULES
def test_file_and_function_are_named_after_the_rule(rule: LintRule) -> None:
    assert rule.find.__name__ == rule.id.replace("-", "_")
    assert rule.find.__module__.endswith(f".checks.{rule.find.__name__}")


def test_no_rule_has_the_id_of_another_or_of_what_a_reader_says() -> None:
    ids = [rule.id for rule in lint_rules()]

    assert len(set(ids)) == len(ids)
    assert set(ids).isdisjoint(constant_pages())


def _document(rule: LintRule, kind: str) -> str:
    (example,) = (each for each in _EXAMPLE.finditer(rule.page) if each["kind"] == kind)
    text = example["text"]
    lines = [f"{example['language']}: {example['version']}"]
    if not re.search(r"^info:", text, re.MULTILINE):
        lines.append("info: {title: Rides, version: '1'}")
    needed = {"openapi": "paths", "asyncapi": "channels"}[example["language"]]
    if not re.search(rf"^{needed}:", text, re.MULTILINE):
        lines.append(f"{needed}: {{}}")
    return "\n".join([*lines, text])
