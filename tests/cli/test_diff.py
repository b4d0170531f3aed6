"""`apictl diff`: what it says, and the exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from apictl.cli.diff import FormatName
from apictl.cli.main import OK, REFUSED, UNABLE, main
from apictl.report.diff.formats import FORMATS
from tests.cli.quotes import BROKEN, CONTRACT, HARMLESS, entered, findings, told
from tests.cli.workspaces import write_contract
from tests.workspace.repositories import commit_all, git


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return entered(tmp_path, monkeypatch)


# The gate


def test_breaking_change_is_one_with_both_places_and_a_value_that_shows_it(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_contract(root, BROKEN)

    code, output = told(capsys)

    lines = output.splitlines()
    assert code == REFUSED
    assert lines[0].startswith("specs/a/openapi.yaml:15:")
    assert lines[0].endswith("[enum-value-removed]")
    assert "  15 |                 kind: {enum: [standard]}" in lines
    assert [line for line in lines if line.startswith("  was at main:specs/a/openapi.yaml:15:")]
    assert "  15 |                 kind: {enum: [standard, gift]}" in lines
    assert '  accepted before, refused now: {"kind": "gift"}' in lines
    assert "a: 1 breaking change since main" in lines


def test_nothing_changed_is_zero(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys) == (OK, "a: the same as main\n")


def test_rewritten_text_that_means_the_same_is_silent(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root, CONTRACT.replace("[standard, gift]", "[gift, standard]").replace("\n", "\r\n"))

    assert told(capsys) == (OK, "a: no change since main\n")


def test_harmless_change_is_zero_and_shown_on_request(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root, HARMLESS)

    assert told(capsys) == (OK, "a: no breaking change, 1 other change since main\n")
    code, output = told(capsys, "-v")
    assert code == OK
    assert "specs/a/openapi.yaml:15:47: info: " in output


@pytest.mark.parametrize(
    "fail_on,contract,code",
    [
        ("breaking", BROKEN, REFUSED),
        ("breaking", HARMLESS, OK),
        ("warning", BROKEN, REFUSED),
        ("any", HARMLESS, REFUSED),
        ("any", CONTRACT, OK),
        ("used", BROKEN, OK),
        ("never", BROKEN, OK),
    ],
)
def test_fail_on_decides_what_is_one(
    root: Path, capsys: pytest.CaptureFixture[str], fail_on: str, contract: str, code: int
) -> None:
    write_contract(root, contract)

    assert told(capsys, "--fail-on", fail_on)[0] == code


def test_changelog_shows_all_changes_and_the_version(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root, HARMLESS.replace("1.2.3", "1.3.0"))

    code, output = told(capsys, "--changelog")

    assert code == OK
    assert output.splitlines()[:3] == ["a 1.2.3 -> 1.3.0", "", "POST /quotes"]
    assert "these changes ask for a minor version, 1.3.0 or later; info.version 1.3.0 agrees\n" in output


def test_removed_service_breaks_and_new_one_does_not(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root, CONTRACT, service="b")
    (root / "specs/a/openapi.yaml").unlink()

    code, output = told(capsys)

    assert code == REFUSED
    assert output.splitlines()[0] == (
        "main:specs/a/openapi.yaml: error: service 'a' has no contract any more [service-removed]"
    )
    assert "b: new, there is no contract in main\n" in output
    assert told(capsys, "b")[0] == OK
    assert told(capsys, "a")[0] == REFUSED


def test_renamed_file_of_a_service_is_no_change(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "specs/a/openapi.yaml").rename(root / "specs/a/openapi.yml")

    assert told(capsys) == (OK, "a: the same as main\n")


def test_other_files_are_read_from_their_own_revision(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shared = "components: {schemas: {Quote: {type: object, required: [fare], properties: {fare: {maximum: 5}}}}}"
    (root / "specs/common.yaml").write_text(shared)
    contract = CONTRACT.replace("'#/components/schemas/Quote'", "'../common.yaml#/components/schemas/Quote'")
    write_contract(root, contract)
    commit_all(root)
    (root / "specs/common.yaml").write_text(shared.replace("maximum: 5", "maximum: 9"))

    (finding,) = findings(capsys)

    assert finding["rule"] == "maximum-loosened"
    assert finding["place"]["path"] == "specs/common.yaml"
    assert finding["old_place"]["path"] == "main:specs/common.yaml"
    assert (finding["side"], finding["proof"]) == ("produces", "witness")
    assert 5 < finding["witness"]["value"]["fare"] <= 9


# What can't be compared


def test_new_contract_that_can_not_be_read_is_one_with_its_findings(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_contract(root, "openapi: [")

    code, output = told(capsys, "--fail-on", "never")

    assert code == REFUSED
    assert output.startswith("specs/a/openapi.yaml:1:")
    assert output.endswith("a: not compared, the contract can't be read\n")


def test_old_contract_that_can_not_be_read_is_two_with_its_findings(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_contract(root, "openapi: [")
    commit_all(root)
    write_contract(root, CONTRACT)

    code, output = told(capsys)

    assert code == UNABLE
    assert output.startswith("main:specs/a/openapi.yaml:1:")
    assert "  1 | openapi: [\n" in output
    assert output.endswith("a: not compared, the contract in main can't be read\n")


def test_outside_of_a_repository_it_says_what_else_can_be_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = tmp_path / "outside"
    write_contract(outside, CONTRACT)
    monkeypatch.chdir(outside)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.resolve()))

    assert main(["diff"]) == UNABLE
    assert "hint: without a revision, compare two files or two folders: apictl diff OLD NEW" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments,message",
    [
        (["nowhere"], "there is no service 'nowhere'"),
        (["--against=--all"], "'--all' names no revision"),
        (["--against", "nowhere"], "'nowhere' names no revision"),
        (["specs/a/openapi.yaml@nowhere"], "'nowhere' names no revision"),
        (["specs/b/openapi.yaml"], "specs/b/openapi.yaml does not exist, neither now nor in main"),
        (["specs/a/openapi.yaml", "specs/b.yaml"], "file 'specs/b.yaml' does not exist"),
        (["specs/b.yaml@main", "specs/a/openapi.yaml"], "file 'specs/b.yaml' does not exist"),
        (["specs/a/openapi.yaml", "."], "are a file and a folder"),
        (["./specs/a", "."], "is no workspace"),
        (["a.yaml", "b.yaml", "c.yaml"], "3 paths are given"),
        (["a.yaml", "b.yaml", "--against", "main"], "--against has nothing to say"),
        (["specs/a/openapi.yaml@main", "--against", "main"], "both @main and --against main"),
        (["--reason", "x"], "belong to --accept"),
        (["--accept", "abcd"], "--accept needs --reason and --expires"),
        (["--accept", "abcd", "--reason", " ", "--expires", "2099-01-01"], "--accept needs --reason"),
        (["--accept", "abcd", "--reason", "x", "--expires", "soon"], "'soon' is no date"),
        (["--accept", "abcd", "--reason", "x", "--expires", "2020-01-01"], "is in the past"),
        (["--accept", "abcd", "--reason", "x", "--expires", "2099-01-01"], "there is no change 'abcd'"),
        (["--format", "xml"], "xml"),
    ],
)
def test_wrong_use_is_two_with_a_reason(capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    assert main(["diff", *arguments]) == UNABLE

    captured = capsys.readouterr()
    assert message in captured.err
    assert captured.out == ""


def test_help_shows_examples_and_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "--help"]) == OK

    output = capsys.readouterr().out
    assert "apictl diff pricing --against v3.1.0" in output
    assert "Exit codes:" in output


def test_git_is_only_read(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root, BROKEN)
    before = git(root, "status", "--porcelain=v2", "--branch"), git(root, "stash", "list"), git(root, "reflog")

    told(capsys, "--against", "HEAD")

    assert (
        git(root, "status", "--porcelain=v2", "--branch"),
        git(root, "stash", "list"),
        git(root, "reflog"),
    ) == before


def test_every_format_can_be_asked_for() -> None:
    assert {each.value for each in FormatName} == FORMATS.keys()


@pytest.mark.parametrize("arguments", [[], ["-v"], ["--changelog"], ["--format", "json"]])
def test_text_of_a_contract_commands_no_terminal(
    root: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    evil = CONTRACT.replace("gift", r'"\e[2J\u202e\u2028::error::"').replace("fare", r'"\e]0;x\a"')
    evil = evil.replace("/quotes", r'"/\e[1m"').replace("1.2.3", r'"\e[3m"')
    write_contract(root, evil)
    commit_all(root)
    write_contract(root, evil.replace("[standard, ", "[").replace("integer", "string").replace("note", r'"\u202d"'))

    code, output = told(capsys, *arguments)

    assert code == REFUSED
    assert "enum-value-removed" in output
    assert not [line for line in output.split("\n") if not line.isprintable()]


def test_paths_with_fragments_which_no_server_tells_apart_are_compared(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    item = '  "/quotes#gift":\n    get: {responses: {"204": {description: done}}}\n'
    twice = CONTRACT.replace("paths:\n", "paths:\n" + item)
    (root / "old.yaml").write_text(twice, "utf-8")
    (root / "new.yaml").write_text(twice.replace('"204"', '"200"'), "utf-8")

    code, output = told(capsys, "old.yaml", "new.yaml")

    assert code == REFUSED
    assert "GET /quotes#gift" in output
