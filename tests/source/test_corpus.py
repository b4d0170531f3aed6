"""Real documents: all are read, and as other parsers read them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml12
from ruamel.yaml import YAML

from apictl.findings import Finding, Place, is_refused
from apictl.source.library import Library, Target
from apictl.source.parsing import parse
from apictl.source.tree import JsonValue

SMALL_BYTES = 200_000


def documents(corpus: Path) -> list[Path]:
    return [corpus / entry["file"] for entry in json.loads((corpus / "manifest.json").read_text(encoding="utf-8"))]


def normalised(node: object) -> object:
    """Return *node* with its keys as strings, and as yaml12 keeps them the integers of more than 64 bits."""
    match node:
        case dict():
            return {str(key): normalised(child) for key, child in node.items()}
        case list():
            return [normalised(child) for child in node]
        case int() if abs(node) >= 2**63:
            return float(node)
        case _:
            return node


def test_every_document_is_read(corpus: Path) -> None:
    refused = {}
    for path in documents(corpus):
        document, findings = parse(path.name, path.read_bytes())
        if document is None or is_refused(findings):
            refused[path.name] = findings

    assert len(documents(corpus)) == 82
    assert refused == {}


def test_yaml_and_json_are_read_as_fast_parsers_read_them(corpus: Path) -> None:
    different = []
    for path in documents(corpus):
        # yaml12 ends a block scalar with a line break even where the text ends without one.
        raw = path.read_bytes() + b"\n"
        document, _ = parse(path.name, raw)
        other = json.loads(raw) if path.suffix == ".json" else yaml12.parse_yaml(raw.decode("utf-8-sig"))
        if document is None or normalised(document.tree) != normalised(other):
            different.append(path.name)

    assert different == []


@pytest.mark.parametrize("name", ["oai-3.0-petstore.yaml", "oai-3.1-tictactoe.yaml", "oai-3.0-uspto.yaml"])
def test_small_yaml_is_read_and_located_as_ruamel_does(corpus: Path, name: str) -> None:
    raw = (corpus / "openapi" / name).read_bytes()
    document, _ = parse(name, raw)
    assert document is not None
    reader = YAML(typ="rt")
    other = reader.load(raw.decode())

    assert document.tree == normalised(YAML(typ="safe", pure=True).load(raw.decode()))
    for section in ("paths", "components"):
        for key in other[section]:
            line, column = other[section].lc.key(key)
            place = document.locate(Place(name, "").child(section, key).key())
            assert (place.line, place.column) == (line + 1, column + 1)


def test_every_reference_of_small_documents_leads_somewhere_or_is_told(corpus: Path) -> None:
    resolved, told = 0, set()
    for path in documents(corpus):
        if path.stat().st_size > SMALL_BYTES:
            continue
        library = Library(lambda name, folder=path.parent: (folder / name).read_bytes())  # type: ignore[misc]
        document = library.document(path.name)
        assert document is not None
        for place, reference in references(path.name, document.tree):
            if not isinstance(reference, str) or not reference.startswith("#"):
                continue
            match library.resolve(place, reference):
                case Target():
                    resolved += 1
                case Finding() as finding:
                    told.add((path.name, finding.message))

    assert resolved > 500
    assert told == set()


def references(path: str, tree: JsonValue) -> list[tuple[Place, JsonValue]]:
    """Return every `$ref` of *tree* with its place."""
    found, stack = [], [(Place(path), tree)]
    while stack:
        place, node = stack.pop()
        match node:
            case dict():
                if "$ref" in node:
                    found.append((place.child("$ref"), node["$ref"]))
                stack.extend((place.child(key), child) for key, child in node.items())
            case list():
                stack.extend((place.child(index), child) for index, child in enumerate(node))
            case _:
                continue
    return found
