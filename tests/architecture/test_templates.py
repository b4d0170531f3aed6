"""Templates print views: no assignment, no call, no filter, no arithmetic, and they stay short."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest
from jinja2 import nodes

from tests.architecture.sources import ROOT, TEMPLATES

LINES_AT_MOST = 80
ALLOWED = (
    nodes.Block,  # what users override
    nodes.Const,  # the name of an included template
    nodes.Extends,
    nodes.For,
    nodes.Getattr,
    nodes.If,
    nodes.Include,
    nodes.Name,
    nodes.Not,
    nodes.Output,
    nodes.Template,
    nodes.TemplateData,
)
FILES = sorted(TEMPLATES.rglob("*.jinja"))


def _refused(text: str) -> list[str]:
    """Return the kind and line of every node that a template must not hold."""
    tree = jinja2.Environment(autoescape=True).parse(text)
    return [f"{type(node).__name__} in line {node.lineno}" for node in tree.find_all(nodes.Node) if _is_refused(node)]


def _is_refused(node: nodes.Node) -> bool:
    is_loop_with_extras = isinstance(node, nodes.For) and (node.test is not None or node.recursive)
    return is_loop_with_extras or not isinstance(node, ALLOWED)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(TEMPLATES).as_posix())
def test_template_only_prints_its_view(file: Path) -> None:
    text = file.read_text(encoding="utf-8")

    assert _refused(text) == []
    assert len(text.splitlines()) <= LINES_AT_MOST


@pytest.mark.parametrize(
    "text",
    [
        "{% set a = 1 %}",
        "{{ view.name() }}",
        "{{ view.name | upper }}",
        "{{ view.count + 1 }}",
        "{% if view.kind == 'a' %}{% endif %}",
        "{% if view.kind is defined %}{% endif %}",
        "{% for a in view.all if a.one %}{% endfor %}",
        "{% macro a() %}{% endmacro %}",
        "{{ view['name'] }}",
    ],
)
def test_logic_in_a_template_is_refused(text: str) -> None:
    assert _refused(text) != []


def test_printing_branching_and_looping_over_a_view_is_allowed() -> None:
    text = "{% block all %}{% for a in view.all %}{% if not a.last %}{{ a.name }}{% endif %}{% endfor %}{% endblock %}"

    assert _refused(text) == []


def test_every_file_of_the_templates_is_a_template() -> None:
    files = [path for path in TEMPLATES.rglob("*") if path.is_file()]

    assert [path.relative_to(ROOT).as_posix() for path in files if path.suffix != ".jinja"] == []
