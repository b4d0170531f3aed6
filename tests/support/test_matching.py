"""Paths find their operation as OpenAPI's path templating says."""

from __future__ import annotations

from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apictl.support.matching import PathPattern, PathTable, pairs_of


def _found(table: PathTable[str], path: str, query: bytes = b"") -> list[tuple[dict[str, str], dict[str, str]]]:
    return [(dict(targets), dict(values)) for _, targets, values in table.find(path, query)]


def _first(table: PathTable[str], path: str, query: bytes) -> str:
    return next((target for _, targets, _ in table.find(path, query) for target in targets.values()), "")


def test_a_literal_path_comes_before_a_templated_one() -> None:
    table = PathTable([("GET", "/pets/{id}", "one"), ("GET", "/pets/mine", "mine")])

    assert _found(table, "/pets/mine")[0] == ({"GET": "mine"}, {})
    assert _found(table, "/pets/7")[0] == ({"GET": "one"}, {"id": "7"})


def test_a_segment_with_more_literal_text_comes_first() -> None:
    table = PathTable([("GET", "/compare/{all}", "all"), ("GET", "/compare/{base}...{head}", "two")])

    assert [methods["GET"] for _, methods, _ in table.find("/compare/a...b")] == ["two", "all"]


def test_a_longer_literal_beginning_comes_first_whatever_the_order() -> None:
    entries = [("GET", "/{a}/{b}", "two"), ("GET", "/x/{b}", "literal first"), ("GET", "/{a}/y", "literal last")]

    for order in (entries, entries[::-1]):
        table = PathTable(order)

        assert _found(table, "/x/y")[0][0] == {"GET": "literal first"}
        assert _found(table, "/q/y")[0][0] == {"GET": "literal last"}
        assert _found(table, "/q/q")[0][0] == {"GET": "two"}


@pytest.mark.parametrize(
    "template, path, values",
    [
        ("/files/{id}.json", "/files/a%2Fb.json", {"id": "a%2Fb"}),
        ("/{a}:{b}", "/x:y", {"a": "x", "b": "y"}),
        ("/{a}:{b}", "/x%3Ay", {"a": "x", "b": "y"}),
        ("/caf\N{LATIN SMALL LETTER E WITH ACUTE}/{x-y}", "/caf%C3%A9/1", {"x-y": "1"}),
        ("/a", "/a", {}),
        ("/a", "/a/", None),
        ("/a/{b}", "/a/", None),
        ("/a/{b}", "/a/b/c", None),
    ],
)
def test_a_pattern_matches_the_path_as_it_was_sent(template: str, path: str, values: dict[str, str] | None) -> None:
    assert PathPattern(template).match(path) == values


@given(st.lists(st.text(min_size=1), min_size=1, max_size=3))
def test_every_encoded_value_is_found_again(values: list[str]) -> None:
    encodable = [value.encode("utf-8", "replace").decode() for value in values]
    template = "".join(f"/{{p{number}}}" for number in range(len(encodable)))

    found = PathPattern(template).match("".join("/" + quote(value, safe="") for value in encodable))

    assert found == {f"p{number}": quote(value, safe="") for number, value in enumerate(encodable)}


def test_a_path_below_a_prefix_matches_by_its_ending() -> None:
    pattern = PathPattern("/pets/{id}?beta=/x/y")

    assert pattern.match_ending("/api/v1/pets/7") == {"id": "7"}
    assert pattern.match_ending("/api/v1/pests/7") is None
    assert pattern.ending("/api/v1/pets/7") == "/pets/7"


# ----------------------------------------------------------------------------------------------------- fixed queries

RESPONSES = PathTable(
    [
        ("GET", "/responses/{id}", "plain"),
        ("GET", "/responses/{id}?beta=true", "beta"),
        ("GET", "/responses/{id}?beta=true&v=2", "second beta"),
        ("GET", "/responses/compact", "compact"),
    ]
)


@pytest.mark.parametrize(
    "query, target",
    [
        (b"", "plain"),
        (b"beta=false", "plain"),
        (b"beta", "plain"),
        (b"Beta=true", "plain"),
        (b"v=2", "plain"),
        (b"beta=true", "beta"),
        (b"limit=3&beta=true&v=1", "beta"),
        (b"b%65ta=tru%65", "beta"),
        (b"v=2&x&beta=true", "second beta"),
        (b"&&v=2&&beta=true&&", "second beta"),
        (b"beta%3Dtrue", "plain"),
        (b"beta=true%26v=2", "plain"),
        (b"beta=\xff&%ff=%", "plain"),
    ],
)
def test_fixed_query_tells_operations_of_one_path_apart(query: bytes, target: str) -> None:
    assert _found(RESPONSES, "/responses/7", query)[0] == ({"GET": target}, {"id": "7"})


def test_all_templates_whose_pairs_are_sent_are_found_the_most_demanding_first() -> None:
    found = [targets["GET"] for _, targets, _ in RESPONSES.find("/responses/7", b"v=2&beta=true")]

    assert found == ["second beta", "beta", "plain"]


def test_all_templates_that_match_are_found_and_their_shape_tells_which_are_of_one_path() -> None:
    entries = [("GET", "/a", "plain"), ("PUT", "/a", "put"), ("GET", "/a?x=1", "x"), ("POST", "/{id}", "other")]
    table = PathTable(entries)

    found = [(shape, dict(targets)) for shape, targets, _ in table.find("/a", b"x=1")]

    assert found == [("/a", {"GET": "x"}), ("/a", {"GET": "plain", "PUT": "put"}), ("/{}", {"POST": "other"})]
    assert list(table.find("/a/b")) == []


@pytest.mark.parametrize(
    "template, is_shadowed",
    [("/r/mine", True), ("/r/{id}", True), ("/r/{id}/x", False), ("/s/{id}", False), ("/r/{other}?beta=true", True)],
)
def test_template_is_shadowed_where_one_of_another_shape_matches_the_same_path(
    template: str, *, is_shadowed: bool
) -> None:
    table = PathTable([("GET", path, path) for path in ("/r/mine", "/r/{id}", "/r/{id}/x", "/s/{id}")])

    assert table.is_shadowed(PathPattern(template)) is is_shadowed


def test_literal_path_comes_before_a_templated_one_with_a_fixed_query() -> None:
    assert _first(RESPONSES, "/responses/compact", b"beta=true") == "compact"


def test_path_that_is_declared_with_a_fixed_query_only_is_unknown_without_it() -> None:
    for template in ("/a?x=1", "/{a}?x=1"):
        table = PathTable([("GET", template, "a")])

        assert _first(table, "/a", b"x=1") == "a"
        assert [_first(table, path, b"") for path in ("/a", "/a?x=1", "/a%3Fx=1")] == ["", "", ""]


def test_name_without_a_value_is_a_fixed_pair() -> None:
    table = PathTable([("GET", "/a?acl", "acl"), ("GET", "/a", "plain")])

    assert [_first(table, "/a", query) for query in (b"acl", b"acl=", b"acl=1", b"")] == [
        "acl",
        "acl",
        "plain",
        "plain",
    ]


def test_question_mark_in_an_expression_begins_no_query() -> None:
    pattern = PathPattern("/a/{?b}")

    assert (pattern.path, pattern.fixed) == ("/a/{?b}", frozenset())
    assert pattern.match("/a/1") == {"?b": "1"}


def test_fixed_pairs_are_taken_from_a_query_and_nothing_else_is_changed() -> None:
    pattern = PathPattern("/a?beta=true&v=2")

    assert pattern.unfixed(b"x=%41+b&v=%32&beta=false&beta=true&y", frozenset()) == b"x=%41+b&beta=false&y"
    assert pattern.unfixed(b"v=2&beta=true", frozenset({b"v"})) == b"v=2"


PAIRS = st.lists(st.tuples(st.text("abé &=+%?#", min_size=1, max_size=4), st.text("01é &=+%?", max_size=3)), max_size=4)


def _written(pairs: list[tuple[str, str]]) -> str:
    return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in pairs)


@given(fixed=PAIRS, others=PAIRS, data=st.data())
def test_fixed_pairs_are_found_in_any_order_among_any_others(
    fixed: list[tuple[str, str]], others: list[tuple[str, str]], data: st.DataObject
) -> None:
    pattern = PathPattern(f"/a?{_written(fixed)}")
    sent = data.draw(st.permutations([*fixed, *others]))

    query = _written(sent).encode()

    assert pattern.path == "/a"
    assert pattern.accepts(query)
    assert pattern.unfixed(query, frozenset()) == _written([pair for pair in sent if pair not in fixed]).encode()
    assert pattern.accepts(_written(others).encode()) == (set(fixed) <= set(others))
    assert pairs_of(query) == [(name.encode(), value.encode()) for name, value in sent]
