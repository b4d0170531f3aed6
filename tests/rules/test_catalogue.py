"""One rule a file, each with an id, a page, and no knowledge of another."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest

from apictl.rules import breaking
from apictl.rules.catalogue import breaking_rules
from apictl.rules.rule import Rule

FILES = sorted(path for path in Path(breaking.__path__[0]).glob("*.py") if path.name != "__init__.py")


def test_every_file_holds_one_rule_that_has_its_name() -> None:
    assert [rule.id.replace("-", "_") for rule in breaking_rules()] == [path.stem for path in FILES]


def test_ids_are_kebab_case() -> None:
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.id) for rule in breaking_rules())


@pytest.mark.parametrize("rule", breaking_rules(), ids=lambda rule: str(rule.id))
def test_page_has_a_fact_an_explanation_and_an_example(rule: Rule[Any]) -> None:
    fact, blank, *rest = rule.page.splitlines()

    assert fact.endswith(".")
    assert blank == ""
    assert len(rest[0]) > 20
    assert [line.split()[1] for line in rest if line.startswith("```yaml")] == ["before", "after"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.stem))
def test_rule_knows_no_other_rule(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))

    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}

    assert not any(name.startswith(breaking.__name__) for name in imported)
