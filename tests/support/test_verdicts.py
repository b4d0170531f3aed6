"""What contract tests know to be no fault: two values with one spelling."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from apictl.contract.operation import Parameter, ParameterLocation, Style
from apictl.contract.schema import JsonValue
from apictl.support.contract_testing.cases import Ambiguities
from apictl.support.contract_testing.verdicts import _is_empty_array
from tests.emitters.contract_tests.contracts import PLACE, operation
from tests.emitters.contract_tests.test_cases import entry

LIST: dict[str, JsonValue] = {"type": "array", "items": {"type": "string", "minLength": 1}}


def _ambiguities() -> Ambiguities:
    parameters = (
        Parameter("tags", ParameterLocation.QUERY, LIST, PLACE),
        Parameter("name", ParameterLocation.QUERY, {"type": "string"}, PLACE),
        Parameter("X-Vouchers", ParameterLocation.HEADER, LIST, PLACE, style=Style.SIMPLE, explode=False),
        Parameter("X-Name", ParameterLocation.HEADER, {"type": "string"}, PLACE, style=Style.SIMPLE, explode=False),
    )
    said = entry(operation(method="GET", parameters=parameters))["ambiguities"]
    return Ambiguities(
        frozenset(said["arrays"]), frozenset(said["array_headers"]), frozenset(), frozenset(said["files"]), {}
    )


@pytest.mark.parametrize(
    "url, headers, is_empty",
    [
        ("/quotes?tags=", {}, True),
        ("/quotes?tags=a&name=", {}, False),
        ("/quotes", {"x-vouchers": ""}, True),
        ("/quotes", {"X-Vouchers": " "}, True),
        ("/quotes", {"X-Vouchers": "a", "X-Name": ""}, False),
    ],
)
def test_nothing_sent_for_an_array_may_be_no_item_or_an_empty_one(
    url: str, headers: dict[str, str], *, is_empty: bool
) -> None:
    response = cast("Any", SimpleNamespace(request=SimpleNamespace(url=url, headers=headers)))

    assert _is_empty_array(response, _ambiguities()) is is_empty
