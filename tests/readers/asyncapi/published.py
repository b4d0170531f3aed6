"""Writes the meta-schemas that ship with apictl from the npm package `@asyncapi/specs`.

    npm pack @asyncapi/specs@6.11.1 && tar xzf asyncapi-specs-6.11.1.tgz
    PYTHONPATH=generator .venv/bin/python -m tests.readers.asyncapi.published package

What only tells is left out: a third of the size remains.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

import apictl.readers.asyncapi

VERSIONS: Final = ("2.0.0", "2.1.0", "2.2.0", "2.3.0", "2.4.0", "2.5.0", "2.6.0", "3.0.0", "3.1.0")
PUBLISHED: Final = Path(apictl.readers.asyncapi.__path__[0]) / "published"
_TELLING: Final = frozenset({"$comment", "description", "example", "examples", "title"})
_NAMED: Final = frozenset({"definitions", "patternProperties", "properties"})


def judging(schema: Any) -> Any:
    """Return *schema* without the keywords that judge nothing."""
    if isinstance(schema, list):
        return [judging(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        keyword: {name: judging(item) for name, item in value.items()} if keyword in _NAMED else judging(value)
        for keyword, value in schema.items()
        if keyword not in _TELLING
    }


def written(schema: dict[str, Any]) -> str:
    """Return *schema* as JSON with one definition a line."""
    lines = [f"{_json(name)}: {_json(item)}" for name, item in schema["definitions"].items()]
    rest = [f"{_json(keyword)}: {_json(value)}" for keyword, value in schema.items() if keyword != "definitions"]
    definitions = '"definitions": {\n' + ",\n".join(lines) + "\n}"
    return "{\n" + ",\n".join([*rest, definitions]) + "\n}\n"


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def main(package: Path) -> None:
    """Write the files of all versions, with the licence."""
    for version in VERSIONS:
        schema = json.loads((package / "schemas" / f"{version}-without-$id.json").read_text("utf-8"))
        (PUBLISHED / f"{version}.json").write_text(written(judging(schema)), "utf-8")
    (PUBLISHED / "LICENSE").write_text((package / "LICENSE").read_text("utf-8"), "utf-8")
    notice = (package / "NOTICE").read_text("utf-8").strip()
    change = "Modified: titles, descriptions, examples and comments are left out, and each definition is one line."
    source = "The JSON Schemas in this folder are those of the npm package @asyncapi/specs 6.11.1 (*-without-$id.json)."
    (PUBLISHED / "NOTICE").write_text(f"{notice}\n\n{source}\n{change}\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
