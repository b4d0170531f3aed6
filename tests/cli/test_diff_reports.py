"""`apictl diff --format … --report FORMAT=FILE`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from apictl.cli.main import OK, REFUSED, UNABLE, main
from apictl.report.diff.formats import FORMATS
from tests.cli.quotes import BROKEN, CONTRACT, entered, told
from tests.cli.workspaces import write_contract
from tests.workspace.repositories import commit_all


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return entered(tmp_path, monkeypatch)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_tells_the_change_and_has_the_same_exit_code(
    root: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    write_contract(root, BROKEN)

    code, output = told(capsys, "--format", name)

    assert code == REFUSED
    assert "enum-value-removed" in output
    assert told(capsys, "--format", name, "--fail-on", "never")[0] == OK


def test_reports_are_written_besides_the_text(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root, BROKEN)
    plain = told(capsys)[1]
    (root / "out").mkdir()

    code, output = told(capsys, *(f"--report={name}=out/{name}" for name in FORMATS))

    assert (code, output) == (REFUSED, plain)
    assert {path.name for path in (root / "out").iterdir()} == FORMATS.keys()
    assert (root / "out/text").read_text() == plain
    for name in FORMATS:
        assert (root / "out" / name).read_text() == told(capsys, "--format", name)[1]


def test_reports_of_no_change_are_written_too(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "--report", "sarif=a.sarif", "--report", "gitlab=a.json")[0] == OK

    assert json.loads((root / "a.sarif").read_text())["runs"][0]["results"] == []
    assert json.loads((root / "a.json").read_text()) == []


@pytest.mark.parametrize(
    "arguments,message",
    [
        (["--report", "sarif"], "'sarif' is no FORMAT=FILE"),
        (["--report", "sarif="], "'sarif=' is no FORMAT=FILE"),
        (["--report", "xml=a.xml"], "there is no format 'xml'"),
        (["--report", "sarif=no/a.sarif"], "no/a.sarif can't be written, there is no folder no"),
        (["--report", "sarif=specs"], "specs can't be written, it is no file"),
        (["--report", "sarif=a", "--report", "json=./a"], "two reports can't be written to a"),
        (
            ["--report", "sarif=a", "--accept", "abcd", "--reason", "x", "--expires", "2099-01-01"],
            "--report has nothing to write",
        ),
    ],
)
def test_wrong_use_is_two_before_anything_is_compared(
    root: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    write_contract(root, "openapi: [")

    assert main(["diff", *arguments]) == UNABLE

    captured = capsys.readouterr()
    assert message in captured.err
    assert captured.out == ""
    assert not (root / "a").exists()


def test_places_are_told_from_the_root_of_the_repository(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = root / "services/one"
    write_contract(inner, CONTRACT)
    commit_all(root)
    write_contract(inner, BROKEN)
    monkeypatch.chdir(inner)

    output = told(capsys, "--format", "github")[1]
    result = json.loads(told(capsys, "--format", "sarif")[1])["runs"][0]["results"][0]

    assert output.startswith("::error file=services/one/specs/a/openapi.yaml,line=15,")
    place = result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "services/one/specs/a/openapi.yaml", "uriBaseId": "main"}


def test_query_parameter_is_shown_as_the_request_that_it_belongs_to(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parameter = "parameters: [{name: page size, in: query, schema: {type: integer, minimum: 1, maximum: 9}}]"
    contract = CONTRACT.replace("operationId: createQuote", f"operationId: createQuote\n      {parameter}")
    write_contract(root, contract)
    commit_all(root)
    write_contract(root, contract.replace("maximum: 9", "maximum: 5"))

    lines = told(capsys)[1].splitlines()

    (at,) = [number for number, line in enumerate(lines) if "accepted before, refused now: " in line]
    assert lines[at].endswith("refused now: POST /quotes?page%20size=6")
    assert lines[at + 1] == " " * (len(lines[at]) - 1) + "^"


def test_help_names_every_format(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")

    assert main(["diff", "--help"]) == OK

    output = capsys.readouterr().out
    assert [name for name in FORMATS if name not in output] == []
    assert "--report sarif=api.sarif" in output
