"""Documents that ask for too much are refused quickly; no process dies of them."""

from __future__ import annotations

import gc
import resource
import time

import pytest

from apictl.source.parsing import parse
from tests.source.flaws import Told, told

ALIAS_BOMB = (
    "a: &a ["
    + ",".join("x" * 9)
    + "]\n"
    + "".join(f"{new}: &{new} [{','.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True))
)
MERGE_BOMB = "a: &a {k: 1}\n" + "".join(
    f"{new}: &{new} {{<<: [{','.join([f'*{old}'] * 9)}], n{new}: {{<<: *{old}}}}}\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
NESTED_MERGES = "a: " + "{<<: " * 190 + "{" + ",".join(f"k{i}: 1" for i in range(5000)) + "}" + "}" * 190


@pytest.mark.parametrize(
    "text,path,rule",
    [
        (ALIAS_BOMB, "a.yaml", "alias-expansion-limit"),
        (MERGE_BOMB, "a.yaml", "alias-expansion-limit"),
        (NESTED_MERGES, "a.yaml", "alias-expansion-limit"),
        ("a: " + "[" * 20_000, "a.yaml", "nesting-limit"),
        ("[" * 200_000, "a.yaml", "nesting-limit"),
        ("[" * 200_000, "a.json", "nesting-limit"),
        ('{"a":' * 3_000 + "1" + "}" * 3_000, "a.json", "nesting-limit"),
        ('{"a":' * 300 + "1" + "}" * 300, "a.json", "nesting-limit"),
        ('{"a":' * 300 + "1" + "}" * 300, "a.yaml", "nesting-limit"),
        ("- " * 200_000, "a.yaml", "nesting-limit"),
        ("".join(" " * depth + "a:\n" for depth in range(500)), "a.yaml", "nesting-limit"),
        ("a: " + "&a [" * 150 + "]" * 150 + "\nb: " + "[" * 100 + "*a" + "]" * 100, "a.yaml", "nesting-limit"),
    ],
    ids=lambda value: value[:8] if isinstance(value, str) else value,
)
def test_a_document_beyond_a_limit_is_refused_at_once(text: str, path: str, rule: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()

    document, findings = parse(path, text.encode())

    assert document is None
    assert [finding.rule for finding in findings if finding.rule != "key-duplicate"] == [rule]
    assert time.process_time() - began < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024


def test_two_hundred_levels_are_read_and_one_more_is_not() -> None:
    def nested(levels: int) -> str:
        return '{"a":' * levels + "1" + "}" * levels

    assert told(nested(200), "a.json") == told(nested(200).replace('"a":', "a: "), "a.yaml") == []
    assert told(nested(201), "a.json") == [Told("nesting-limit", 1, 1001)]
    assert told(nested(201).replace('"a":', "a: "), "a.yaml") == [Told("nesting-limit", 1, 801)]


def test_a_document_of_too_many_bytes_is_not_read() -> None:
    document, (finding,) = parse("a.yaml", b"a: " + b"x" * 100, max_bytes=100)

    assert document is None
    assert finding.rule == "size-limit"


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\n" * 100_000,
        "a: [" + "!x y," * 100_000 + "]",
        '{"a":"' + "\\ud800" * 300_000 + '"}',
        '{"a":"' + "\\n" * 1_000_000,
        "{" + '"a":1,' * 100_000 + '"b":1}',
        '"' * 200_000,
        "{" + "a:" * 200_000,
        "? " * 100_000,
        "&a " * 100_000,
        "a: '" + "'" * 200_001,
        "#" * 500_000,
        "%" * 200_000,
        "a: >\n" + "\n" * 200_000,
    ],
    ids=lambda text: text[:6].strip(),
)
def test_a_monotonous_text_takes_linear_time(text: str) -> None:
    began = time.process_time()

    parse("a.yaml", text.encode())

    assert time.process_time() - began < 2


def test_the_garbage_collector_is_left_as_it_was() -> None:
    gc.disable()
    try:
        parse("a.yaml", b"a: [")
        off = gc.isenabled()
    finally:
        gc.enable()
    parse("a.yaml", b"a: [")

    assert not off
    assert gc.isenabled()
