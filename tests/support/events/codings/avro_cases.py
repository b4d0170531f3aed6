"""Random schemas of Avro, each with a value of it as fastavro has it."""

from __future__ import annotations

import io
import json
from typing import Any

import fastavro
from hypothesis import strategies as st


def record(*fields: Any, name: str = "R", **more: Any) -> Any:
    return {"type": "record", "name": name, "fields": [*fields], **more}


def member(name: str, kind: Any, **more: Any) -> Any:
    return {"name": name, "type": kind, **more}


def written(schema: Any, value: Any) -> bytes:
    sink = io.BytesIO()
    fastavro.schemaless_writer(sink, fastavro.parse_schema(json.loads(json.dumps(schema))), value)
    return sink.getvalue()


SCALARS: dict[str, st.SearchStrategy[Any]] = {
    "null": st.none(),
    "boolean": st.booleans(),
    "int": st.integers(-(2**31), 2**31 - 1),
    "long": st.integers(-(2**63), 2**63 - 1),
    "float": st.floats(allow_nan=False, allow_infinity=False, width=32),
    "double": st.floats(allow_nan=False, allow_infinity=False),
    "bytes": st.binary(max_size=6),
    "string": st.text(max_size=6),
}


@st.composite
def cases(draw: st.DrawFn) -> tuple[Any, Any]:
    """A schema and a value of it as fastavro has it."""
    names = (f"N{number}" for number in range(10_000))

    def made(depth: int) -> tuple[Any, st.SearchStrategy[Any]]:
        kinds = ["scalar", "enum", "fixed"] + (["array", "map", "union", "record"] if depth < 3 else [])
        match draw(st.sampled_from(kinds)):
            case "enum":
                return {"type": "enum", "name": next(names), "symbols": ["A", "B", "C"]}, st.sampled_from("ABC")
            case "fixed":
                size = draw(st.integers(0, 3))
                return {"type": "fixed", "name": next(names), "size": size}, st.binary(min_size=size, max_size=size)
            case "array":
                inner, values = made(depth + 1)
                return {"type": "array", "items": inner}, st.lists(values, max_size=3)
            case "map":
                inner, values = made(depth + 1)
                return {"type": "map", "values": inner}, st.dictionaries(st.text(max_size=3), values, max_size=3)
            case "union":
                told = draw(st.lists(st.sampled_from(sorted(SCALARS)), min_size=1, max_size=4, unique=True))
                return told, st.one_of([SCALARS[name] for name in told])
            case "record":
                parts = {f"f{at}": made(depth + 1) for at in range(draw(st.integers(1, 3)))}
                space = draw(st.sampled_from([{}, {"namespace": "a.b"}]))
                schema = record(*(member(key, one) for key, (one, _) in parts.items()), name=next(names), **space)
                return schema, st.fixed_dictionaries({key: values for key, (_, values) in parts.items()})
            case _:
                name = draw(st.sampled_from(sorted(SCALARS)))
                return name, SCALARS[name]

    schema, values = made(0)
    return schema, draw(values)
