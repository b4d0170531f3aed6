"""What the rules say of documents, as a part of `apictl check`: the same as `apictl lint` says, service by service."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from apictl.cli.main import main
from tests.check.fleets import MANIFEST, PRICING, TRIPS, VALUES, checked, rules, write_values
from tests.cli.workspaces import write_contract

Capture = pytest.CaptureFixture[str]
LINT = ("--only", "lint")
RULE = '''"""Titles are long."""

from apictl.rules.custom import Flaw, lint_rule
'''


def _manifest(folder: Path, text: str) -> None:
    (folder / "apictl.yaml").write_text(MANIFEST.replace("lint: {rules: [minimal]}\n", text), encoding="utf-8")


@pytest.mark.parametrize(
    "sets",
    ["lint: {rules: [recommended]}\n", "lint: {rules: [strict]}\n", "lint: {severities: {info-undescribed: error}}\n"],
)
def test_findings_are_those_of_lint(folder: Path, capsys: Capture, sets: str) -> None:
    _manifest(folder, sets)
    lint_code = main(["lint", "--format", "json"])
    wanted = [
        (each["rule"], each["severity"], each["place"]) for each in json.loads(capsys.readouterr().out)["findings"]
    ]

    code, told = checked(capsys, *LINT, "--verbose")

    found = told["sections"]["lint"]["findings"]
    assert sorted((each["rule"], each["severity"], str(each["place"])) for each in found) == sorted(
        (rule, severity, str(place)) for rule, severity, place in wanted
    )
    assert code == lint_code
    assert wanted


def test_component_that_only_another_service_uses_is_not_unused(folder: Path, capsys: Capture) -> None:
    _manifest(folder, "lint: {rules: [component-unused]}\n")
    shared = PRICING + "components: {schemas: {Shared: {type: string}, Forgotten: {type: string}}}\n"
    write_contract(folder, shared, service="pricing")
    write_contract(
        folder,
        TRIPS.replace('"204": {description: done}', "$1").replace(
            "$1",
            "'200': {description: d, content: {application/json: "
            "{schema: {$ref: '../pricing/openapi.yaml#/components/schemas/Shared'}}}}",
        ),
        service="trips",
    )

    _, told = checked(capsys, *LINT)

    assert rules(told, "lint") == []


def test_ignore_that_one_of_two_services_needs_is_not_unused(folder: Path, capsys: Capture) -> None:
    _manifest(folder, "lint: {rules: [minimal]}\n")
    write_values(folder, VALUES.replace("Order: {", "Order: {x-apictl-ignore: [{rule: default-mismatch, reason: r}], "))

    _, told = checked(capsys, *LINT)

    assert rules(told, "lint") == ["ignore-unused"]


def test_findings_that_are_known_are_not_told(folder: Path, capsys: Capture) -> None:
    _manifest(folder, "lint: {rules: [recommended]}\n")
    main(["lint", "--baseline", "known.json", "--write-baseline"])
    capsys.readouterr()
    assert rules(checked(capsys, *LINT)[1], "lint")

    _, told = checked(capsys, *LINT, "--baseline", "known.json")

    assert rules(told, "lint") == []


def test_list_of_known_findings_that_is_not_there_is_two(folder: Path, capsys: Capture) -> None:
    assert not (folder / "known.json").exists()

    code, told = checked(capsys, *LINT, "--baseline", "known.json")

    assert code == 2
    assert "known.json does not exist" in told["sections"]["lint"]["troubles"][0]


def test_rules_of_the_workspace_run_only_where_they_are_trusted(folder: Path, capsys: Capture) -> None:
    _manifest(folder, "lint: {rules: [minimal], custom: [house.py]}\n")
    (folder / "house.py").write_text("raise SystemExit('I ran')\n", encoding="utf-8")

    assert main(["check", *LINT]) == 2

    assert "--trust-rules" in capsys.readouterr().err
