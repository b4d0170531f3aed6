"""What generation remembers makes it quicker, and never changes what is written."""

from __future__ import annotations

import dataclasses
import stat
from pathlib import Path

import orjson
import pytest

from apictl.workspace import pipeline
from apictl.workspace.building import Job
from apictl.workspace.generation import key_of
from apictl.workspace.manifest import Service
from apictl.workspace.memories import shelf_of

_CONTRACT = """openapi: 3.1.0
info: {{title: Pets, version: "1"}}
paths:
  /pets:
    get:
      operationId: listPets
      parameters: [{{name: limit, in: query, schema: {{type: integer, maximum: {most}}}}}]
      responses:
        "200": {{description: {said}, content: {{application/json: {{schema: {{$ref: "#/components/schemas/Pet"}}}}}}}}
  /other:
    get: {{operationId: getOther, responses: {{"204": {{description: Done.}}}}}}
components:
  schemas:
    Pet:
      type: object
      required: [kind]
      properties: {{kind: {{enum: [{kind}]}}, next: {{$ref: "#/components/schemas/Pet"}}}}
"""


def _job(root: Path, *, most: int = 9, said: str = "Pets.", kind: str = "cat", tool: str = "one") -> Job:
    path = root / "specs" / "openapi.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(_CONTRACT.format(most=most, said=said, kind=kind), encoding="utf-8")
    service = Service("pets", openapi="specs/openapi.yaml")
    return Job(str(root), service, tool=tool, memory=str(root / "memory"))


@pytest.mark.parametrize("change", [{"most": 8}, {"said": "All pets."}, {"kind": "dog"}])
def test_after_an_edit_everything_is_as_if_nothing_were_remembered(tmp_path: Path, change: dict[str, object]) -> None:
    pipeline.run(_job(tmp_path))
    edited = _job(tmp_path, **change)  # type: ignore[arg-type]  # each value has the type of its parameter

    remembered = pipeline.run(edited)
    anew = pipeline.run(dataclasses.replace(edited, memory=""))

    assert remembered == anew
    assert remembered.files


def test_what_was_made_is_recalled(tmp_path: Path) -> None:
    job = _job(tmp_path)
    assert shelf_of(job).memory.kept == {}
    pipeline.run(job)

    shelf = shelf_of(job)
    pipeline.run(job)

    known = _left(tmp_path)
    assert known
    assert all(shelf.memory.recall(key) is not None for key in known)
    assert not shelf.memory.is_changed


def test_what_is_not_asked_for_any_more_is_forgotten(tmp_path: Path) -> None:
    pipeline.run(_job(tmp_path))
    before = _left(tmp_path)

    pipeline.run(_job(tmp_path, kind="dog"))

    after = _left(tmp_path)
    assert len(after) == len(before)
    assert before.keys() & after.keys()
    assert before.keys() - after.keys()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'{"tool": "one"}',
        b'{"tool": "one", "sizes": {"a": 9}}\n1',
        b'{"tool": "one", "sizes": []}',
        b"\xff",
    ],
)
def test_a_damaged_memory_is_none(tmp_path: Path, content: bytes) -> None:
    job = _job(tmp_path)
    expected = pipeline.run(job)
    (tmp_path / "memory" / _only(tmp_path)).write_bytes(content)

    assert pipeline.run(job) == expected


def test_a_damaged_value_is_made_anew_and_is_then_there(tmp_path: Path) -> None:
    job = _job(tmp_path)
    expected = pipeline.run(job)
    path = tmp_path / "memory" / _only(tmp_path)
    sound = path.read_bytes()
    head, _, values = sound.partition(b"\n")
    path.write_bytes(head + b"\n" + b"\xff" * len(values))

    assert pipeline.run(job) == expected
    assert path.read_bytes() == sound


def test_another_version_of_the_code_remembers_nothing(tmp_path: Path) -> None:
    pipeline.run(_job(tmp_path))

    shelf = shelf_of(_job(tmp_path, tool="two"))

    known = _left(tmp_path)
    assert [shelf.memory.recall(key) for key in known] == [None] * len(known)


def test_a_memory_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "memory").write_text("a file", encoding="utf-8")

    assert pipeline.run(_job(tmp_path)).files


def test_nobody_else_may_read_it_and_it_decides_about_no_file(tmp_path: Path) -> None:
    job = _job(tmp_path)

    pipeline.run(job)

    assert stat.S_IMODE((tmp_path / "memory").stat().st_mode) == 0o700
    assert key_of(job) == key_of(dataclasses.replace(job, memory=""))


def _left(root: Path) -> dict[str, int]:
    """Return the keys of what is remembered."""
    head, _, _ = (root / "memory" / _only(root)).read_bytes().partition(b"\n")
    keys: dict[str, int] = orjson.loads(head)["sizes"]
    return keys


def _only(root: Path) -> str:
    (path,) = (root / "memory").iterdir()
    return path.name
