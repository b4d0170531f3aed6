"""Bytes → document: JSON and YAML 1.2, told apart by content, and a finding for every flaw."""

from __future__ import annotations

import re

from apictl.findings import Finding, Severity
from apictl.source.collecting import without_collecting
from apictl.source.decoding import decode
from apictl.source.document import Document
from apictl.source.flaws import Flaw, findings_of
from apictl.source.indented import read_indented
from apictl.source.json_text import read_json
from apictl.source.limits import MAX_BYTES
from apictl.source.tree import JsonValue, kind_of
from apictl.source.yaml_composer import read_yaml

# What YAML 1.2.2, section 5.1, does not let a text hold, and libyaml reports without a place.
_NOT_IN_YAML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_ROOT = re.compile(r"[^ \t\r\n]")
# A line of a YAML document that holds nothing.
_BLANK_LINE = re.compile(r"[ \t]*(?:#.*|(?:---|\.\.\.)[ \t]*(?:#.*)?|%.*)?")
_JSON_SUFFIX = ".json"
_TEXT_SUFFIX = ".proto"
# What makes text read otherwise than it is written: embeddings, overrides, isolates (UAX 9; CVE-2021-42574).
_DIRECTION_OVERRIDE = re.compile(r"[\u202a\u202b\u202d\u202e\u2066-\u2068]")
_DIRECTION_OVERRIDE_BYTES = re.compile(rb"\xe2(?:\x80[\xaa\xab\xad\xae]|\x81[\xa6-\xa8])")


def parse(path: str, raw: bytes, *, max_bytes: int = MAX_BYTES) -> tuple[Document | None, tuple[Finding, ...]]:
    """Return the document that *raw* holds, and what is to be said about its text.

    There is no document when its text can't be read to the end or holds no mapping. A document with duplicate keys,
    unknown tags and the like comes back with findings of severity error, so that more can be said about it. A file of
    Protobuf is its text: whoever reads such schemas judges it.
    """
    if len(raw) <= max_bytes and (indented := _indented(path, raw)) is not None:
        return indented, ()
    text = decode(path, raw, max_bytes=max_bytes)
    if isinstance(text, Finding):
        return None, (text,)
    if path.lower().endswith(_TEXT_SUFFIX):
        return Document(path, text, text), ()
    with without_collecting():
        tree, flaws, is_whole = _read(path, text)
    if is_whole and not isinstance(tree, dict):
        flaws = [*flaws, _no_mapping(text, tree)]
    if not text.isascii() and (turns := list(_DIRECTION_OVERRIDE.finditer(text))):
        flaws = [*flaws, _direction_override(turns)]
    findings = findings_of(path, text, flaws)
    return (Document(path, tree, text) if is_whole and isinstance(tree, dict) else None), findings


def _indented(path: str, raw: bytes) -> Document | None:
    """Return the document of *raw*, when it is JSON of which there is nothing to be said."""
    if path.lower().endswith(_TEXT_SUFFIX) or _DIRECTION_OVERRIDE_BYTES.search(raw):
        return None
    with without_collecting():
        tree = read_indented(raw)
    return None if tree is None else Document(path, tree, raw)


def _read(path: str, text: str) -> tuple[JsonValue, list[Flaw], bool]:
    first = _ROOT.search(text)
    start = first.group() if first else ""
    if path.lower().endswith(_JSON_SUFFIX) and start and start in '{["/':
        return _read_json(text)
    if start and start in "{[":
        # JSON under any other name; flow YAML that is no JSON is read as YAML.
        tree, flaws, is_whole = _read_json(text)
        if is_whole or any(flaw.rule == "nesting-limit" for flaw in flaws):
            return tree, flaws, is_whole
    if found := _NOT_IN_YAML.search(text):
        message = f"control character U+{ord(found.group()):04X} in the text"
        return None, [Flaw("control-character", found.start(), message)], False
    return read_yaml(text)


def _read_json(text: str) -> tuple[JsonValue, list[Flaw], bool]:
    tree, flaws = read_json(text)
    return tree, flaws, tree is not None or text.strip() == "null"


def _no_mapping(text: str, tree: JsonValue) -> Flaw:
    found = _ROOT.search(text)
    at = found.start() if found else 0
    if tree is None and all(_BLANK_LINE.fullmatch(line) for line in text.splitlines()):
        return Flaw("document-empty", 0, "document is empty", hint="`apictl init` writes a first contract")
    return Flaw("not-a-mapping", at, f"expected a mapping at the top level, found {kind_of(tree)}")


def _direction_override(turns: list[re.Match[str]]) -> Flaw:
    more = f" (and {len(turns) - 1} more like it)" if len(turns) > 1 else ""
    message = f"U+{ord(turns[0][0]):04X} turns the direction of writing: the text reads otherwise than it is{more}"
    return Flaw("direction-override", turns[0].start(), message, Severity.WARNING, hint="remove it")
