"""Data files hold what JSON can hold."""

from __future__ import annotations

import json
from types import MappingProxyType

import pytest

from apictl.pages.data import json_bytes


def test_data_is_indented_json_with_a_line_end() -> None:
    assert (
        json_bytes(MappingProxyType({"a": (1, None), "ü": {}}))
        == '{\n  "a": [\n    1,\n    null\n  ],\n  "ü": {}\n}\n'.encode()
    )


def test_an_integer_of_any_size_survives() -> None:
    value = {"n": 2**70, "m": [-(2**64)]}

    assert json.loads(json_bytes(value)) == value


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(TypeError, match="complex is no JSON value"):
        json_bytes({"a": 1j})
