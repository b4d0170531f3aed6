"""Callers are let in by what they show: alternatives, schemes that must all be satisfied, scopes."""

from __future__ import annotations

import pytest

from apictl.diff.demands import Demands, shift, worded
from apictl.findings import Place


def demands(*alternatives: dict[str, set[str]]) -> Demands:
    return Demands(
        tuple({name: frozenset(scopes) for name, scopes in one.items()} for one in alternatives), Place("a.yaml")
    )


A: dict[str, set[str]] = {"a": set()}
B: dict[str, set[str]] = {"b": set()}
BOTH = A | B
ANYBODY: dict[str, set[str]] = {}


@pytest.mark.parametrize(
    "old, new, removed, added",
    [
        ((A,), (A, B), [], ["'b'"]),
        ((A, B), (A,), ["'b'"], []),
        ((A,), (BOTH,), ["'a'"], []),
        ((BOTH,), (A,), [], ["'a'"]),
        ((ANYBODY,), (A,), ["no credentials"], []),
        ((A,), (ANYBODY,), [], ["no credentials"]),
        ((A, B), (B, A), [], []),
        ((A,), (A, BOTH), [], []),
    ],
)
def test_alternative_narrows_only_when_nothing_that_is_left_is_satisfied_by_it(
    old: tuple[dict[str, set[str]], ...],
    new: tuple[dict[str, set[str]], ...],
    removed: list[str],
    added: list[str],
) -> None:
    found = shift(demands(*old), demands(*new))

    assert [worded(one) for one in found.removed] == removed
    assert [worded(one) for one in found.added] == added
    assert found.more == found.fewer == ()


def test_scopes_are_told_one_by_one() -> None:
    found = shift(demands({"a": {"read", "write"}}), demands({"a": {"read", "admin"}}))

    assert found.more == (("a", "admin"),)
    assert found.fewer == (("a", "write"),)
    assert found.removed == found.added == ()


def test_more_scopes_hurt_nobody_where_another_alternative_lets_in() -> None:
    found = shift(demands({"a": {"read"}}), demands({"a": {"read", "write"}}, ANYBODY))

    assert found.more == ()
