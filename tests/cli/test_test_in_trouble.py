"""`apictl test` of a service that answers nonsense: findings, and no crash."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from apictl.cli.main import main

CONTRACT: Final = """\
openapi: 3.1.0
info: {title: Greetings, version: '1'}
paths:
  /greeting:
    get:
      operationId: greet
      responses:
        '200':
          description: A greeting.
          content:
            application/json:
              schema: {type: object, required: [text], properties: {text: {type: string}}}
"""
APPLICATION: Final = """\
async def app(scope, receive, send):
    if scope["type"] == "http":
        headers = [(b"content-type", CONTENT_TYPE)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": BODY})
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace whose one service has its contract tests."""
    folder = tmp_path_factory.mktemp("workspace")
    (folder / "specs" / "greetings").mkdir(parents=True)
    (folder / "specs" / "greetings" / "openapi.yaml").write_text(CONTRACT)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert main(["generate"]) == 0
    return folder


@pytest.mark.parametrize(
    "kind, body",
    [
        ("application/json; charset=utf-8", 'b\'{"text": "caf\\xe9"}\''),
        ("application/json; charset=klingon", "b'{\"text\": '"),
        ("application/json", "b'[' * 3_000_000"),
    ],
    ids=["another charset", "unknown charset and cut", "huge and nested"],
)
def test_answer_that_is_nonsense_breaks_the_contract(  # L05
    kind: str, body: str, workspace: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(workspace)
    (workspace / "odd.py").write_text(f"CONTENT_TYPE = {kind.encode()!r}\nBODY = {body}\n{APPLICATION}")

    code = main(["test", "greetings", "--app", "odd:app", "-k", "greet"])

    told = capfd.readouterr()
    assert code == 1, told
    assert "specs/greetings/openapi.yaml:5: greet" in told.out
    assert "greetings: breaks its contract" in told.out
    assert "Traceback" not in told.out + told.err
    assert max(map(len, told.out.splitlines())) < 10_000
