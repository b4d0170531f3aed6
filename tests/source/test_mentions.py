"""What the bytes of a document tell of its references is never less than what its tree tells."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from apictl.findings import Place
from apictl.source.mentions import mentioned
from apictl.source.outgoing import outgoing
from apictl.source.parsing import parse

PATH = "specs/a/openapi.yaml"

references = st.sampled_from(
    [
        "#/components/schemas/A",
        "../b/c.yaml#/A",
        "c.yaml",
        "d d.yaml#/x",
        "e%20f.yaml",
        "g,h.yaml",
        "é.yaml",
        "i",
        "a: b",
    ]
) | st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12)
keys = st.sampled_from(["$ref", "operationRef", "mapping", "description", "type", "$ref ", "a"])
trees = st.recursive(
    references | st.integers() | st.none(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(keys, inner, max_size=4)
        | st.dictionaries(st.sampled_from(["dog", "cat"]), references, max_size=2).map(lambda each: {"mapping": each})
    ),
    max_leaves=12,
)


def refers(raw: bytes) -> set[str]:
    document, _ = parse(PATH, raw)
    return set() if document is None else {address.path for address in outgoing(Place(PATH), document.tree)}


def told(text: str) -> frozenset[str] | None:
    return mentioned(PATH, text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "a: {$ref: ../b/c.yaml#/A}",
        "a:\n  $ref: ../b/c.yaml#/A\n  type: x",
        "a:\n- $ref: '../b/c.yaml#/A' # why\n- b",
        '{"a": {"$ref": "../b/c.yaml#/A"}, "b": 1}',
        "a:\n  operationRef: ../b/c.yaml#/A\n\n# note\nb: 1",
        "d:\n  mapping:\n    dog: ../b/c.yaml#/A\n    cat: '#/B'\n  e: 1",
        "a: needs no mapping, look at `$ref`\nb: {$ref: ../b/c.yaml}",
        '{"mapping": {"dog": "../b/c.yaml#/A", "cat": "#/B"}}',
    ],
)
def test_usual_ways_to_write_a_reference_are_told(text: str) -> None:
    assert told(text) == frozenset({"specs/b/c.yaml"})


@pytest.mark.parametrize(
    "text",
    [
        'a: {"$r\\x65f": c.yaml}',
        "a:\n  $ref: c\n    d.yaml",
        "a:\n  $ref: >-\n    c.yaml",
        "a: &name $ref\nb:\n  *name : c.yaml",
        "a: &c c.yaml\nb:\n  $ref: *c",
        "a:\n  mapping: {dog: c.yaml}",
        "a:\n  mapping:\n    dog: c\n      d.yaml",
        "a:\n  $ref: c,d.yaml",
        "a: look at `$ref`\n  $ref: - c.yaml",
        "a: &name mapping\nb: {*name : {dog: c.yaml}}",
        "a:\n  ? $ref # why\n  : c.yaml",
        'a:\n  $ref: "c\\\n    d.yaml"',
    ],
)
def test_unusual_ways_are_left_to_the_tree(text: str) -> None:
    assert told(text) is None


@given(trees, st.fixed_dictionaries({"default_flow_style": st.sampled_from([None, False, True]), "width": st.just(20)}))
@example({"$ref": "e f g h i j k l m n.yaml"}, {"default_flow_style": False, "width": 20})
def test_no_reference_of_a_tree_goes_untold_in_yaml(tree: object, style: dict[str, Any]) -> None:
    raw = yaml.safe_dump({"a": tree}, allow_unicode=True, **style).encode()

    found = mentioned(PATH, raw)

    assert found is None or found >= refers(raw)


@given(trees, st.sampled_from([{}, {"indent": 2}, {"ensure_ascii": False}]))
def test_no_reference_of_a_tree_goes_untold_in_json(tree: object, style: dict[str, Any]) -> None:
    raw = json.dumps({"a": tree}, **style).encode()

    found = mentioned(PATH, raw)

    assert found is None or found >= refers(raw)


def test_no_reference_of_a_real_document_goes_untold(corpus: Path) -> None:
    entries = json.loads((corpus / "manifest.json").read_text(encoding="utf-8"))
    paths = [corpus / entry["file"] for entry in entries]
    found = {}
    for path in paths:
        raw = path.read_bytes()
        if len(raw) < 1_000_000:
            found[path.name] = mentioned(PATH, raw)
            quick = found[path.name]
            assert quick is None or quick >= refers(raw), path.name
    assert sum(each is not None for each in found.values()) > len(found) // 2
