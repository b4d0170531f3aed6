"""Semantic versions."""

from __future__ import annotations

import pytest

from apictl.report.diff.versions import Advice, Bump, advice


@pytest.mark.parametrize(
    "old,bump,wanted",
    [
        ("1.2.3", Bump.PATCH, "1.2.4"),
        ("1.2.3", Bump.MINOR, "1.3.0"),
        ("1.2.3", Bump.MAJOR, "2.0.0"),
        ("1.2.3", Bump.NONE, "1.2.3"),
        ("0.4.1", Bump.MAJOR, "0.5.0"),
        ("v2.1", Bump.MINOR, "2.2.0"),
        (" 1.0.0-rc.1+build.7 ", Bump.MAJOR, "2.0.0"),
    ],
)
def test_version_is_raised_at_the_part_that_is_asked_for(old: str, bump: Bump, wanted: str) -> None:
    assert advice([bump], old=old, new=old).wanted == wanted


def test_largest_bump_counts() -> None:
    assert advice([Bump.PATCH, Bump.MAJOR, Bump.MINOR], old="1.0.0", new="2.0.0") == Advice(
        Bump.MAJOR, "2.0.0", agrees=True
    )


@pytest.mark.parametrize("new,agrees", [("1.9.9", False), ("2.0.0", True), ("10.0.0", True), ("2.0.0-beta", True)])
def test_new_version_agrees_when_it_is_high_enough(new: str, agrees: bool) -> None:  # noqa: FBT001 - a parameter
    assert advice([Bump.MAJOR], old="1.2.3", new=new).agrees is agrees


@pytest.mark.parametrize("text", ["", "1", "2024-10-01", "1.2.3.4", "one", "01.2.3", "9" * 5000 + ".0.0", "1.2.x"])
def test_what_is_no_semantic_version_is_not_judged(text: str) -> None:
    assert advice([Bump.MAJOR], old=text, new="2.0.0") == Advice(Bump.MAJOR)
    assert advice([Bump.MAJOR], old="1.0.0", new=text) == Advice(Bump.MAJOR, "2.0.0", agrees=None)


def test_nothing_changed_asks_for_nothing() -> None:
    assert advice([], old="1.0.0", new="1.0.0") == Advice(Bump.NONE, "1.0.0", agrees=True)
