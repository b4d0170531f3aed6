"""Contracts of tests are made anew now and then."""

from __future__ import annotations

from typing import Any, cast

from apictl.support.contract_testing.renewing import Renewing


def test_so_many_tests_share_a_contract_and_no_more() -> None:
    made: list[object] = []

    def make() -> Any:
        made.append(object())
        return made[-1]

    renewing = Renewing(cast("Any", make), tests=2)
    given: list[object] = [renewing.contract() for _ in range(5)]

    assert given == [made[0], made[0], made[1], made[1], made[2]]
