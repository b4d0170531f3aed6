"""Python values become JSON and come back as what they were."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from apictl.support.files import File
from apictl.support.shapes import (
    dump_json,
    from_form_value,
    from_json,
    from_json_value,
    to_form_value,
    to_json,
    to_json_value,
)


class Cat(BaseModel):
    kind: Literal["cat"] = "cat"
    born_on: dt.date | None = Field(default=None, alias="bornOn")
    model_config = ConfigDict(populate_by_name=True, extra="allow")


class Kennel(BaseModel):
    dog: Annotated[Puppy, Field(alias="theDog")]
    model_config = ConfigDict(defer_build=True)


class Puppy(BaseModel):
    age: int


class Dog(BaseModel):
    kind: Literal["dog"] = "dog"
    chip: uuid.UUID


CHIP = uuid.UUID("12345678-1234-5678-1234-567812345678")


@pytest.mark.parametrize(
    "type_,value,plain",
    [
        (Cat, Cat(kind="cat", bornOn=dt.date(2024, 2, 29)), {"kind": "cat", "bornOn": "2024-02-29"}),
        (Cat, Cat(), {}),
        (Cat, Cat(bornOn=None), {"bornOn": None}),
        (Cat | Dog, Dog(kind="dog", chip=CHIP), {"kind": "dog", "chip": str(CHIP)}),
        (list[Cat | Dog], [Cat(kind="cat")], [{"kind": "cat"}]),
        (dict[str, Cat], {"tom": Cat(kind="cat")}, {"tom": {"kind": "cat"}}),
        (int | str, "5", "5"),
        (int | str, 5, 5),
        (dt.date | str, dt.date(2024, 2, 29), "2024-02-29"),
        (int, 2**70, 2**70),
        (Any, {"a": [None]}, {"a": [None]}),
    ],
)
def test_a_value_comes_back_as_what_it_was(type_: Any, value: Any, plain: Any) -> None:
    assert to_json_value(type_, value) == plain
    assert to_json(type_, value) == dump_json(plain)
    assert from_json_value(type_, plain) == value
    assert from_json(type_, dump_json(plain)) == value


def test_a_form_has_the_names_of_the_wire_before_its_class_is_complete() -> None:
    (kennel,) = from_json_value(list[Kennel], [{"theDog": {"age": 1}}])

    assert to_form_value(kennel) == {"theDog": {"age": 1}}


def test_the_order_of_a_union_counts() -> None:
    assert from_json_value(dt.date | str, "2024-02-29") == dt.date(2024, 2, 29)
    assert from_json_value(str | dt.date, "2024-02-29") == "2024-02-29"


def test_what_a_type_does_not_foresee_is_written_as_it_is() -> None:
    assert to_json_value(Cat, {"kind": "cat", "wild": 1}) == {"kind": "cat", "wild": 1}


def test_what_a_type_does_not_hold_is_refused() -> None:
    with pytest.raises(ValidationError):
        from_json_value(Dog, {"chip": 5})


def test_files_stay_files_in_a_form() -> None:
    file = File(b"\xff", "x.png")
    cat = Cat.model_validate({"kind": "cat", "bornOn": "2024-02-29"})

    assert to_form_value({"a": [file, b"raw"], "b": cat}) == {
        "a": [file, File(b"raw")],
        "b": {"kind": "cat", "bornOn": "2024-02-29"},
    }


def test_no_document_holds_a_lone_surrogate() -> None:
    with pytest.raises(ValueError, match="surrogate"):
        dump_json("\ud800")


@pytest.mark.parametrize("text, value", [("1e30", 10**30), ("-2.5e19", -25 * 10**18), ("1E19", 10**19)])
def test_an_integer_beyond_64_bits_is_one_however_it_is_spelled(text: str, value: int) -> None:
    read = from_json(dict[str, int | str], f'{{"a": {text}, "b": "1e30"}}'.encode())

    assert from_form_value(dict[str, int], {"a": float(text)}) == {"a": int(float(text))}
    assert read["a"] == pytest.approx(value, rel=1e-15)
    assert isinstance(read["a"], int)
    assert read["b"] == "1e30"


@pytest.mark.parametrize("text", ["1.5", '"x"'])
def test_what_is_no_integer_is_refused_all_the_same(text: str) -> None:
    with pytest.raises(ValidationError):
        from_json(list[int], f"[1e30, {text}]".encode())
