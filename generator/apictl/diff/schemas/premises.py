"""What is known of a value that several nodes allow at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final, Literal

from apictl.contract.schema import JsonValue
from apictl.contract.values.conjunction import identity, is_number, type_of
from apictl.diff.schemas.members import Members, members_of
from apictl.diff.schemas.node import ATOMS, NUMBERS, Node

_CONSTANTS: Final[dict[str, tuple[JsonValue, ...]]] = {"null": (None,), "boolean": (False, True)}
"""The values of the types that have few."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit of numbers.

    Attributes:
        number: that is not passed.
        is_exclusive: nor reached.
    """

    number: Fraction
    is_exclusive: bool


class Premises:
    """Nodes that all hold for one value, with references and `allOf` opened."""

    def __init__(self, nodes: Iterable[Node], content: Callable[[Node], Node]) -> None:
        """Open *nodes*; *content* says what a recursive definition means."""
        self._content = content
        parts: dict[Node, None] = {}
        opened: set[Node] = set()
        waiting = list(nodes)
        while waiting:
            said = waiting.pop()
            if said in opened:
                continue
            node = content(said)
            is_new = node not in opened
            opened |= {said, node}
            if not is_new:
                continue
            waiting.extend(node.listed.get("allOf", ()))
            if not node.is_true and set(node.keywords()) != {"allOf"}:
                parts[node] = None
        self.parts: tuple[Node, ...] = tuple(sorted(parts, key=lambda node: node.number))
        self.opened = frozenset(opened)
        self.key = tuple(part.number for part in self.parts)

    @cached_property
    def atoms(self) -> frozenset[str]:
        """The types that a value may have, as far as scalars and texts alone tell."""
        atoms = ATOMS
        for part in self.parts:
            if part.is_false:
                return frozenset()
            declared = part.plain.get("type")
            if isinstance(declared, list):
                atoms &= frozenset(str(name) for name in declared)
            refused = part.single.get("not")
            if refused is not None and refused.plain.keys() == {"type"} and set(refused.keywords()) == {"type"}:
                names = refused.plain["type"]
                atoms -= frozenset(map(str, names if isinstance(names, list) else ()))
        listed = self._listed
        if listed is not None:
            kinds = {_atom(value) for value in listed.values()}
            atoms &= frozenset(kinds)
        return frozenset(atom for atom in atoms if not self._is_contradicted(atom))

    @cached_property
    def values(self) -> dict[str, JsonValue] | None:
        """All values by identity, perhaps too many; None when they are not counted."""
        listed = self._listed
        if listed is not None:
            return {key: value for key, value in listed.items() if _atom(value) in self.atoms}
        if self.atoms <= _CONSTANTS.keys():
            return {identity(value): value for atom in sorted(self.atoms) for value in _CONSTANTS[atom]}
        return None

    @cached_property
    def _listed(self) -> dict[str, JsonValue] | None:
        found: dict[str, JsonValue] | None = None
        for enumerated in self.every("enum"):
            here = {identity(value): value for value in (enumerated if isinstance(enumerated, list) else ())}
            found = here if found is None else {key: value for key, value in found.items() if key in here}
        return found

    def every(self, keyword: str) -> Iterator[JsonValue]:
        """Yield what each part says with the plain *keyword*."""
        return (part.plain[keyword] for part in self.parts if keyword in part.plain)

    def singles(self, keyword: str) -> list[Node]:
        """Return the nodes of *keyword* in the parts."""
        return [part.single[keyword] for part in self.parts if keyword in part.single]

    def least(self, keyword: str) -> int:
        """Return the greatest lower limit that *keyword* sets; 0 when there is none."""
        return max((int(value) for value in self.every(keyword) if is_number(value)), default=0)

    def most(self, keyword: str) -> int | None:
        """Return the least upper limit that *keyword* sets; None when there is none."""
        return min((int(value) for value in self.every(keyword) if is_number(value)), default=None)

    @cached_property
    def required(self) -> frozenset[str]:
        """The names that an object must have."""
        return frozenset(
            str(name) for names in self.every("required") for name in (names if isinstance(names, list) else ())
        )

    @cached_property
    def members(self) -> tuple[Members, ...]:
        """What each part says about the members of an object."""
        found = (members_of(part, self._content) for part in self.parts)
        return tuple(each for several in found for each in several)

    @cached_property
    def closed_names(self) -> frozenset[str] | None:
        """The only names that an object may have; None when others are allowed too."""
        closed = [frozenset(each.named) for each in self.members if each.rest.is_false and not each.patterns]
        return frozenset.intersection(*closed) if closed else None

    def low(self) -> Bound | None:
        """Return the greatest lower limit of a number."""
        return self._bound("minimum", "exclusiveMinimum", 1)

    def high(self) -> Bound | None:
        """Return the least upper limit of a number."""
        return self._bound("maximum", "exclusiveMaximum", -1)

    def _bound(self, inclusive: str, exclusive: str, sign: Literal[1, -1]) -> Bound | None:
        bounds = [Bound(Fraction(value), is_exclusive=False) for value in self.every(inclusive) if is_number(value)]
        bounds += [Bound(Fraction(value), is_exclusive=True) for value in self.every(exclusive) if is_number(value)]
        return max(bounds, key=lambda bound: (bound.number * sign, bound.is_exclusive), default=None)

    def _is_contradicted(self, atom: str) -> bool:
        """Whether limits leave no value of the type *atom*."""
        match atom:
            case "string":
                return _crosses(self.least("minLength"), self.most("maxLength"))
            case "array":
                return _crosses(self.least("minItems"), self.most("maxItems"))
            case "object":
                return _crosses(max(self.least("minProperties"), len(self.required)), self.most("maxProperties"))
            case "integer" | "fraction":
                low, high = self.low(), self.high()
                if low is None or high is None:
                    return False
                touches = low.number == high.number
                is_empty = low.number > high.number or (touches and (low.is_exclusive or high.is_exclusive))
                return is_empty or (touches and (low.number.denominator == 1) == (atom == "fraction"))
            case _:
                return False


def numbers_only(atoms: frozenset[str]) -> frozenset[str]:
    """Return the types of numbers among *atoms*."""
    return atoms & NUMBERS


def _crosses(least: int, most: int | None) -> bool:
    return most is not None and least > most


def _atom(value: JsonValue) -> str:
    kind = type_of(value)
    return "fraction" if kind == "number" else kind
