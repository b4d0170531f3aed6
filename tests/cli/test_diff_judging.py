"""Who is hit by a change, who agreed to it, and how much it weighs."""

from __future__ import annotations

from pathlib import Path

import pytest

from apictl.cli.main import OK, REFUSED, UNABLE, main
from tests.cli.quotes import BROKEN, CONTRACT, FARE, HARMLESS, LATER, MANIFEST, entered, findings, only_id, told
from tests.cli.workspaces import write_contract
from tests.workspace.repositories import commit_all


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return entered(tmp_path, monkeypatch)


# Consumers


def test_whoever_calls_what_changed_is_named(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root, CONTRACT, service="trips")
    (root / "apictl.yaml").write_text(MANIFEST)
    write_contract(root, BROKEN)

    code, output = told(capsys, "--fail-on", "used")

    assert code == REFUSED
    assert "  hits trips (team-b)\n" in output


def test_whoever_calls_something_else_is_not(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root, CONTRACT, service="trips")
    (root / "apictl.yaml").write_text(MANIFEST.replace("createQuote", "getQuote"))
    write_contract(root, BROKEN)

    code, output = told(capsys, "--fail-on", "used")

    assert code == OK
    assert "hits" not in output


@pytest.mark.parametrize("fields,is_hit", [("[fare]", True), ("[note]", False), ("[fare.amount]", True), ("[]", False)])
def test_whoever_reads_other_fields_is_not_hit(
    root: Path,
    capsys: pytest.CaptureFixture[str],
    fields: str,
    is_hit: bool,  # noqa: FBT001 - a parameter
) -> None:
    write_contract(root, CONTRACT, service="trips")
    (root / "apictl.yaml").write_text(MANIFEST.replace("[createQuote]", f"{{createQuote: {{fields: {fields}}}}}"))
    write_contract(root, CONTRACT.replace(FARE, "fare: {type: [integer, 'null']}"))

    (finding,) = findings(capsys)

    assert finding["consumers"] == ([{"service": "trips", "owner": "team-b"}] if is_hit else [])


def test_fields_of_answers_say_nothing_about_requests(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root, CONTRACT, service="trips")
    (root / "apictl.yaml").write_text(MANIFEST.replace("[createQuote]", "{createQuote: {fields: [note]}}"))
    write_contract(root, BROKEN)

    assert [each["service"] for each in findings(capsys)[0]["consumers"]] == ["trips"]


def test_consumer_knows_an_operation_by_its_old_id(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root, CONTRACT, service="trips")
    (root / "apictl.yaml").write_text(MANIFEST)
    write_contract(root, BROKEN.replace("createQuote", "makeQuote"))

    found = {each["rule"]: each for each in findings(capsys)}

    assert [each["service"] for each in found["enum-value-removed"]["consumers"]] == ["trips"]


def test_removed_service_hits_all_its_consumers(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root, CONTRACT, service="b")
    write_contract(root, CONTRACT, service="trips")
    commit_all(root)
    (root / "specs/a/openapi.yaml").unlink()

    assert told(capsys, "--fail-on", "used")[0] == OK  # nobody is known to consume it


# Agreements


def test_change_that_is_agreed_to_does_not_fail(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "apictl.yaml").write_text(MANIFEST.splitlines()[0] + "\n  a: {owner: team-a}\n")
    write_contract(root, BROKEN)
    change = only_id(capsys)

    code, output = told(capsys, "--accept", change[:8], "--reason", "nobody sends it", "--expires", LATER)

    assert (code, output) == (OK, f"{change[:8]} is agreed to until {LATER}, see apictl-accepted.yaml\n")
    assert told(capsys) == (OK, "a: no breaking change, 1 agreed to since main\n")
    assert f"agreed to by team-a until {LATER}: nobody sends it (apictl-accepted.yaml:4:5)" in told(capsys, "-v")[1]
    (finding,) = findings(capsys, "-v")
    assert (finding["severity"], finding["breaking"], finding["accepted"]["owner"]) == ("info", True, "team-a")
    again = told(capsys, "--accept", change[:8], "--reason", "x", "--expires", LATER)
    assert again == (OK, f"{change[:8]} is agreed to already\n")


def test_agreement_holds_wherever_the_change_moves_in_the_text(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root, BROKEN)
    main(["diff", "--accept", only_id(capsys), "--reason", "x", "--expires", LATER, "--owner", "me"])
    capsys.readouterr()

    write_contract(root, "# a remark\n\n" + BROKEN.replace("title: T", "title: Another"))

    assert told(capsys)[0] == OK


def test_agreement_to_one_change_is_none_to_another(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root, BROKEN)
    main(["diff", "--accept", only_id(capsys), "--reason", "x", "--expires", LATER, "--owner", "me"])
    capsys.readouterr()
    write_contract(root, CONTRACT.replace("[standard, gift]", "[gift]"))

    code, output = told(capsys)

    assert code == REFUSED
    assert "apictl-accepted.yaml:4:5: warning: " in output
    assert "[acceptance-stale]" in output


def test_agreement_ends_with_its_date(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root, BROKEN)
    main(["diff", "--accept", only_id(capsys), "--reason", "x", "--expires", LATER, "--owner", "me"])
    capsys.readouterr()
    accepted = root / "apictl-accepted.yaml"
    accepted.write_text(accepted.read_text().replace(LATER, "2020-01-31"))

    code, output = told(capsys)

    assert code == REFUSED
    assert "apictl-accepted.yaml:4:5: warning: nobody agrees to 'enum-value-removed' of 'a' since 2020-01-31" in output
    assert '  4 |   - service: "a"\n' in output


def test_agreement_about_a_service_that_is_gone_is_stale(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root, BROKEN)
    main(["diff", "--accept", only_id(capsys), "--reason", "x", "--expires", LATER, "--owner", "me"])
    capsys.readouterr()
    accepted = root / "apictl-accepted.yaml"
    accepted.write_text(accepted.read_text().replace('service: "a"', 'service: "gone"'))

    code, output = told(capsys)

    assert code == REFUSED
    assert "warning: there is no service 'gone' [acceptance-stale]" in output


def test_nobody_answers_for_a_service_without_owner(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root, BROKEN)

    code = main(["diff", "--accept", only_id(capsys), "--reason", "x", "--expires", LATER])

    assert code == UNABLE
    assert "service 'a' has no owner in apictl.yaml\n  hint: say --owner" in capsys.readouterr().err
    assert not (root / "apictl-accepted.yaml").exists()


def test_harmless_change_needs_no_agreement(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root, HARMLESS)
    (finding,) = findings(capsys, "-v")

    assert main(["diff", "--accept", finding["id"], "--reason", "x", "--expires", LATER]) == UNABLE
    assert "breaks nobody" in capsys.readouterr().err


def test_faulty_file_of_agreements_is_two_with_its_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "apictl-accepted.yaml").write_text("accepted:\n  - what: x\n")

    assert main(["diff"]) == UNABLE
    assert capsys.readouterr().err.startswith("error: apictl-accepted.yaml:2:")


# Judging


@pytest.mark.parametrize(
    "judging,weight,code",
    [
        ("{severities: [{rule: enum-*, severity: warning}]}", "warning", OK),
        ("{severities: [{path: /quotes, severity: info}]}", None, OK),
        ("{severities: [{rule: enum-*, severity: 'off'}]}", None, OK),
        ("{severities: [{service: b, severity: info}]}", "error", REFUSED),
        ("{severities: [{service: a, severity: info}, {rule: enum-value-removed, severity: error}]}", "error", REFUSED),
    ],
)
def test_manifest_decides_how_much_a_change_weighs(
    root: Path, capsys: pytest.CaptureFixture[str], judging: str, weight: str | None, code: int
) -> None:
    (root / "apictl.yaml").write_text(f"diff: {judging}\n")
    write_contract(root, BROKEN)

    assert [each["severity"] for each in findings(capsys)] == ([weight] if weight else [])
    assert told(capsys)[0] == code


def test_open_enums_are_a_dial(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = CONTRACT.replace(FARE, "fare: {enum: [low]}")
    write_contract(root, answers)
    commit_all(root)
    write_contract(root, answers.replace("[low]", "[low, high]"))

    assert [each["rule"] for each in findings(capsys)] == ["enum-value-added"]
    (root / "apictl.yaml").write_text("diff: {open-enums: true}\n")
    assert told(capsys)[0] == OK
