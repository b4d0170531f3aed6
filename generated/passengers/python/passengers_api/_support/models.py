"""The base of all models: a typed view of a value that the contract has judged, which writes what it read."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Discriminator


class Model(BaseModel):
    """An object of the contract.

    Attributes have Python names, and constructors take them; on the wire each has its property's name. Undeclared
    properties are kept. An attribute that was never set is no property: write with `exclude_unset=True`.
    """

    model_config = ConfigDict(
        defer_build=True,
        extra="allow",
        polymorphic_serialization=True,
        protected_namespaces=(),
        serialize_by_alias=True,
        validate_by_alias=True,
        validate_by_name=True,
    )


def told_by(name: str, classes: Mapping[str, str]) -> Discriminator:
    """Return what tells the classes of a union apart: on the wire, the value of property *name*.

    Args:
        name: of the property on the wire.
        classes: name of the class by value of the property; it is the tag of its class in the union.
    """
    tags = frozenset(classes.values())

    def tag(value: object) -> str | None:
        if isinstance(value, Mapping):
            told = value.get(name)
            return classes.get(told) if isinstance(told, str) else None
        return next((each.__name__ for each in type(value).__mro__ if each.__name__ in tags), None)

    return Discriminator(tag)
