"""Contracts of tests are made anew now and then."""

from __future__ import annotations

import sys
from typing import Any, cast

import pytest
from jsonschema_rs import Draft202012Validator
from schemathesis.core.jsonschema import make_validator
from schemathesis.pytest._keys import track_schema

from apictl.support.contract_testing.renewing import Renewing, forget_contracts


def test_so_many_tests_share_a_contract_and_no_more() -> None:
    made: list[object] = []

    def make() -> Any:
        made.append(object())
        return made[-1]

    renewing = Renewing(cast("Any", make), tests=2)
    given: list[object] = [renewing.contract() for _ in range(5)]

    assert given == [made[0], made[0], made[1], made[1], made[2]]


def test_validators_of_earlier_tests_are_forgotten() -> None:
    renewing = Renewing(cast("Any", object), tests=1)
    earlier = make_validator({"const": "of an earlier test"}, Draft202012Validator)

    renewing.contract()

    built = make_validator({"const": "of an earlier test"}, Draft202012Validator)
    assert built is not earlier


def test_contracts_of_tests_that_have_run_are_let_go(pytestconfig: pytest.Config) -> None:
    contract: Any = object()
    track_schema(pytestconfig, contract)
    referred = sys.getrefcount(contract)

    forget_contracts(pytestconfig)

    assert sys.getrefcount(contract) == referred - 1
