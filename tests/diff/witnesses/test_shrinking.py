"""Values lose what they can do without."""

from __future__ import annotations

from apictl.contract.schema import JsonValue
from apictl.diff.witnesses.shrinking import shrunk, size


def test_members_and_items_go_that_are_not_needed() -> None:
    value: JsonValue = {"a": [1, 2, {"x": 1, "y": 2}], "b": {"c": 1}, "d": "text"}

    def is_kept(other: JsonValue) -> bool:
        return isinstance(other, dict) and '"y"' not in other and "'y'" in str(other)

    assert shrunk(value, (), is_kept=is_kept, limit=100) == {"a": [{"y": 2}]}


def test_a_long_text_at_the_path_gets_as_short_as_it_can() -> None:
    value: JsonValue = {"a": "x" * 300, "b": "y" * 300}

    smaller = shrunk(value, ("a",), is_kept=lambda other: "x" * 41 in str(other) and "b" in str(other), limit=100)

    assert smaller == {"a": "x" * 41, "b": "y" * 300}


def test_no_more_values_are_tried_than_allowed() -> None:
    tried: list[JsonValue] = []

    def is_kept(other: JsonValue) -> bool:
        tried.append(other)
        return False

    assert shrunk(list(range(1000)), (), is_kept=is_kept, limit=5) == list(range(1000))
    assert len(tried) == 5


def test_size_counts_parts_before_characters() -> None:
    assert size({"a": [1, "four"]}) == (4, 6)
