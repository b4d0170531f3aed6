"""A workspace under git with two services, one of which calls the other, and what `apictl check` says of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from apictl.cli.main import main
from tests.cli.workspaces import write_contract
from tests.workspace.repositories import ENVIRONMENT, commit_all

PRICING = """openapi: 3.1.0
info: {title: Pricing, version: 1.2.3}
paths:
  /quotes:
    post:
      operationId: createQuote
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '../common/values.yaml#/Order'}}}
      responses: {"204": {description: done}}
"""
VALUES = "Order: {type: object, required: [kind], properties: {kind: {enum: [standard, gift]}}}\n"
TRIPS = """openapi: 3.1.0
info: {title: Trips, version: 1.0.0}
paths:
  /trips:
    get: {operationId: listTrips, responses: {"204": {description: done}}}
"""
MANIFEST = """lint: {rules: [minimal]}
services:
  pricing: {owner: team-a}
  trips: {owner: team-b, consumes: {pricing: [createQuote]}}
"""


def make(folder: Path) -> None:
    """Put a workspace of two services into *folder*, nothing of it committed or generated."""
    write_contract(folder, PRICING, service="pricing")
    write_contract(folder, TRIPS, service="trips")
    (folder / "specs" / "common").mkdir()
    write_values(folder, VALUES)
    (folder / "apictl.yaml").write_text(MANIFEST, encoding="utf-8")


def enter(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Go to *folder*, with the surroundings of a test."""
    monkeypatch.chdir(folder)
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {**ENVIRONMENT, "NO_COLOR": "1", "COLUMNS": "120"}.items():
        monkeypatch.setenv(name, value)


def write_values(folder: Path, text: str) -> None:
    """Write *text* as the document that `PRICING` refers to."""
    (folder / "specs" / "common" / "values.yaml").write_text(text, encoding="utf-8")


def break_pricing(folder: Path) -> None:
    """Let `PRICING` refuse what it accepted."""
    write_values(folder, VALUES.replace("[standard, gift]", "[standard]"))


def commit(folder: Path) -> None:
    """Commit all."""
    commit_all(folder)


def checked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    """Return the exit code of `apictl check` with *arguments*, and what it tells as JSON, sections by name."""
    code = main(["check", "--format", "json", *arguments])
    captured = capsys.readouterr()
    assert captured.out, captured.err
    told = json.loads(captured.out)
    return code, told | {"sections": {section["name"]: section for section in told["sections"]}}


def rules(told: dict[str, Any], section: str) -> list[str]:
    """Return the rules of the findings of *section*."""
    return [finding["rule"] for finding in told["sections"][section]["findings"]]
