"""`apictl explain` and `apictl rules`: the pages of all that commands may tell of a contract."""

from __future__ import annotations

import json

import pytest

from apictl.cli.main import OK, UNABLE, main
from apictl.rules.catalogue import likeliest, pages
from apictl.rules.explained import pages_by_command


@pytest.mark.parametrize("rule", ["operation-removed", "enum-value-removed", "service-removed", "acceptance-stale"])
def test_page_of_a_rule_is_shown(capsys: pytest.CaptureFixture[str], rule: str) -> None:
    assert main(["explain", rule]) == OK

    first, blank, fact, *_ = capsys.readouterr().out.splitlines()
    assert (first, blank) == (rule, "")
    assert pages()[rule].startswith(fact)


def test_page_of_a_finding_about_a_document_is_shown_with_a_document_that_has_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["explain", "channel-undeclared"]) == OK

    shown = capsys.readouterr().out
    assert shown.startswith("channel-undeclared\n\nAn operation or a reply is on a channel")
    assert "flawed, in AsyncAPI 3.0.0:\n\n    channels: {}\n" in shown
    assert "```" not in shown


def test_examples_stand_under_headings_and_without_fences(capsys: pytest.CaptureFixture[str]) -> None:
    main(["explain", "enum-value-removed"])

    shown = capsys.readouterr().out
    assert "before, in a request:\n\n    enum: [taxi, gift]\n\nafter, in a request:\n\n    enum: [taxi]\n" in shown
    assert "```" not in shown


def test_what_stands_in_brackets_after_a_finding_may_be_pasted(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "[link-removed]"]) == OK
    assert capsys.readouterr().out.startswith("link-removed\n")


@pytest.mark.parametrize(
    "wanted, hint",
    [
        ("enum-value-remove", "did you mean 'enum-value-removed'?"),
        ("operation_removed", "did you mean 'operation-removed'?"),
        ("xyz", "`apictl rules` lists them all"),
        ("a" * 1_000_000, "`apictl rules` lists them all"),
        ("", "`apictl rules` lists them all"),
    ],
)
def test_rule_that_is_none_is_two_with_what_was_meant(
    capsys: pytest.CaptureFixture[str], wanted: str, hint: str
) -> None:
    assert main(["explain", wanted]) == UNABLE

    told = capsys.readouterr()
    assert told.out == ""
    assert f"hint: {hint}" in told.err
    assert len(told.err) < 200


def test_page_is_json_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    main(["explain", "operation-removed", "--format", "json"])

    page = json.loads(capsys.readouterr().out)
    assert page["id"] == "operation-removed"
    assert page["summary"] == page["page"].splitlines()[0]
    assert "```yaml before" in page["page"]


def test_all_rules_are_listed_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    main(["rules"])

    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [
        word for command, known in pages_by_command().items() for word in (f"{command}:", *known)
    ]
    assert all(line.endswith((".", ":", ")")) and len(line) <= 140 for line in lines)


def test_list_is_json_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    main(["rules", "--format", "json"])

    listed = [(each["command"], each["id"]) for each in json.loads(capsys.readouterr().out)]
    assert listed == [(command, rule) for command, known in pages_by_command().items() for rule in known]
    assert {command for command, _ in listed} == {"lint", "generate", "diff", "check", "graph"}


def test_rules_of_a_set_are_listed_with_their_weights(capsys: pytest.CaptureFixture[str]) -> None:
    main(["rules", "--set", "codegen"])

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "lint:"
    assert [line.split()[1] for line in lines if "enum-type-mismatch" in line] == ["error"]
    assert not any("path-verb" in line for line in lines)


def test_page_of_a_rule_tells_its_sets(capsys: pytest.CaptureFixture[str]) -> None:
    main(["explain", "enum-type-mismatch"])

    shown = capsys.readouterr().out
    assert shown.endswith("Sets of `apictl lint`: recommended (warning), strict (warning), codegen (error).\n")
    assert "fine, in OpenAPI 3.1.0:\n\n    components:" in shown


def test_rules_of_other_linters_are_listed_with_ours(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--peers"]) == OK
    assert "  no-enum-type-mismatch                        enum-type-mismatch\n" in capsys.readouterr().out
    assert main(["rules", "--peers", "--set", "strict"]) == UNABLE


def test_nothing_is_like_what_is_far_from_every_id() -> None:
    assert likeliest("zzzzzz") == ""
