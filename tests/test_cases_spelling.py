"""What is said about a case doesn't depend on how its documents are written, and every finding is complete."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from apictl.cli.main import main
from apictl.findings import is_refused
from apictl.readers.read import read
from apictl.rules.explained import all_pages
from apictl.rules.lint import texts
from apictl.source.library import DocumentMissing, Library
from apictl.source.parsing import parse
from apictl.source.tree import PointerMissing, split_pointer, walk
from tests.cases_reading import ROOTS, all_cases, prepared, read_case

_ROOTS: Final = (*ROOTS, "asyncapi.yaml")
_SPELLINGS: Final[dict[str, Callable[[Any], str]]] = {
    "json": json.dumps,
    "block": lambda tree: yaml.safe_dump(tree, sort_keys=False, allow_unicode=True),
    "flow": lambda tree: yaml.safe_dump(tree, sort_keys=False, default_flow_style=True),
}


def _root(name: str) -> str | None:
    """Return the document that the case *name* is about; None when that is no text of its folder, or no document."""
    case = read_case(name)
    root = next((path for path in _ROOTS if (case.folder / path).is_file()), None)
    if root is None or case.make:
        return None
    document, findings = parse(root, (case.folder / root).read_bytes())
    return None if document is None or is_refused(findings) else root


_SPELLABLE: Final = [name for name in all_cases() if _root(name) is not None]


@pytest.mark.parametrize("name", _SPELLABLE)
def test_json_and_yaml_of_either_style_are_told_the_same(name: str) -> None:
    root = _root(name)
    assert root is not None
    folder = read_case(name).folder

    told = {spelling: _told(folder, root, spelling) for spelling in ("", *_SPELLINGS)}

    for spelling in _SPELLINGS:
        assert told[spelling] == told[""], spelling


def _told(folder: Path, root: str, spelling: str) -> list[tuple[str, str, str]]:
    def fetch(path: str) -> bytes:
        if not (folder / path).is_file():
            raise DocumentMissing(path)
        raw = (folder / path).read_bytes()
        document, findings = parse(path, raw)
        if not spelling or document is None or is_refused(findings):
            return raw
        return _SPELLINGS[spelling](document.tree).encode()

    findings = read(Library(fetch), root, service="a").findings
    return sorted((each.rule, each.place.path, each.place.pointer) for each in findings if each.rule not in texts.PAGES)


@pytest.mark.parametrize("name", [name for name in all_cases() if read_case(name).exit == 1])
def test_each_finding_has_file_line_column_pointer_and_page(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = prepared(read_case(name), tmp_path)
    monkeypatch.chdir(workspace)
    operands = [path for path in ("asyncapi.yaml", "rides.yaml") if (workspace / path).is_file()]

    main(["lint", "--rules", "minimal", "--format", "json", *operands])

    for finding in json.loads(capsys.readouterr().out)["findings"]:
        place = finding["place"]
        text = (workspace / place["path"]).read_bytes()
        assert 1 <= place["line"] <= text.count(b"\n") + text.count(b"\r") + 1
        assert place["column"] >= 1
        assert len(finding["message"]) <= 200
        assert finding["rule"] in all_pages()
        assert _is_pointer(place["path"], text, place["pointer"])


def _is_pointer(path: str, text: bytes, pointer: str) -> bool:
    """Whether *pointer* leads to a node, or to what a node lacks; any does in a text that is no document."""
    document, _ = parse(path, text)
    tokens = split_pointer(pointer)
    try:
        walk({} if document is None else document.tree, tokens)
    except PointerMissing as missing:
        return document is None or missing.found == tokens[:-1]
    return True
