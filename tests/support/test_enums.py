"""Open enums keep what they do not know."""

from __future__ import annotations

import copy
import pickle

import pytest
from pydantic import TypeAdapter, ValidationError

from apictl.support.enums import OpenEnum, OpenIntEnum


class Colour(OpenEnum):
    """Two strings."""

    RED = "red"
    BLUE = "blue"


class Level(OpenIntEnum):
    """Two integers."""

    LOW = 1
    HIGH = 2


def test_unknown_string_is_a_member_equal_by_value() -> None:
    green = Colour("green")

    assert green == Colour("green") == "green"
    assert {green: 1}[Colour("green")] == 1
    assert not green.is_known
    assert Colour("red") is Colour.RED
    assert list(Colour) == [Colour.RED, Colour.BLUE]


def test_unknown_integer_is_a_member_equal_by_value() -> None:
    assert Level(7) == 7
    assert {Level(7): 1}[Level(7)] == 1
    assert not Level(7).is_known
    assert Level.LOW.is_known


@pytest.mark.parametrize("member", [Colour("green"), Colour.RED, Level(7), Level.LOW])
def test_members_are_copied_and_pickled(member: Colour | Level) -> None:
    assert copy.deepcopy(member) == member
    assert pickle.loads(pickle.dumps(member)) == member  # noqa: S301  (our own bytes)


def test_values_of_another_type_are_refused() -> None:
    with pytest.raises(ValueError, match="5"):
        Colour(5)  # type: ignore[arg-type]
    with pytest.raises(ValidationError):
        TypeAdapter(Level).validate_json('"x"')
    with pytest.raises(ValidationError):
        TypeAdapter(Level).validate_json("1.5")


def test_unknown_values_round_trip_through_json() -> None:
    assert TypeAdapter(Colour).dump_json(TypeAdapter(Colour).validate_json('"green"')) == b'"green"'
    assert TypeAdapter(Level).dump_json(TypeAdapter(Level).validate_json("7")) == b"7"
    assert TypeAdapter(Level).validate_json("1.0") is Level.LOW
