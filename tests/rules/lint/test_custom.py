"""The example that explains rules of one's own is one."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from apictl.rules import custom
from apictl.workspace.custom_rules import load_rules


def test_example_of_the_documentation_is_a_rule(tmp_path: Path) -> None:
    example = (custom.__doc__ or "").partition("\n\n")[2].partition("`node.fields`")[0].partition("\n\n")[2]
    (tmp_path / "house.py").write_text(dedent(example))

    (rule,) = load_rules(tmp_path, ["house.py"])

    assert rule.id == "operation-without-owner"
    assert rule.sets == {custom.RuleSet.RECOMMENDED: custom.Severity.WARNING}


def test_all_names_of_the_door_are_there() -> None:
    assert all(hasattr(custom, name) for name in custom.__all__)
