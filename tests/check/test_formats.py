"""How `apictl check` tells what it found: to people, to merge requests, to other programs."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema  # type: ignore[import-untyped]
import markdown_it
import pytest

from apictl.cli.main import main
from tests.check.fleets import TRIPS, break_pricing, commit
from tests.cli.workspaces import write_contract

Capture = pytest.CaptureFixture[str]
PARTS = ("--skip", "tests")
SARIF = Path(__file__).parents[1] / "report" / "sarif"


@pytest.fixture
def broken(sound: Path) -> Path:
    """Return a workspace with a breaking change, code that is not current, and a flaw in a document."""
    break_pricing(sound)
    write_contract(sound, TRIPS.replace("operationId", "operationID"), service="trips")
    return sound


def _told(capsys: Capture, name: str) -> str:
    assert main(["check", "--format", name, *PARTS]) == 1
    return capsys.readouterr().out


@pytest.mark.usefixtures("broken")
def test_sarif_keeps_to_its_schema_and_explains_each_rule(capsys: Capture) -> None:
    log = json.loads(_told(capsys, "sarif"))

    schema = json.loads(next(SARIF.glob("*.json")).read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(schema).validate(log)
    rules = {rule["id"]: rule for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    assert set(rules) == {"field-unknown", "generated-code-outdated", "enum-value-removed"}
    assert all(rule["shortDescription"]["text"] for rule in rules.values())


@pytest.mark.usefixtures("broken")
def test_github_annotates_who_is_hit_first(capsys: Capture) -> None:
    lines = _told(capsys, "github").splitlines()

    assert len(lines) == 3
    assert lines[0].startswith("::error file=specs/common/values.yaml,line=1,")
    assert "hits trips (team-b)" in lines[0]


@pytest.mark.usefixtures("broken")
def test_gitlab_has_an_issue_for_each_finding(capsys: Capture) -> None:
    issues = json.loads(_told(capsys, "gitlab"))

    assert sorted(issue["check_name"] for issue in issues) == [
        "enum-value-removed",
        "field-unknown",
        "generated-code-outdated",
    ]


@pytest.mark.usefixtures("broken")
def test_junit_has_a_suite_for_each_part_and_a_case_for_each_service(capsys: Capture) -> None:
    root = ET.fromstring(_told(capsys, "junit"))  # noqa: S314 - our own

    suites = {suite.get("name"): suite for suite in root}
    assert list(suites) == ["lint", "generated", "breaking", "traffic"]
    failed = [case.get("name") for case in suites["lint"] if case.find("failure") is not None]
    assert [case.get("name") for case in suites["lint"]] == ["pricing", "trips"]
    assert failed == ["trips"]


@pytest.mark.usefixtures("broken")
def test_markdown_begins_with_a_table_of_the_parts_and_names_who_is_hit(capsys: Capture) -> None:
    text = _told(capsys, "markdown")

    page = markdown_it.MarkdownIt("commonmark").enable("table").render(text)
    assert page.count("<tr>") == 5
    assert "<strong><code>pricing</code> breaks <code>trips</code></strong>" in page
    assert page.startswith("<h2>")


def test_several_reports_are_left_besides_the_text(broken: Path, capsys: Capture) -> None:
    main(["check", *PARTS, "--report", "sarif=a.sarif", "--report", "markdown=a.md"])

    assert "FAIL  breaking" in capsys.readouterr().out
    assert json.loads((broken / "a.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert (broken / "a.md").read_text(encoding="utf-8").startswith("## ")


def test_paths_are_those_of_the_repository(sound: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = sound / "inner"
    write_contract(inner, TRIPS, service="a")
    (inner / "apictl.yaml").write_text("services: {}\n", encoding="utf-8")
    commit(sound)
    write_contract(inner, TRIPS.replace("operationId", "operationID"), service="a")
    monkeypatch.chdir(inner)

    main(["check", "--format", "github", "--only", "lint"])

    assert "file=inner/specs/a/openapi.yaml" in capsys.readouterr().out
