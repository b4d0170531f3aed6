"""Values for a terminal: what is spoken of is whole, what is left out is seen to be."""

from __future__ import annotations

import pytest

from apictl.contract.schema import JsonValue
from apictl.diff.witnesses.shown import shown

ORDER: dict[str, JsonValue] = {
    "id": "x" * 500,
    "tags": ["tag"] * 40,
    "lines": [{"sku": "first"}, {"sku": "second", "gift": {"to": "Ada", "wrapped": True}}],
    "total": 12.5,
}


def test_a_small_value_is_shown_as_it_is() -> None:
    assert shown({"kind": "gift", "seats": 1, "note": None}, ("kind",)) == '{"kind": "gift", "seats": 1, "note": null}'


def test_the_part_at_the_path_is_whole_and_the_rest_is_elided() -> None:
    text = shown(ORDER, ("lines", 1, "gift"), width=80)

    assert '"gift": {"to": "Ada", "wrapped": true}' in text
    assert "…" in text
    assert len(text) <= 80


def test_a_long_text_is_cut_outside_its_quotes_with_its_length() -> None:
    text = shown(ORDER, ("id",), width=120)

    assert '"xxxxxxxxxx' in text
    assert 'x"… (500 characters)' in text


def test_an_ellipsis_of_the_value_is_not_one_of_ours() -> None:
    assert shown({"a": "so…"}, ("a",)) == '{"a": "so…"}'


def test_the_items_that_are_left_out_are_counted() -> None:
    assert "… 32 more]" in shown(ORDER, ("tags",), width=100)


def test_a_path_that_leads_further_than_the_value_is_followed_as_far_as_it_goes() -> None:
    assert shown({"a": {"b": 1}}, ("a", "missing", 3)) == '{"a": {"b": 1}}'


def test_what_fits_no_line_gets_a_line_for_each_step() -> None:
    text = shown({"one": {"two": [0, {"three": "x" * 30}]}, "four": 4}, ("one", "two", 1, "three"), width=40)

    assert text.splitlines() == [
        "{",
        '  "one": {',
        '    "two": [',
        "      …",
        "      {",
        f'        "three": "{"x" * 30}"',
        "      }",
        "    ]",
        "  }",
        "  …",
        "}",
    ]


@pytest.mark.parametrize("sign", ["\x1b", "\x9b", "\u202e", "\x7f", "\ud800", "\u2028"])
def test_what_a_terminal_would_obey_is_escaped(sign: str) -> None:
    text = shown({f"a{sign}": f"b{sign}"}, ())

    assert text == f'{{"a\\u{ord(sign):04x}": "b\\u{ord(sign):04x}"}}'


def test_a_number_too_long_to_print_is_named() -> None:
    assert shown({"a": 10**5000}, ("a",)) == '{"a": … (a number of about 4983 digits)}'


def test_a_huge_value_is_short() -> None:
    value: JsonValue = {f"key{number}": {"deep": [["x" * 100] * 100]} for number in range(1000)}

    assert len(shown(value, ("key7", "deep"), width=100)) <= 100
