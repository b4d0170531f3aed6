"""What the generated module defines and how it reads."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from apictl.contract.schema import JsonValue, Schema
from apictl.emitters.models.classes import model_module
from tests.emitters.models.modules import load, source

QUOTE: dict[str, JsonValue] = {
    "type": "object",
    "description": "A price.",
    "properties": {
        "passengerId": {"type": "string", "format": "uuid", "description": "Who travels."},
        "note": {"type": ["string", "null"]},
        "kind": {"const": "fixed"},
    },
    "required": ["passengerId", "note"],
}


def test_class_reads_like_typed_by_hand() -> None:
    text = source({"Quote": QUOTE})

    assert text.endswith(
        '''\
class Quote(Model):
    """A price."""

    passenger_id: Annotated[UUID, Field(alias="passengerId")]
    """Who travels."""
    note: str | None
    kind: Literal["fixed"] | None = None
'''.rstrip()
    )


def test_property_of_one_alternative_is_anything_where_another_says_nothing() -> None:
    listed: dict[str, JsonValue] = {"properties": {"options": {"type": "array"}}, "required": ["options"]}
    other: dict[str, JsonValue] = {"title": "other type"}
    thing: Schema = {"type": "object", "properties": {"a": {"type": "string"}}, "oneOf": [listed, other]}

    made = load({"Thing": thing}).Thing.model_validate({"options": 5})

    assert made.options == 5
    with pytest.raises(ValidationError):
        type(made).model_validate({"a": 5})


def test_module_defines_each_name_and_no_other_class() -> None:
    definitions: dict[str, Schema] = {
        "List": QUOTE,
        "UUID": {"type": "array", "items": {"$ref": "#/$defs/List"}},
        "a/b": {"enum": ["x", "y"]},
        "BaseModel": {"anyOf": [{"$ref": "#/$defs/List"}, {"$ref": "#/$defs/a~1b"}]},
        "Literal": True,
        "Model": {"type": "object", "properties": {"date": {"type": "string", "format": "date"}}},
    }
    chosen = {name: name for name in definitions} | {"a/b": "AnyOf"}
    tree = ast.parse(source(definitions, **chosen))

    classes = [node.name for node in tree.body if isinstance(node, ast.ClassDef)]
    aliases = [
        node.target.id for node in tree.body if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    ]
    assert sorted(classes) == ["AnyOf", "List", "Model"]
    assert sorted(aliases) == ["BaseModel", "Literal", "UUID"]
    assert load(definitions, **chosen).Model.model_validate({"date": "2020-01-02"}).date.year == 2020


def test_same_definitions_give_the_same_text() -> None:
    assert source({"Quote": QUOTE}) == source({"Quote": QUOTE})


def test_no_definitions_give_a_module_without_classes() -> None:
    assert model_module({}, {}, docstring="None.", support="x").startswith('"""None."""')


HOSTILE = '"""\'\\\n\r\u202e{{x}}${y}\x00; import os; os.abort() #'


def test_hostile_text_stays_text() -> None:
    definitions: dict[str, Schema] = {
        HOSTILE: {
            "type": "object",
            "description": HOSTILE,
            "title": HOSTILE,
            "customTypePath": "os.system",
            "x-python-import": {"module": "os", "name": "abort"},
            "default": HOSTILE,
            "properties": {
                HOSTILE: {"enum": [HOSTILE, "b"], "description": HOSTILE, "default": HOSTILE, "pattern": HOSTILE},
                "other": {"$ref": "#/$defs/Kind", "description": HOSTILE},
                "third": {"type": "string", "format": HOSTILE, "customTypePath": "os.abort"},
            },
            "required": [HOSTILE],
        },
        "Kind": {"enum": [HOSTILE, "b"], "x-enum-varnames": [HOSTILE, "pass"], "x-enum-descriptions": [HOSTILE, ""]},
    }

    module = load(definitions, **{HOSTILE: "Evil"})

    evil = module.Evil.model_validate({HOSTILE: HOSTILE, "other": HOSTILE})
    assert evil.model_dump(by_alias=True, exclude_unset=True, mode="json") == {HOSTILE: HOSTILE, "other": HOSTILE}
    assert evil.other is next(iter(module.Kind))
    assert not [node for node in ast.walk(ast.parse(source(definitions, **{HOSTILE: "Evil"}))) if _is_foreign(node)]


def _is_foreign(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id in {"os", "abort", "system"}


AWKWARD = [
    "class", "copy", "json", "schema", "model_config", "model_dump", "model_extra", "__proto__", "__init__", "_id",
    "id",
    "self", "str", "int", "list", "dict", "date", "datetime", "type", "", " ", "\N{PILE OF POO}", "1st", "foo-bar",
    "fooBar", "foo_bar", "None", "Quote", "UUID", "Field", "mro",
]  # fmt: skip


def test_every_property_name_becomes_an_attribute_of_its_own() -> None:
    properties: dict[str, JsonValue] = {name: {"type": "string"} for name in AWKWARD}
    value = {name: f"value of {name}" for name in AWKWARD}

    module = load({"Quote": {"type": "object", "properties": properties, "required": [*AWKWARD]}})

    quote = module.Quote.model_validate(value)
    assert quote.model_dump(by_alias=True) == value
    assert (quote.foo_bar, quote.id, quote.copy_, quote.date) == (
        "value of foo_bar",
        "value of id",
        "value of copy",
        "value of date",
    )
    assert len(inspect.signature(module.Quote).parameters) >= len(AWKWARD)


def test_attributes_may_have_the_names_of_types() -> None:
    types: dict[str, JsonValue] = {
        "date": {"type": "string", "format": "date"},
        "list": {"type": "array", "items": {"type": "integer"}},
        "str": {"type": "string"},
        "UUID": {"type": "string", "format": "uuid"},
    }

    module = load({"Names": {"type": "object", "properties": types}})

    value = {"date": "2020-01-02", "list": [1], "str": "s", "UUID": "00000000-0000-0000-0000-000000000001"}
    assert module.Names.model_validate(value).model_dump(mode="json", by_alias=True) == value


def test_constructor_takes_python_names() -> None:
    module = load({"Quote": QUOTE})

    quote = module.Quote(passenger_id="00000000-0000-0000-0000-000000000001", note=None)

    assert quote.model_dump_json(exclude_unset=True) == (
        '{"passengerId":"00000000-0000-0000-0000-000000000001","note":null}'
    )


def test_undeclared_properties_survive_unless_forbidden_or_typed() -> None:
    definitions: dict[str, Schema] = {
        "Open": {"type": "object", "properties": {"a": {"type": "string"}}},
        "Closed": {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": False},
        "Typed": {
            "type": "object",
            "properties": {"a": {"type": "string"}},
            "additionalProperties": {"type": "string", "format": "date"},
        },
    }
    module = load(definitions)

    assert module.Open.model_validate({"x": [1]}).model_dump(exclude_unset=True) == {"x": [1]}
    with pytest.raises(ValidationError):
        module.Closed.model_validate({"x": 1})
    assert module.Typed.model_validate({"x": "2020-01-02"}).model_extra["x"].year == 2020
    excused = "= Field(init=False)  # pyright: ignore[reportIncompatibleVariableOverride]"
    assert f"    __pydantic_extra__: dict[str, datetime.date] {excused}" in source(definitions)


def test_forbidden_property_has_no_attribute() -> None:
    module = load({"Draft": {"type": "object", "properties": {"id": False, "name": {"type": "string"}}}})

    assert list(module.Draft.model_fields) == ["name"]


def test_all_of_disjoint_objects_is_inheritance() -> None:
    module = load(
        {
            "Base": {"type": "object", "properties": {"id": {"type": "integer"}}, "required": ["id"]},
            "Child": {"allOf": [{"$ref": "#/$defs/Base"}, {"properties": {"name": {"type": "string"}}}]},
        }
    )

    assert issubclass(module.Child, module.Base)
    assert list(module.Child.model_fields) == ["id", "name"]


def test_property_that_is_narrowed_in_all_of_overrides_the_inherited_one() -> None:
    narrowed: Schema = {
        "allOf": [{"$ref": "#/$defs/Base"}],
        "properties": {"petType": {"const": "cat"}},
        "required": ["id"],
    }
    base: Schema = {"type": "object", "properties": {"petType": {"type": "string"}, "id": {"type": "integer"}}}

    module = load({"Base": base, "Cat": narrowed})

    assert issubclass(module.Cat, module.Base)
    assert module.Cat.model_fields["id"].is_required()
    written = source({"Base": base, "Cat": narrowed})
    assert "    id: int = Field()  # pyright: ignore[reportIncompatibleVariableOverride]" in written.splitlines()
    assert not module.Cat.model_fields["pet_type"].is_required()
    with pytest.raises(ValidationError):
        module.Cat.model_validate({"id": 1, "petType": "dog"})


def test_an_override_stays_on_the_line_that_is_excused() -> None:
    base: Schema = {"type": "object", "properties": {"kind": {"type": "string"}, "any": {}}}
    values: list[JsonValue] = [f"value-{number:020}" for number in range(9)]
    own: dict[str, JsonValue] = {"properties": {"kind": {"enum": values}, "any": {"type": "string"}}}

    written = source({"Base": base, "Child": {"allOf": [{"$ref": "#/$defs/Base"}, own]}})

    (line,) = (line for line in written.splitlines() if "pyright" in line)
    assert line.startswith("    kind: Literal[")
    assert line.endswith("  # fmt: skip # pyright: ignore[reportIncompatibleVariableOverride]")
    formatter = [sys.executable, "-m", "ruff", "format", "--isolated", "-"]
    assert line in subprocess.check_output(formatter, input=written, text=True).splitlines()


def test_all_of_objects_that_disagree_about_a_property_is_one_merged_class() -> None:
    base: Schema = {"type": "object", "properties": {"kind": {"type": ["string", "null"]}, "id": {"type": "integer"}}}
    child: Schema = {"allOf": [{"$ref": "#/$defs/Base"}, {"properties": {"kind": {"const": "child"}}}]}

    module = load({"Base": base, "Child": child})

    assert not issubclass(module.Child, module.Base)
    assert list(module.Child.model_fields) == ["kind", "id"]
    with pytest.raises(ValidationError):
        module.Child.model_validate({"id": 1, "kind": "other"})


def test_properties_beside_one_of_are_merged_as_optional() -> None:
    module = load(
        {
            "A": {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]},
            "B": {"type": "object", "properties": {"b": {"type": "string"}}, "required": ["b"]},
            "Both": {
                "type": "object",
                "properties": {"id": {"type": "integer"}},
                "required": ["id"],
                "oneOf": [{"$ref": "#/$defs/A"}, {"$ref": "#/$defs/B"}],
            },
        }
    )

    both = module.Both.model_validate({"id": 1, "b": "x"})
    assert (both.id, both.a, both.b) == (1, None, "x")


def test_class_that_accepts_null_is_optional_wherever_it_is_referred_to() -> None:
    definitions: dict[str, Schema] = {
        "User": {"type": ["object", "null"], "properties": {"name": {"type": "string"}}},
        "Status": {"enum": ["a", "b", None]},
        "Item": {
            "type": "object",
            "properties": {"user": {"$ref": "#/$defs/User"}, "status": {"$ref": "#/$defs/Status"}},
            "required": ["user", "status"],
        },
    }

    item = load(definitions).Item.model_validate({"user": None, "status": None})

    assert (item.user, item.status) == (None, None)


@pytest.mark.parametrize(
    "schema",
    [
        {"enum": []},
        {"enum": ["a", 1, 1.5, None, True, [1], {"a": 1}]},
        {"const": {"a": 1}},
        {"allOf": [{"type": "string"}, {"minLength": 1}]},
        {"allOf": [{"type": ["string", "null"]}, {"type": "string"}]},
        {"prefixItems": [{"type": "string"}, {"type": "integer"}], "items": False, "type": "array"},
        {"type": "object", "patternProperties": {"^x": {"type": "integer"}}, "additionalProperties": False},
        {"if": {"type": "string"}, "then": {"minLength": 1}},
        {"not": {"type": "string"}},
        {"type": "string", "pattern": "(?<=a)b(?!c)\\p{L}"},
        {"$ref": "#/$defs/Thing"},
        {"anyOf": [{"$ref": "#/$defs/Thing"}, {"type": "string"}]},
        {"allOf": [{"$ref": "#/$defs/Thing"}]},
        {"$ref": "#/$defs/Gone"},
        {"anyOf": []},
        {"type": "object", "properties": {"self": {"$ref": "#/$defs/Thing"}}, "allOf": [{"$ref": "#/$defs/Thing"}]},
        {"type": "unheard of"},
        {"type": 5, "properties": [], "required": {}, "enum": 3, "anyOf": {}, "allOf": [5], "items": "x"},
    ],
    ids=str,
)
def test_unusual_schema_still_makes_a_usable_type(schema: Schema) -> None:
    module = load({"Thing": schema, "Holder": {"type": "object", "properties": {"thing": {"$ref": "#/$defs/Thing"}}}})

    TypeAdapter(module.Thing)
    assert module.Holder.model_validate({}).model_dump(exclude_unset=True) == {}


def test_deep_and_wide_definitions_are_no_trouble() -> None:
    deep: Schema = {"type": "string"}
    for _ in range(200):
        deep = {"type": "array", "items": deep}  # type: ignore[dict-item]
    chain: dict[str, Schema] = {
        f"C{number}": {
            "allOf": [{"$ref": f"#/$defs/C{number + 1}"}, {"$ref": f"#/$defs/C{number + 1}"}],
            "type": "object",
            "properties": {f"p{number}": {"type": "string"}},
        }
        for number in range(150)
    }

    module = load({"Deep": deep, **chain, "C150": {"type": "object", "properties": {"end": {"type": "string"}}}})

    assert issubclass(module.C0, BaseModel)
    value: Any = {f"p{number}": "x" for number in range(150)} | {"end": "x"}
    assert module.C0.model_validate(value).model_dump(exclude_unset=True) == value
