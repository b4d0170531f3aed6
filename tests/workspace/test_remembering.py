"""A contract so large that its modules are kept in parts, edited at random: what is remembered changes no byte."""

from __future__ import annotations

import copy
import dataclasses
import json
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from apictl.workspace import pipeline
from apictl.workspace.building import Built, Job
from apictl.workspace.manifest import Service

Document = dict[str, Any]

MANY = 156
"""Operations: with 150 and fewer, modules are whole."""
ROUNDS = 5


def test_after_random_edits_everything_is_as_if_nothing_were_remembered(tmp_path: Path) -> None:
    chance = random.Random(int(os.environ.get("APICTL_SEED", "1")))
    document = large()
    before = built(document, tmp_path, names="")
    assert any("/_operations/" in file.path.as_posix() for file in before.files)

    for round_ in range(ROUNDS):
        document = edited(document, chance)
        remembered = built(document, tmp_path, names=before.names)
        anew = built(document, tmp_path, names=before.names, memory="")

        assert anew.files
        assert remembered.files != before.files, round_
        assert remembered == anew, round_
        before = anew


def test_an_operation_that_changes_makes_few_things_anew(tmp_path: Path) -> None:
    document = large()
    built(document, tmp_path, names="")
    (path,) = (tmp_path / "memory").iterdir()
    before = _remembered(path)

    document["paths"]["/things/7"]["get"]["description"] = "Another text."
    built(document, tmp_path, names="")

    # The operation and the client of its group; the server, its sample, and the tests of all operations.
    assert len(_remembered(path) - before) <= 8


def _remembered(path: Path) -> set[str]:
    return set(json.loads(path.read_bytes().partition(b"\n")[0])["sizes"])


def built(document: Document, root: Path, *, names: str, memory: str = "memory") -> Built:
    """Return what becomes of *document*."""
    path = root / "openapi.json"
    path.write_text(json.dumps(document))
    service = Service("things", openapi=path.name)
    job = Job(str(root), service, tool="one", names=names)
    return pipeline.run(dataclasses.replace(job, memory=str(root / memory)) if memory else job)


def large() -> Document:
    """Return a document with many operations and a few schemas that refer to each other."""
    schemas: Document = {
        f"Kind{number}": {
            "type": "object",
            "required": ["id"],
            "properties": {
                "id": {"type": "string"},
                "next": {"$ref": f"#/components/schemas/Kind{(number + 1) % 6}"},
                "state": {"enum": ["open", "closed"], "type": "string"},
            },
        }
        for number in range(6)
    }
    paths = {f"/things/{number}": {"get": _operation(number)} for number in range(MANY)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
    }


def _operation(number: int) -> Document:
    problem = {"description": "Nothing is there.", "content": {"text/plain": {"schema": {"type": "string"}}}}
    return {
        "operationId": f"getThing{number}",
        "tags": [f"group {number % 5}"],
        "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1}}],
        "responses": {"200": _answer({"$ref": f"#/components/schemas/Kind{number % 6}"}), "404": problem},
    }


def _answer(schema: Document) -> Document:
    return {"description": "Done.", "content": {"application/json": {"schema": schema}}}


def edited(document: Document, chance: random.Random) -> Document:
    """Return *document* after up to three edits."""
    new = copy.deepcopy(document)
    for edit in chance.sample(EDITS, chance.randint(1, 3)):
        edit(new, chance)
    return new


def _word(chance: random.Random) -> str:
    return "".join(chance.choices("abcdefghij", k=9))


def _some(document: Document, chance: random.Random) -> Document:
    operation: Document = chance.choice(list(document["paths"].values()))["get"]
    return operation


def _kind(document: Document, chance: random.Random) -> Document:
    schema: Document = chance.choice(list(document["components"]["schemas"].values()))
    return schema


def _describe(document: Document, chance: random.Random) -> None:
    _some(document, chance)["description"] = f"About {_word(chance)}."


def _refuse_otherwise(document: Document, chance: random.Random) -> None:
    _some(document, chance)["responses"]["404"]["description"] = f"There is no {_word(chance)}."


def _answer_inline(document: Document, chance: random.Random) -> None:
    inner = {"type": "object", "properties": {_word(chance): {"type": "array", "items": {"type": "integer"}}}}
    _some(document, chance)["responses"]["200"] = _answer({"type": "object", "properties": {"inner": inner}})


def _add_header(document: Document, chance: random.Random) -> None:
    header = {"required": True, "schema": {"type": "string"}}
    _some(document, chance)["responses"]["200"]["headers"] = {f"X-{_word(chance)}": header}


def _ask_for_credentials(document: Document, chance: random.Random) -> None:
    _some(document, chance)["security"] = [{"key": []}]


def _add_property(document: Document, chance: random.Random) -> None:
    _kind(document, chance)["properties"][_word(chance)] = {"type": "string", "format": "date"}


def _other_values(document: Document, chance: random.Random) -> None:
    _kind(document, chance)["properties"]["state"]["enum"].append(_word(chance))


def _other_default(document: Document, chance: random.Random) -> None:
    _some(document, chance)["parameters"][0]["schema"]["default"] = chance.randint(1, 99)


def _another_operation(document: Document, chance: random.Random) -> None:
    document["paths"][f"/{_word(chance)}"] = {"get": _operation(chance.randint(0, 99)) | {"operationId": _word(chance)}}


def _other_order(document: Document, chance: random.Random) -> None:
    paths = list(document["paths"].items())
    chance.shuffle(paths)
    document["paths"] = dict(paths)


def _no_such_operation(document: Document, chance: random.Random) -> None:
    del document["paths"][chance.choice(list(document["paths"]))]


def _other_group(document: Document, chance: random.Random) -> None:
    _some(document, chance)["tags"] = [_word(chance)]


def _group_with_words(document: Document, chance: random.Random) -> None:
    document["tags"] = [{"name": "group 1", "description": f"All of {_word(chance)}."}]


def _other_title(document: Document, chance: random.Random) -> None:
    document["info"]["title"] = f"Things of {_word(chance)}"


EDITS: list[Callable[[Document, random.Random], None]] = [
    _describe,
    _refuse_otherwise,
    _answer_inline,
    _add_header,
    _ask_for_credentials,
    _add_property,
    _other_values,
    _other_default,
    _another_operation,
    _other_order,
    _no_such_operation,
    _other_group,
    _group_with_words,
    _other_title,
]
