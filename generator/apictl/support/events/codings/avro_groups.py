"""Types of Avro that hold others: arrays, maps, unions and records (Apache Avro 1.11, Complex Types)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from .avro_bytes import Misfit, Sink, Source
from .avro_types import Type

_INTEGERS_LAST: Final = {"double": -2, "float": -1}
_INTEGERS_FIRST: Final = {"double": 1, "float": 2}


@dataclass(frozen=True, slots=True)
class Array:
    """A list of values of one type."""

    items: Type
    name: str = "array"

    def read(self, source: Source) -> list[Any]:
        """Return the next list of *source*."""
        result: list[Any] = []
        while count := source.items():
            result += [self.items.read(source) for _ in range(count)]
        return result

    def write(self, value: Any, sink: Sink) -> None:
        """Write *value* to *sink*."""
        values = _list(value)
        if values:
            sink.number(len(values))
        for each in values:
            self.items.write(each, sink)
        sink.number(0)

    def fits(self, value: Any, sink: Sink) -> bool:
        """Return whether *value* can be written."""
        return isinstance(value, list) and all(self.items.fits(each, sink) for each in value)

    def from_json(self, value: Any) -> list[Any]:
        """Return the values that *value* says."""
        return [self.items.from_json(each) for each in _list(value)]

    def to_json(self, value: Any, sink: Sink) -> list[Any]:
        """Return *value* in the JSON encoding."""
        return [self.items.to_json(each, sink) for each in _list(value)]

    def from_default(self, value: Any) -> list[Any]:
        """Return the values that *value* says."""
        return [self.items.from_default(each) for each in _list(value)]


@dataclass(frozen=True, slots=True)
class Map:
    """Values of one type by texts."""

    values: Type
    name: str = "map"

    def read(self, source: Source) -> dict[str, Any]:
        """Return the next mapping of *source*."""
        result: dict[str, Any] = {}
        while count := source.items():
            for _ in range(count):
                key = source.take(source.number()).decode()
                if key in result:
                    raise Misfit(f"key {key!r:.60} stands twice in a map")
                result[key] = self.values.read(source)
        return result

    def write(self, value: Any, sink: Sink) -> None:
        """Write *value* to *sink*."""
        values = _dict(value)
        if values:
            sink.number(len(values))
        for key, each in values.items():
            sink.sized(key.encode())
            self.values.write(each, sink)
        sink.number(0)

    def fits(self, value: Any, sink: Sink) -> bool:
        """Return whether *value* can be written."""
        return isinstance(value, dict) and all(self.values.fits(each, sink) for each in value.values())

    def from_json(self, value: Any) -> dict[str, Any]:
        """Return the values that *value* says."""
        return {key: self.values.from_json(each) for key, each in _dict(value).items()}

    def to_json(self, value: Any, sink: Sink) -> dict[str, Any]:
        """Return *value* in the JSON encoding."""
        return {key: self.values.to_json(each, sink) for key, each in _dict(value).items()}

    def from_default(self, value: Any) -> dict[str, Any]:
        """Return the values that *value* says."""
        return {key: self.values.from_default(each) for key, each in _dict(value).items()}


@dataclass(frozen=True, slots=True)
class Union:
    """A value of one of several types: the first one that it fits, of numbers the one that loses nothing."""

    branches: tuple[Type, ...]
    name: str = "union"

    def read(self, source: Source) -> Any:
        """Return the next value of *source*."""
        at = source.number()
        if not 0 <= at < len(self.branches):
            raise Misfit(f"{at} is the index of no branch of a union")
        return self.branches[at].read(source)

    def write(self, value: Any, sink: Sink) -> None:
        """Write *value* to *sink*."""
        at = self._chosen(value, sink)
        sink.number(at)
        self.branches[at].write(value, sink)

    def fits(self, value: Any, sink: Sink) -> bool:
        """Return whether *value* can be written."""
        return any(branch.fits(value, sink) for branch in self.branches)

    def from_json(self, value: Any) -> Any:
        """Return the value that *value* says: null, or one under the name of its branch (Avro, JSON Encoding)."""
        if value is None:
            told, inner = "null", None
        elif isinstance(value, dict) and len(value) == 1:
            ((told, inner),) = value.items()
        else:
            raise Misfit("a value of a union stands under the name of its type")
        for branch in self.branches:
            if branch.name == told:
                return branch.from_json(inner)
        raise Misfit(f"{told!r:.60} is no branch of a union")

    def to_json(self, value: Any, sink: Sink) -> Any:
        """Return *value* in the JSON encoding."""
        branch = self.branches[self._chosen(value, sink)]
        inner = branch.to_json(value, sink)
        return None if branch.name == "null" else {branch.name: inner}

    def from_default(self, value: Any) -> Any:
        """Return the value that *value*, of the first branch, says."""
        return self.branches[0].from_default(value)

    def _chosen(self, value: Any, sink: Sink) -> int:
        ranks = _INTEGERS_LAST if isinstance(value, float) else _INTEGERS_FIRST
        for at in sorted(range(len(self.branches)), key=lambda at: ranks.get(self.branches[at].name, 0)):
            if self.branches[at].fits(value, sink):
                return at
        raise Misfit(f"a {type(value).__name__} is of no branch of a union, or breaks it")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record; `default` is a tuple of the one value, as the schema has it."""

    name: str
    type: Type
    default: tuple[Any, ...] = ()


@dataclass(slots=True, eq=False)
class Record:
    """Values by name; `fields` are set when the types are known that they may lead back to this one."""

    name: str
    fields: tuple[Field, ...] = ()
    names: frozenset[str] = field(default_factory=frozenset)

    def complete(self, fields: tuple[Field, ...]) -> None:
        """Have *fields* from now on."""
        self.fields = fields
        self.names = frozenset(each.name for each in fields)

    def read(self, source: Source) -> dict[str, Any]:
        """Return the next record of *source*."""
        source.enter()
        if not self.fields:
            source.spend()
        result = {each.name: each.type.read(source) for each in self.fields}
        source.leave()
        return result

    def write(self, value: Any, sink: Sink) -> None:
        """Write *value* to *sink*."""
        values = self._known(value)
        for each in self.fields:
            each.type.write(_given(values, each), sink)

    def fits(self, value: Any, sink: Sink) -> bool:
        """Return whether *value* can be written; asked once for each value, as unions in unions ask again and again."""
        key = (id(self), id(value))
        if key not in sink.known:
            sink.known[key] = isinstance(value, dict) and self._fits(value, sink)
        return sink.known[key]

    def from_json(self, value: Any) -> dict[str, Any]:
        """Return the record that *value* says."""
        values = self._known(value)
        missing = self.names - values.keys()
        if missing:
            raise Misfit(f"field {min(missing)!r:.60} is missing")
        return {each.name: each.type.from_json(values[each.name]) for each in self.fields}

    def to_json(self, value: Any, sink: Sink) -> dict[str, Any]:
        """Return *value* in the JSON encoding."""
        values = self._known(value)
        return {each.name: each.type.to_json(_given(values, each), sink) for each in self.fields}

    def from_default(self, value: Any) -> dict[str, Any]:
        """Return the record that *value* says; what it leaves out has the default of its field."""
        values = self._known(value)
        return {
            each.name: each.type.from_default(values[each.name]) if each.name in values else _given({}, each)
            for each in self.fields
        }

    def _fits(self, values: Mapping[str, Any], sink: Sink) -> bool:
        if not values.keys() <= self.names:
            return False
        if any(each.name not in values and not each.default for each in self.fields):
            return False
        return all(each.type.fits(values[each.name], sink) for each in self.fields if each.name in values)

    def _known(self, value: Any) -> Mapping[str, Any]:
        values = _dict(value)
        unknown = values.keys() - self.names
        if unknown:
            raise Misfit(f"{min(unknown)!r:.60} is no field of {self.name}")
        return values


def _given(values: Mapping[str, Any], member: Field) -> Any:
    if member.name in values:
        return values[member.name]
    if not member.default:
        raise Misfit(f"field {member.name!r:.60} is missing")
    return member.type.from_default(member.default[0])


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise Misfit(f"a {type(value).__name__} is no array")
    return value


def _dict(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Misfit(f"a {type(value).__name__} is no object")
    return value
