"""What `apictl check` finds, in one run."""

from __future__ import annotations

from pathlib import Path

import pytest

from apictl.cli.main import main
from tests.check.fleets import MANIFEST, PRICING, TRIPS, break_pricing, checked, commit, rules
from tests.cli.workspaces import write_contract
from tests.workspace.repositories import git

Capture = pytest.CaptureFixture[str]
SKIP = ("--skip", "tests")


@pytest.mark.usefixtures("sound")
def test_sound_workspace_has_nothing_against_it(capsys: Capture) -> None:
    code, told = checked(capsys, *SKIP)

    assert code == 0
    assert told["outcome"] == "passed"
    assert told["services"] == ["pricing", "trips"]
    assert {name: section["outcome"] for name, section in told["sections"].items()} == dict.fromkeys(
        ["lint", "generated", "breaking", "traffic"], "passed"
    )


def test_all_problems_are_found_in_one_run_and_the_hit_consumer_is_named(sound: Path, capsys: Capture) -> None:
    break_pricing(sound)
    write_contract(sound, TRIPS.replace("operationId", "operationID"), service="trips")

    code, told = checked(capsys, *SKIP)

    assert code == 1
    assert rules(told, "lint") == ["field-unknown"]
    assert rules(told, "generated") == ["generated-code-outdated"]
    assert rules(told, "breaking") == ["enum-value-removed"]
    assert told["consumers_hit"] == {"pricing": ["trips"]}


def test_warning_fails_where_that_is_asked_for(sound: Path, capsys: Capture) -> None:
    (sound / "apictl.yaml").write_text(MANIFEST.replace("[minimal]", "[recommended]"), encoding="utf-8")

    plain, told = checked(capsys, "--only", "lint")
    strict, also_told = checked(capsys, "--only", "lint", "--fail-on", "warning")

    assert {each["severity"] for each in told["sections"]["lint"]["findings"]} == {"warning"}
    assert (plain, told["outcome"]) == (0, "passed")
    assert (strict, also_told["outcome"]) == (1, "failed")


def test_text_ends_with_a_line_for_each_part_and_who_breaks_whom(sound: Path, capsys: Capture) -> None:
    break_pricing(sound)

    code = main(["check", *SKIP])

    lines = capsys.readouterr().out.splitlines()
    assert code == 1
    assert [line.split()[:2] for line in lines[-6:-2]] == [
        ["ok", "lint"],
        ["FAIL", "generated"],
        ["FAIL", "breaking"],
        ["ok", "traffic"],
    ]
    assert lines[-2:] == ["pricing breaks trips", "2 services checked: 2 errors"]


def test_what_a_document_lacks_is_told_once_though_generation_finds_it_too(sound: Path, capsys: Capture) -> None:
    write_contract(sound, PRICING.replace("'204'", "'2044'").replace('"204"', '"2044"'), service="pricing")

    code, told = checked(capsys, *SKIP)

    found = [finding for section in told["sections"].values() for finding in section["findings"]]
    assert code == 1
    assert len(found) == 1
    assert found[0]["service"] == "pricing"


def test_generated_code_is_not_judged_where_nothing_can_be_generated(sound: Path, capsys: Capture) -> None:
    write_contract(sound, TRIPS.replace("operationId", "operationID"), service="trips")

    _, told = checked(capsys, "--only", "lint,generated")

    assert told["sections"]["generated"]["notes"] == ["nothing can be generated of trips"]


def test_file_that_was_changed_by_hand_is_named(sound: Path, capsys: Capture) -> None:
    path = sound / "generated" / "trips" / "python" / "README.md"
    path.write_text("mine\n", encoding="utf-8")

    code, told = checked(capsys, "--only", "generated")

    assert code == 1
    assert rules(told, "generated") == ["generated-code-edited"]
    assert told["sections"]["generated"]["findings"][0]["place"]["path"] == "generated/trips/python/README.md"


def test_files_of_a_service_that_is_gone_are_told(sound: Path, capsys: Capture) -> None:
    (sound / "specs" / "trips" / "openapi.yaml").unlink()
    (sound / "apictl.yaml").write_text("services: {pricing: {}}\n", encoding="utf-8")

    code, told = checked(capsys, *SKIP)

    assert code == 1
    assert [finding["service"] for finding in told["sections"]["generated"]["findings"]] == ["trips"]
    assert rules(told, "breaking") == ["service-removed"]


def test_operation_that_is_consumed_and_gone_is_found_in_traffic(sound: Path, capsys: Capture) -> None:
    (sound / "apictl.yaml").write_text(MANIFEST.replace("createQuote", "createQuotes"), encoding="utf-8")

    code, told = checked(capsys, "--only", "traffic")

    assert code == 1
    assert rules(told, "traffic") == ["operation-unknown"]
    assert told["consumers_hit"] == {"pricing": ["trips"]}


def test_new_repository_has_no_base_and_that_is_only_a_note(folder: Path, capsys: Capture) -> None:
    git(folder, "init", "--quiet")

    code, told = checked(capsys, "--only", "breaking")

    assert code == 0
    assert told["sections"]["breaking"]["outcome"] == "skipped"
    assert told["sections"]["breaking"]["notes"] == ["nothing to compare with: there is no commit yet"]


def test_folder_without_git_has_no_base_and_that_is_only_a_note(folder: Path, capsys: Capture) -> None:
    assert not (folder / ".git").exists()

    code, told = checked(capsys, "--only", "breaking")

    assert code == 0
    assert told["sections"]["breaking"]["notes"] == ["nothing to compare with: this is no git repository"]


def test_base_that_was_not_fetched_is_two_and_the_other_parts_are_told(
    sound: Path, capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(sound, "checkout", "--quiet", "-b", "work")
    git(sound, "commit", "--quiet", "--allow-empty", "--message", "y")
    git(sound, "checkout", "--quiet", "main")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth", "1", "--branch", "work", sound.as_uri(), str(clone))
    monkeypatch.chdir(clone)

    code, told = checked(capsys, "--only", "lint,breaking")

    assert code == 2
    assert told["sections"]["lint"]["outcome"] == "passed"
    assert told["sections"]["breaking"]["outcome"] == "incomplete"
    assert "main" in told["sections"]["breaking"]["troubles"][0]


def test_revision_can_be_named_as_the_base(sound: Path, capsys: Capture) -> None:
    git(sound, "tag", "v1")
    break_pricing(sound)
    commit(sound)

    code, told = checked(capsys, "--only", "breaking", "--against", "v1")

    assert code == 1
    assert rules(told, "breaking") == ["enum-value-removed"]


def test_breaking_change_that_was_agreed_to_is_none(sound: Path, capsys: Capture) -> None:
    break_pricing(sound)
    _, told = checked(capsys, "--only", "breaking")
    change = told["sections"]["breaking"]["findings"][0]["details"][-1].removeprefix("id: ")
    assert main(["diff", "--accept", change, "--reason", "nobody sends it", "--expires", "2999-01-01"]) == 0
    capsys.readouterr()

    code, told = checked(capsys, "--only", "breaking")

    assert (code, rules(told, "breaking")) == (0, [])


@pytest.mark.parametrize(
    "arguments,word",
    [
        (["pricin"], "pricing"),
        (["--only", "lnt"], "lint"),
        (["--skip", "lint,generated,breaking,traffic,tests"], "no part is left"),
        (["--shard", "3/2"], "--shard"),
        (["--shard", "1/2", "--matrix", "2"], "--matrix"),
        (["--affected", "--against", "nowhere"], "nowhere"),
        (["--report", "pdf=x"], "pdf"),
    ],
)
@pytest.mark.usefixtures("sound")
def test_what_can_not_be_meant_is_two(capsys: Capture, arguments: list[str], word: str) -> None:
    assert main(["check", *arguments]) == 2

    captured = capsys.readouterr()
    assert word in captured.err
    assert captured.out == ""


def test_document_that_can_not_be_had_is_two_and_the_others_are_told(sound: Path, capsys: Capture) -> None:
    path = sound / "specs" / "trips" / "openapi.yaml"
    path.unlink()
    path.mkdir()

    code, told = checked(capsys, "--only", "lint,generated")

    assert code == 2
    assert told["services"] == ["pricing", "trips"]
    assert told["sections"]["lint"]["troubles"] == ["trips: 'specs/trips/openapi.yaml' is not a regular file"]
