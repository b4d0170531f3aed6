"""Changes that break nobody and hurt often: they are shown, fail a run on request, and may be agreed to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from apictl.cli.main import OK, REFUSED, main

OLD = """openapi: 3.1.0
info: {title: Trips, version: 1.0.0}
paths:
  /trips:
    get:
      operationId: listTrips
      responses:
        '200': {description: Trips.}
"""
NEW = OLD.replace("listTrips", "findTrips")


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    (tmp_path / "old.yaml").write_text(OLD)
    (tmp_path / "new.yaml").write_text(NEW)
    return tmp_path


def test_warning_is_shown_with_its_reason_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "old.yaml", "new.yaml"]) == OK

    shown = capsys.readouterr().out
    assert shown.startswith(
        "new.yaml:6:20: warning: GET /trips has the id 'findTrips', it was 'listTrips' [operation-id-changed]\n"
    )
    assert "  hurts often: code that is generated from the contract is named after it\n" in shown
    assert "no breaking change, 1 warning since old.yaml" in shown


@pytest.mark.parametrize("fail_on, code", [("breaking", OK), ("warning", REFUSED), ("any", REFUSED), ("never", OK)])
def test_warning_fails_the_run_that_asks_for_it(fail_on: str, code: int) -> None:
    assert main(["diff", "old.yaml", "new.yaml", "--fail-on", fail_on]) == code


def test_documentation_is_told_only_on_request_and_asks_for_a_patch(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "new.yaml").write_text(OLD.replace("description: Trips.", "description: All trips."))

    assert main(["diff", "old.yaml", "new.yaml", "--fail-on", "warning"]) == OK
    assert "documentation-changed" not in capsys.readouterr().out
    main(["diff", "old.yaml", "new.yaml", "--changelog"])

    told = capsys.readouterr().out
    assert "patch: description of response 200 of GET /trips changed [documentation-changed]" in told
    assert "these changes ask for a patch version, 1.0.1 or later" in told


def test_reason_is_told_to_programs(capsys: pytest.CaptureFixture[str]) -> None:
    main(["diff", "old.yaml", "new.yaml", "--format", "json"])

    [finding] = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["severity"], finding["breaking"], finding["bump"]) == ("warning", False, "patch")
    assert finding["risk"] == "code that is generated from the contract is named after it"


def test_warning_may_be_agreed_to(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "apictl.yaml").write_text("services: {trips: {openapi: new.yaml, owner: rides}}\n")
    main(["diff", "old.yaml", "new.yaml", "--format", "json"])
    [finding] = json.loads(capsys.readouterr().out)["findings"]
    wish = ["--reason", "no client is generated", "--expires", "2099-01-31"]

    assert main(["diff", "old.yaml", "new.yaml", "--accept", finding["id"][:8], *wish]) == OK
    capsys.readouterr()
    assert main(["diff", "old.yaml", "new.yaml", "--fail-on", "warning"]) == OK

    assert "no breaking change, 1 agreed to since old.yaml" in capsys.readouterr().out
