"""Enums that keep values which their contract does not name yet, so that a newer sender breaks no older reader."""

from __future__ import annotations

from enum import Enum, IntEnum, StrEnum
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema


class OpenEnum(StrEnum):
    """Strings with names; any other string is a member without one, equal to every member of the same value."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = member._value_ = str(value)
        return member

    @property
    def is_known(self) -> bool:
        """Whether the contract names this value."""
        return _is_known(type(self), self._value_)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[Any], handler: GetCoreSchemaHandler) -> CoreSchema:
        """Accept every string; a union prefers the enum that names it."""
        return _preferring_known(cls, handler(source))


class OpenIntEnum(IntEnum):
    """Integers with names; any other integer is a member without one, equal to every member of the same value."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if isinstance(value, bool) or not (isinstance(value, int) or (isinstance(value, float) and value.is_integer())):
            return None
        member = int.__new__(cls, value)
        member._name_, member._value_ = str(int(value)), int(value)
        return member

    @property
    def is_known(self) -> bool:
        """Whether the contract names this value."""
        return _is_known(type(self), self._value_)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[Any], handler: GetCoreSchemaHandler) -> CoreSchema:
        """Accept every integer; a union prefers the enum that names it."""
        return _preferring_known(cls, handler(source))


def _is_known(kind: type[Enum], value: object) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool) and value in kind._value2member_map_


def _preferring_known(kind: type[Enum], member: CoreSchema) -> CoreSchema:
    """Return *member* such that a value without a name is no exact match in pydantic's smart unions."""
    from pydantic_core import core_schema  # noqa: PLC0415  (the module is used without pydantic, too)

    def known(value: object) -> Enum:
        if not _is_known(kind, value):
            message = f"{value!r} has no name in {kind.__name__}"
            raise ValueError(message)
        return kind(value)

    return core_schema.lax_or_strict_schema(member, core_schema.no_info_before_validator_function(known, member))
