"""What two schemas say otherwise with the same meaning: keyword by keyword, and pairs of what stands below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from apictl.contract.schema import JsonValue
from apictl.diff.law import Effect
from apictl.diff.schemas.aspects import Aspect, Opener, Part, Roots
from apictl.diff.schemas.changes.pair import Child, Pair, Telling
from apictl.diff.schemas.changes.types import tell_types
from apictl.diff.schemas.changes.written import Written, aligned, besides, fact_of, more_of, place_of
from apictl.diff.schemas.difference import SchemaDifference, Step, ValuePath
from apictl.diff.schemas.interning import PLAIN_KEYWORDS
from apictl.diff.schemas.node import Node
from apictl.diff.schemas.prover import CONDITION, CONTAINS, ITEMS, MEMBERS
from apictl.diff.schemas.universe import Age

RESPELLED: Final = "schema-respelled"

_MAPS: Final[Mapping[str, ValuePath]] = {"properties": (), "patternProperties": (Step.OTHER,), "dependentSchemas": ()}
_TOGETHER: Final[Mapping[str, ValuePath]] = {
    "items": (Step.ITEM,),
    "unevaluatedItems": (Step.ITEM,),
    "propertyNames": (Step.KEY,),
    "additionalProperties": (Step.OTHER,),
    "unevaluatedProperties": (Step.OTHER,),
}
"""Keywords whose schemas all hold for the same part of a value, and the way there."""
_APART: Final[Mapping[str, ValuePath]] = {"not": (), "if": (), "then": (), "else": (), "contains": (Step.ITEM,)}
"""Keywords whose schemas do not hold together, and the way to what they speak of."""
_UNIONS: Final = ("anyOf", "oneOf")
_REPEATED: Final = frozenset({"allOf", "anyOf"})
"""Keywords with a list in which a schema may stand twice and say nothing more."""
_GROUPS: Final = (MEMBERS, ITEMS, CONTAINS, CONDITION, frozenset({"enum", "const"}))
"""Keywords that mean something only together."""


@dataclass(slots=True)
class Respelling:
    """Two aspects that are about the same part of a value, and what they write otherwise about it.

    Order, names of definitions and annotations make no difference.

    Attributes:
        opener: knows what schemas mean.
        old: of the old contract.
        new: of the new one.
        differences: what only one side says, or says with another value, at paths from that part of the value.
        children: what both say with schemas.
    """

    opener: Opener
    old: Aspect
    new: Aspect
    differences: list[SchemaDifference] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)

    def find(self) -> None:
        """Find everything."""
        said = {keyword for aspect in self._aspects for part in aspect.parts for keyword in part.schema}
        plain = {"enum" if keyword == "const" else keyword for keyword in said & PLAIN_KEYWORDS}
        for keyword in sorted(plain):
            self._plain(keyword)
        for keyword, path in _MAPS.items():
            self._map(keyword, path)
        self._places()
        for keyword, path in _TOGETHER.items():
            self._below(keyword, path, self._both((keyword,)))
        for keyword, path in _APART.items():
            self._apart(keyword, path)
        for keyword in _UNIONS:
            self._union(keyword)
        old, new = ([each for several in self._lists(aspect, "allOf") for each in several] for aspect in self._aspects)
        if len(old) != len(new):
            self._tell("allOf", (), more_of(old, new), more_of(new, old))

    @property
    def _aspects(self) -> tuple[Aspect, Aspect]:
        return self.old, self.new

    @property
    def _is_same(self) -> bool:
        """Whether both have the same content, so that only schemas that say nothing of their own may be new or gone."""
        return frozenset(self.old.nodes) == frozenset(self.new.nodes)

    def _plain(self, keyword: str) -> None:
        names = ("enum", "const") if keyword == "enum" else (keyword,)
        old, new = ([each for name in names for each in self._values(aspect, name)] for aspect in self._aspects)
        left, right = besides(old, new), besides(new, old)
        if left or right:
            self._tell(keyword, (), left or old[:1], right or new[:1])

    def _values(self, aspect: Aspect, keyword: str) -> Iterator[Written]:
        make = self.opener.context.interner.plain
        for part in aspect.having(keyword):
            value, place = part.schema[keyword], part.place.child(keyword)
            several: list[JsonValue] = [value]
            if keyword == "required" and isinstance(value, list):
                several = [[name] for name in value]  # schemas that hold together require the names of all
            said = (Written(make(keyword, each), value, place, keyword) for each in several)
            yield from (each for each in said if not each.node.is_true)

    def _map(self, keyword: str, path: ValuePath) -> None:
        parts = (*self.old.parts, *self.new.parts)
        for name in dict.fromkeys(name for part in parts for name in part.members(keyword)):
            self._below(keyword, path or ((name,) if keyword == "properties" else ()), self._both((keyword, name)))

    def _places(self) -> None:
        parts = (*self.old.parts, *self.new.parts)
        for index in range(max((len(part.items("prefixItems")) for part in parts), default=0)):
            self._below("prefixItems", (index,), self._both(("prefixItems", index)))

    def _apart(self, keyword: str, path: ValuePath) -> None:
        old, new = self._both((keyword,))
        left, right = besides(old, new), besides(new, old)
        if len(left) == len(right):
            for before, after in zip(left, right, strict=True):
                self._below(keyword, path, ([before], [after]))
        else:
            self._tell(keyword, (), left, right)

    def _union(self, keyword: str) -> None:
        """Tell of alternatives: pairs of branches of which none is left over on one side, else those left over."""
        old, new = (self._lists(aspect, keyword) for aspect in self._aspects)
        if len(old) != len(new):
            if self._is_same:
                return  # an only alternative is none
            said = [[each for union in unions for each in union] for unions in (old, new)]
            self._tell(keyword, (), said[0], said[1])
            return
        for before, after in zip(old, new, strict=True):
            left, right = more_of(before, after), more_of(after, before)
            if len(left) != len(right):
                self._tell(keyword, (), left, right)
                continue
            for first, second in zip(*aligned(left, right), strict=True):
                self._below(keyword, (), ([first], [second]))

    def _lists(self, aspect: Aspect, keyword: str) -> list[list[Written]]:
        return [
            [self._written(part, aspect, (keyword, index)) for index in range(len(part.items(keyword)))]
            for part in aspect.having(keyword)
        ]

    def _both(self, steps: tuple[str | int, ...]) -> tuple[list[Written], list[Written]]:
        """Return the schemas at *steps* on both sides, without those that say nothing."""
        old, new = (
            [self._written(part, aspect, steps) for part in aspect.parts if _has(part, steps)]
            for aspect in self._aspects
        )
        return [each for each in old if not each.node.is_true], [each for each in new if not each.node.is_true]

    def _written(self, part: Part, aspect: Aspect, steps: tuple[str | int, ...]) -> Written:
        root = part.root(*steps)
        node = self.opener.context.universe.node(root.schema, aspect.age)
        return Written(node, root.schema, root.place, str(steps[0]))

    def _below(self, keyword: str, path: ValuePath, both: tuple[list[Written], list[Written]]) -> None:
        """Go on with schemas that hold together on each side; tell of them when there is nothing to go into."""
        old, new = both
        wording = self.opener.context.universe.wording
        if [wording(each.root.schema, Age.OLD) for each in old] == [wording(each.root.schema, Age.NEW) for each in new]:
            return
        if old and new and not any(each.node.is_false for each in (*old, *new)):
            self.children.append(Child(path, tuple(each.root for each in old), tuple(each.root for each in new)))
        else:
            # A keyword is said of what holds it; a member or item that one side doesn't declare is spoken of itself.
            self._tell(keyword, path if keyword in ("properties", "prefixItems") else (), old, new)

    def _tell(self, keyword: str, path: ValuePath, old: list[Written], new: list[Written]) -> None:
        if self._is_same and keyword not in _REPEATED:
            return
        facts: dict[str, JsonValue] = {"keyword": next((each.keyword for each in (*new, *old)), keyword)}
        facts |= {"old": fact_of(old), "new": fact_of(new), "was_there": bool(old), "is_there": bool(new)}
        places = (place_of(old) or self.old.spot(keyword), place_of(new) or self.new.spot(keyword))
        self.differences.append(SchemaDifference(RESPELLED, Effect.NEUTRAL, path, *places, MappingProxyType(facts)))


def respelled_here(opener: Opener, old: Roots, new: Roots) -> Iterator[tuple[SchemaDifference, Effect]]:
    """Yield what is written otherwise about a part of a value of which *old* and *new* don't allow the same.

    With the effect that it has: what has none is written otherwise, and no more.
    """
    whole = Pair(opener.open(old, Age.OLD), opener.open(new, Age.NEW), opener)
    common = tell_types(whole, Telling())
    if common is None:
        return  # everything is another, not written otherwise
    spoken = whole.restricted(common)
    respelling = Respelling(opener, spoken.old, spoken.new)
    respelling.find()
    for difference in respelling.differences:
        keyword = str(difference.facts["keyword"])
        group = next((each for each in _GROUPS if keyword in each), frozenset({keyword}))
        # What a keyword does to values of one type alone is not all that it does.
        yield difference, whole.effect_of(*(_saying(opener, aspect, group) for aspect in (spoken.old, spoken.new)))


def _saying(opener: Opener, aspect: Aspect, keywords: frozenset[str]) -> tuple[Node, ...]:
    """Return what *aspect* says with *keywords* as they are written: a node may say the same with another one."""
    said = (
        {name: value for name, value in part.schema.items() if name in keywords}
        for part in aspect.parts
        if part.schema.keys() & keywords
    )
    return tuple(opener.context.universe.node(each, aspect.age) for each in said)


def _has(part: Part, steps: tuple[str | int, ...]) -> bool:
    match steps:
        case (str(keyword), int(index)):
            return index < len(part.items(keyword))
        case (str(keyword), str(name)):
            return name in part.members(keyword)
        case _:
            return isinstance(part.schema.get(str(steps[0])), dict | bool)
