"""A workspace under git with one contract, changes of it, and what `apictl diff` says of them."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from apictl.cli.main import main
from tests.cli.workspaces import write_contract
from tests.workspace.repositories import ENVIRONMENT, commit_all

CONTRACT = """openapi: 3.1.0
info: {title: T, version: 1.2.3}
paths:
  /quotes:
    post:
      operationId: createQuote
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [kind]
              properties:
                kind: {enum: [standard, gift]}
      responses:
        "201":
          description: done
          content: {application/json: {schema: {$ref: '#/components/schemas/Quote'}}}
components:
  schemas:
    Quote: {type: object, required: [fare], properties: {fare: {type: integer}, note: {type: string}}}
"""
BROKEN = CONTRACT.replace("[standard, gift]", "[standard]")
HARMLESS = CONTRACT.replace("[standard, gift]", "[standard, gift, premium]")
FARE = "fare: {type: integer}"
MANIFEST = """services:
  a: {owner: team-a}
  trips: {owner: team-b, consumes: {a: [createQuote]}}
"""
LATER = (dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=30)).isoformat()


def entered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a new workspace in which `CONTRACT` is committed, and return it."""
    folder = tmp_path.resolve() / "workspace"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name, value in {**ENVIRONMENT, "NO_COLOR": "1", "COLUMNS": "120"}.items():
        monkeypatch.setenv(name, value)
    write_contract(folder, CONTRACT)
    commit_all(folder)
    return folder


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main(["diff", *arguments])
    return code, capsys.readouterr().out


def findings(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[Any]:
    _, output = told(capsys, "--format", "json", *arguments)
    found: list[Any] = json.loads(output)["findings"]
    return found


def only_id(capsys: pytest.CaptureFixture[str]) -> str:
    (finding,) = findings(capsys)
    return str(finding["id"])
