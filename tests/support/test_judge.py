"""The judge decides as JSON Schema 2020-12 does, whatever it is given."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from apictl.support.judge import MAX_MESSAGE, MAX_REFUSALS, Judge

TREE: dict[str, Any] = {
    "Tree": {
        "type": "object",
        "properties": {"size": {"$ref": "#/$defs/a~1b"}, "below": {"type": "array", "items": {"$ref": "#/$defs/Tree"}}},
        "required": ["size"],
        "additionalProperties": False,
    },
    "a/b": {"type": "integer", "minimum": 0},
    "When": {"type": "string", "format": "date-time"},
    "Pet": {"oneOf": [{"type": "object", "required": ["meow"]}, {"type": "object", "required": ["bark"]}]},
    "Never": False,
    "Anything": True,
}


@pytest.fixture(params=["by itself", "with all others"], autouse=True)
def compiled(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return whether a schema is compiled by itself, or all are once the first value is judged."""
    chosen: str = request.param
    if chosen == "with all others":
        made = Judge.__init__

        def make(judge: Judge, package: str) -> None:
            made(judge, package)
            judge._taken = 1_000_000

        monkeypatch.setattr(Judge, "__init__", make)
        monkeypatch.setattr("apictl.support.judge._FEW", 0)
    return chosen


@pytest.mark.parametrize("key", ["Tree", "a/b", "Pet"])
@pytest.mark.parametrize(
    "value",
    [
        {"size": 1},
        {"size": 1.0, "below": [{"size": 2, "below": []}]},
        {"size": "1"},
        {"size": 1, "below": [{"size": -1}]},
        {"size": True},
        {"size": 1, "other": None},
        {"meow": 1},
        {"meow": 1, "bark": 1},
        [],
        None,
        5,
        2**70,
    ],
)
def test_the_verdict_is_that_of_another_validator(key: str, value: Any) -> None:
    pointer = key.replace("/", "~1")
    oracle = jsonschema.Draft202012Validator({"$ref": f"#/$defs/{pointer}", "$defs": TREE})

    assert Judge.of(TREE).accepts(key, value) == oracle.is_valid(value)


def test_formats_are_asserted() -> None:
    judge = Judge.of(TREE)

    assert judge.accepts("When", "2024-02-29T12:00:00Z")
    assert not judge.accepts("When", "2023-02-29T12:00:00Z")


def test_a_refusal_names_the_place() -> None:
    judge = Judge.of({"S": {"properties": {"a/b~c": {"items": {"type": "string"}}}}})

    (refusal,) = judge.refusals("S", {"a/b~c": ["x", 5]})

    assert refusal.pointer == "/a~1b~0c/1"
    assert refusal.message == '5 is not of type "string"'


def test_refusals_are_few_and_short() -> None:
    judge = Judge.of({"S": {"items": {"type": "integer"}}})

    refusals = judge.refusals("S", ["x" * 5000] * 100)

    assert len(refusals) == MAX_REFUSALS
    assert all(len(refusal.message) <= MAX_MESSAGE for refusal in refusals)
    assert refusals[0].message.endswith('is not of type "integer"')


def test_boolean_schemas_judge_too() -> None:
    judge = Judge.of(TREE)

    assert judge.refusals("Anything", object()) == ()
    assert [refusal.message for refusal in judge.refusals("Never", 5)] == ["no value is accepted"]


@pytest.mark.parametrize("value", ["\ud800", b"bytes", object(), {1: 2}])
def test_what_is_no_json_value_is_refused(value: Any) -> None:
    judge = Judge.of({"S": {"type": ["string", "object"], "maxLength": 5}})

    assert not judge.accepts("S", value)
    assert judge.refusals("S", value)


def test_a_contract_whose_schemas_share_much_is_compiled_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    shared: dict[str, Any] = {
        f"S{number}": {"properties": {"a": {"$ref": f"#/$defs/S{number + 1}"}}} for number in range(40)
    }
    definitions = {**shared, "S40": {"type": "string"}, "odd %41~/[x]": {"anyOf": [{"$ref": "#/$defs/S0"}]}}
    monkeypatch.setattr("apictl.support.judge._MANY", 100)
    judge, value = Judge.of(definitions), {"a": {"a": 5}}

    before = [judge.accepts(key, value) for key in definitions]
    after = [judge.accepts(key, value) for key in definitions]

    assert judge._whole is not None
    assert after == before == [Judge.of({**definitions}).accepts(key, value) for key in definitions]
    assert [each.pointer for each in judge.refusals("S38", value)] == ["/a/a"]
    assert judge.accepts("odd %41~/[x]", value)
    assert "odd %41~/[x]" in judge._shared


def test_a_reference_alone_is_judged_as_what_it_leads_to() -> None:
    judge = Judge.of(TREE)

    assert judge.fits({"$ref": "#/$defs/a~1b"}, 1)
    assert not judge.fits({"$ref": "#/$defs/a~1b"}, -1)
    assert not judge.fits({"$ref": "#/$defs/Never"}, 1)
    assert not judge.fits({"$ref": "#/$defs/a~1b", "maximum": 5}, 6)


def test_a_schema_is_compiled_alone_and_on_first_use() -> None:
    broken = {"Good": {"$ref": "#/$defs/Word"}, "Word": {"type": "string"}, "Bad": {"pattern": "("}}
    judge = Judge.of(broken)

    assert judge.accepts("Good", "x")


def test_a_reference_to_elsewhere_is_not_fetched() -> None:
    judge = Judge.of({"S": {"$ref": "https://example.com/schema.json"}})

    with pytest.raises(ValueError, match="Retrieval is disabled"):
        judge.accepts("S", 5)


def test_a_package_brings_its_contract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compiled: str) -> None:
    name = f"judged_{compiled.replace(' ', '_')}"
    package = tmp_path / name
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "contract.json").write_text(json.dumps({"$defs": TREE}))
    monkeypatch.syspath_prepend(str(tmp_path))
    judge = Judge(name)

    assert name not in sys.modules, "reading waits for the first value"
    assert judge.accepts("Tree", {"size": 1})
    assert judge.schema("Tree") == TREE["Tree"]
