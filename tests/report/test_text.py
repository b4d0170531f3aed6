"""Findings as text, whatever is in them and wherever they go."""

from __future__ import annotations

from apictl.findings import Finding, Place, Related, Severity, error, info, warning
from apictl.report.text import COLOURS, Style, frame, printable, summary, text


def shown(*findings: Finding, line: str | None = None, style: Style | None = None) -> list[str]:
    return list(text(findings, lambda _: line, style=style))


def test_finding_is_place_severity_message_and_rule() -> None:
    finding = error("enum-value-removed", Place("specs/a.yaml", "/x", 42, 11), "'gift' is gone")

    assert shown(finding) == ["specs/a.yaml:42:11: error: 'gift' is gone [enum-value-removed]"]


def test_what_belongs_to_a_finding_is_below_it() -> None:
    was = Related("was at", Place("main:a.yaml", "", 40, 11))
    first = Related("first defined here", Place("a.yaml", "", 3, 1))
    finding = error("r", Place("a.yaml", "", 5, 3), "m", related=(was, first), hint="do it")

    assert shown(finding, line="  foo: bar")[1:] == [
        "  5 |   foo: bar",
        "    |   ^",
        "  was at main:a.yaml:40:11",
        "  40 |   foo: bar",
        "     |           ^",
        "  first defined here: a.yaml:3:1",
        "  3 |   foo: bar",
        "    | ^",
        "  hint: do it",
    ]


def test_lines_of_many_other_places_are_not_shown() -> None:
    others = tuple(Related("and here", Place("a.yaml", "", line, 1)) for line in (6, 7, 8))

    shown_lines = shown(error("r", Place("a.yaml", "", 5, 3), "m", related=others), line="  foo: bar")

    assert shown_lines[3:] == [f"  and here: a.yaml:{line}:1" for line in (6, 7, 8)]


def test_tab_that_is_meant_is_seen() -> None:
    assert shown(error("r", Place("a.yaml", "", 5, 1), "m"), line="\tfoo: bar")[1:] == ["  5 | \\tfoo: bar", "    | ^"]


def test_findings_are_sorted_by_file_and_line() -> None:
    findings = [warning("r", Place(path, "", line, 1), "m") for path, line in [("b", 1), ("a", 10), ("a", 9)]]

    assert [each.split(": ")[0] for each in shown(*findings)] == ["a:9:1", "a:10:1", "b:1:1"]


def test_rest_of_a_rule_beyond_its_limit_is_counted() -> None:
    findings = [warning("often", Place("a", "", line, 1), "m") for line in range(1, 6)]
    findings += [warning("once", Place("b", "", 1, 1), "m"), error("often", Place("c", "", 1, 1), "m")]

    lines = shown(*findings, style=Style(errors_per_rule=1, others_per_rule=2))

    assert [line.split(": ")[0] for line in lines[:4]] == ["a:1:1", "a:2:1", "b:1:1", "c:1:1"]
    assert lines[4:] == ["... and 3 more warnings [often]"]


def test_summary_counts_each_severity() -> None:
    place = Place("a")

    assert summary([]) == ""
    assert summary([error("r", place, "m"), info("r", place, "m"), error("r", place, "n")]) == "2 errors, 1 note"
    assert summary([warning("r", place, "m")]) == "1 warning"


def test_terminal_sequences_of_a_document_are_shown_and_not_obeyed() -> None:
    finding = Finding("r", Severity.ERROR, "a\x1b[31m\u202eb\nc", Place("x\x07", "", 1, 1), hint="\x9b")

    output = "".join(shown(finding, line="\x1b]0;title\x07\u2066\ud800"))

    assert printable(output) == output
    assert r"a\x1b[31m\u202eb\nc" in output


def test_text_that_is_only_foreign_is_not_escaped() -> None:
    assert printable("日本語 é 🎉") == "日本語 é 🎉"


def test_long_line_is_cut_around_the_column() -> None:
    finding = error("r", Place("a", "", 1, 5001), "m")

    _, line, caret = shown(finding, line="x" * 5000 + "HERE" + "y" * 5000, style=Style(width=60))

    assert len(line) <= 60
    assert line[caret.index("^") :].startswith("HERE")


def test_caret_stands_below_its_column_after_wide_characters_and_tabs() -> None:
    finding = error("r", Place("a", "", 1, 4), "m")

    _, line, caret = shown(finding, line="\t日本x")

    assert line == "  1 |     日本x"
    assert caret == "    |         ^"


def test_endless_message_is_cut() -> None:
    assert len(shown(error("r", Place("a"), "m" * 10_000))[0]) < 500


def test_colours_end_where_they_begin() -> None:
    output = shown(error("r", Place("a", "", 1, 1), "m", hint="h"), line="x", style=Style(palette=COLOURS))

    for line in output:
        assert line.count("\x1b[0m") == line.count("\x1b[") - line.count("\x1b[0m")


def test_frame_shows_lines_before_and_after_under_numbers_of_one_width() -> None:
    lines = {8: "a:", 9: "  b: 1", 10: "  c: 2", 11: ""}

    def excerpt(place: Place) -> str | None:
        return lines.get(place.line or 0)

    shown = list(frame(Place("a.yaml", "", 9, 3), excerpt, Style(), before=1, after=2))

    assert shown == ["   8 | a:", "   9 |   b: 1", "     |   ^", "  10 |   c: 2"]
