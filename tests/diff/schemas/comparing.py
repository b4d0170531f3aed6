"""The comparison of two schemas written beside their assertion."""

from __future__ import annotations

from collections.abc import Mapping

from apictl.contract.definition import Definition
from apictl.contract.schema import JsonValue, Schema
from apictl.diff.schemas.comparison import SchemaComparison
from apictl.diff.schemas.context import Context
from apictl.diff.schemas.difference import SchemaAt, SchemaDifference, Step
from apictl.diff.schemas.prover import Prover
from apictl.diff.schemas.universe import Age, Universe
from apictl.findings import Place

Defined = Mapping[str, Schema]
TEXT: dict[str, JsonValue] = {"type": "string"}
INTEGER: dict[str, JsonValue] = {"type": "integer"}


def definitions(schemas: Defined, path: str) -> dict[str, Definition]:
    """Return *schemas* as definitions that stand in the file *path*."""
    return {name: Definition(name, schema, Place(path, f"/$defs/{name}")) for name, schema in schemas.items()}


def differences(
    old: Schema, new: Schema, *, old_defined: Defined | None = None, new_defined: Defined | None = None
) -> tuple[SchemaDifference, ...]:
    """Return the differences of two schemas that stand at `/schema` of `old.yaml` and `new.yaml`."""
    comparison = SchemaComparison(
        definitions(old_defined or {}, "old.yaml"), definitions(new_defined or old_defined or {}, "new.yaml")
    )
    return comparison.differences(
        SchemaAt(old, Place("old.yaml", "/schema")), SchemaAt(new, Place("new.yaml", "/schema"))
    )


def told(
    old: Schema, new: Schema, *, old_defined: Defined | None = None, new_defined: Defined | None = None
) -> list[str]:
    """Return the differences as `kind effect path`."""
    found = differences(old, new, old_defined=old_defined, new_defined=new_defined)
    return [" ".join([each.kind, each.effect.value, *path_of(each)]) for each in found]


def path_of(difference: SchemaDifference) -> list[str]:
    """Return the path of *difference* as text, in a list that is empty for the root."""
    steps = [step.value if isinstance(step, Step) else str(step) for step in difference.path]
    return ["/" + "/".join(steps)] if steps else []


def is_within(sub: Schema, sup: Schema, defined: Defined | None = None) -> bool:
    """Whether it is proved that *sup* allows what *sub* allows."""
    universe = Universe(definitions(defined or {}, "old.yaml"), definitions(defined or {}, "new.yaml"))
    return Prover(Context(universe)).is_within((universe.node(sub, Age.OLD),), (universe.node(sup, Age.NEW),))


def kind(value: JsonValue, **properties: Schema) -> dict[str, JsonValue]:
    """Return an object that its `kind` tells from others."""
    named: dict[str, JsonValue] = {
        name: each if isinstance(each, bool) else dict(each) for name, each in properties.items()
    }
    return {"type": "object", "required": ["kind"], "properties": {"kind": {"const": value}, **named}}
