"""Names that last: what earlier runs called things goes before every rule, and what this run calls them is noted."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, TypeAlias

from apictl.pages.python import names
from apictl.support.pointers import escape_token


class NameKind(enum.Enum):
    """What has a name; each kind has names of its own."""

    ANSWER = "answer"
    CLASS = "class"
    CLIENT = "client"
    COMPANION = "companion"
    CONSTANT = "constant"
    EVENT_CONSTANT = "event-constant"
    EVENT_METHOD = "event-method"
    EVENT_PARAMETER = "event-parameter"
    FIELD = "field"
    GROUP = "group"
    GROUP_CLASS = "group-class"
    HEADER = "header"
    MEMBER = "member"
    METHOD = "method"
    PARAMETER = "parameter"
    SCHEME = "scheme"
    STEM = "stem"


NameKey: TypeAlias = tuple[NameKind, str]
"""A kind, and what is named: wire names down to it, each escaped (RFC 6901, 3), with "/" between."""

_LONGEST_CHAIN: Final = 20
_OF_MODELS: Final = frozenset({NameKind.CLASS, NameKind.FIELD, NameKind.MEMBER})


@dataclass(frozen=True, slots=True)
class Scope:
    """Names of which no two may be alike.

    Attributes:
        kind: of all of them.
        is_plain: whether a wire name owns a name: for each name, this is so for one wire name at most, whatever else
            is there. Such a one needs no entry.
        key: what is kept of a wire name.
        others: what else it may have been kept under, the name that a rule gives it at hand.
    """

    kind: NameKind
    is_plain: Callable[[str, str], bool]
    key: Callable[[str], str] = escape_token
    others: Callable[[str], tuple[str, ...]] = lambda _: ()

    @classmethod
    def within(cls, kind: NameKind, steps: str, is_plain: Callable[[str, str], bool]) -> Scope:
        """Return the names of *kind* in what is itself kept as *steps*."""
        return cls(kind, is_plain, lambda wire: f"{steps}/{escape_token(wire)}")


@dataclass(frozen=True)
class Names:
    """The names of one service while they are chosen.

    Attributes:
        kept: what earlier runs chose.
        renames: what the manifest wants methods and classes to be called, by the name they had.
        given: what this run chose and no rule would surely choose again; grows.
        aliases: names that go on to be understood, by the one that counts; grows.
        met: renames that concern something; grows.
        before: what keys begin with; of classes and what is in them none does.
    """

    kept: Mapping[NameKey, str] = field(default_factory=lambda: MappingProxyType({}))
    renames: Mapping[NameKind, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    given: dict[NameKey, str] = field(default_factory=dict)
    aliases: dict[tuple[NameKind, str], tuple[str, ...]] = field(default_factory=dict)
    met: set[tuple[NameKind, str]] = field(default_factory=set)
    before: str = ""

    def of_receivers(self) -> Names:
        """Return the names of those who receive what the service sends: apart from its own, but of the same models."""
        return dataclasses.replace(self, before="~received/")

    def unique(
        self,
        scope: Scope,
        wire_names: Iterable[str],
        spell: Callable[[str], str],
        *,
        reserved: frozenset[str] = frozenset(),
    ) -> Mapping[str, str]:
        """Return a name for each of *wire_names*, no two alike, none in *reserved*: the one it had, where it had one.

        Of those that had none, who owns the name that *spell* gives it gets it, then the first in alphabetical order.
        """
        wires = list(dict.fromkeys(wire_names))
        chosen = self._had(scope, wires, reserved) | self._had_as_another(scope, wires, spell)
        taken = {*reserved, *chosen.values(), *self._old_names(scope.kind, chosen.values())}
        rest = [wire for wire in wires if wire not in chosen]
        for wire in sorted(rest, key=lambda wire: (not scope.is_plain(wire, spell(wire)), wire)):
            spelled = spell(wire)
            candidate, number = spelled, 2
            while candidate in taken:
                candidate, number = f"{spelled.rstrip('_')}_{number}", number + 1
            taken.add(candidate)
            chosen[wire] = candidate
        named = self._renamed(scope.kind, {wire: chosen[wire] for wire in wires}, taken)
        return self._noted(scope, named, spell)

    def apart(
        self, scope: Scope, wanted: Mapping[str, str], *, reserved: frozenset[str] = frozenset()
    ) -> Mapping[str, str]:
        """Return *wanted*, names by wire name, with digits behind each that had none and that is wanted twice."""
        chosen = self._had(scope, wanted, reserved)
        rest = {wire: name for wire, name in wanted.items() if wire not in chosen}
        taken = reserved | frozenset(chosen.values())
        owned = {wire: name for wire, name in rest.items() if name not in taken and scope.is_plain(wire, name)}
        chosen |= owned
        others = {wire: name for wire, name in rest.items() if wire not in owned}
        chosen |= names.apart(others, scope.key, reserved=taken | frozenset(owned.values()))
        return self._noted(scope, {wire: chosen[wire] for wire in wanted}, wanted.__getitem__)

    def knows(self, kind: NameKind, key: str) -> str | None:
        """Return what an earlier run called *key*, a thing of *kind*; None when nothing is kept of it."""
        return self.kept.get(self._key(kind, key))

    def note(self, kind: NameKind, key: str, name: str) -> None:
        """Keep *name* of *key*, a thing of *kind*."""
        self.given[self._key(kind, key)] = name

    def _key(self, kind: NameKind, key: str) -> NameKey:
        return kind, key if kind in _OF_MODELS else self.before + key

    def of(self, *kinds: NameKind) -> Iterator[str]:
        """Yield all that is kept of *kinds*, as texts in their order."""
        for (kind, key), name in sorted(self.kept.items(), key=lambda each: (each[0][0].value, each[0][1])):
            if kind in kinds:
                yield from (kind.value, key, name)

    def plain(self, *kinds: NameKind) -> list[list[str]]:
        """Return what this run chose of *kinds*, as plain values for `repeat`."""
        return sorted([kind.value, key, name] for (kind, key), name in self.given.items() if kind in kinds)

    def repeat(self, plain: Iterable[Iterable[str]]) -> None:
        """Choose again what `plain` gave."""
        for kind, key, name in plain:
            self.given[NameKind(kind), key] = name

    def unmet(self) -> Iterator[tuple[NameKind, str]]:
        """Yield the renames that concern nothing."""
        for kind, renames in self.renames.items():
            yield from ((kind, old) for old in renames if (kind, old) not in self.met)

    def _had(self, scope: Scope, wires: Iterable[str], reserved: frozenset[str]) -> dict[str, str]:
        chosen: dict[str, str] = {}
        taken = set(reserved)
        for wire in sorted(wires):
            name = self.knows(scope.kind, scope.key(wire))
            if name is not None and name not in taken:
                taken.add(name)
                chosen[wire] = name
        return chosen

    def _had_as_another(self, scope: Scope, wires: Iterable[str], spell: Callable[[str], str]) -> dict[str, str]:
        """Return the names that were kept under other keys: only where a rule gives the same, it is surely meant."""
        found: dict[str, str] = {}
        for wire in sorted(wires):
            if self.knows(scope.kind, scope.key(wire)) is None:
                name = spell(wire)
                kept = {self.knows(scope.kind, key) for key in scope.others(wire)}
                if name in kept and name not in found.values():
                    found[wire] = name
        return found

    def _old_names(self, kind: NameKind, present: Iterable[str]) -> Iterator[str]:
        """Yield the names that those *present* had: nothing else is called so as long as they are understood."""
        there = set(present)
        for old in self.renames.get(kind, ()):
            if self._final(kind, old) in there - {old}:
                yield old

    def _noted(self, scope: Scope, chosen: Mapping[str, str], spell: Callable[[str], str]) -> Mapping[str, str]:
        """Note those *chosen* that no rule would surely choose again, and return all."""
        for wire, name in chosen.items():
            if not scope.is_plain(wire, name) or name != spell(wire):
                self.note(scope.kind, scope.key(wire), name)
        return chosen

    def _renamed(self, kind: NameKind, chosen: dict[str, str], taken: set[str]) -> Mapping[str, str]:
        """Call those *chosen* as the manifest says, and note what they were called."""
        if kind not in self.renames:
            return chosen
        for wire, name in chosen.items():
            new = self._final(kind, name)
            if new != name and new not in taken:
                taken.add(new)
                chosen[wire] = new
        present = set(chosen.values())
        for old in self.renames[kind]:
            new = self._final(kind, old)
            if new in present and old not in present:
                self.met.add((kind, old))
                known = self.aliases.get((kind, new), ())
                self.aliases[kind, new] = tuple(dict.fromkeys([*known, old]))
        return chosen

    def _final(self, kind: NameKind, name: str) -> str:
        """Return what *name* is called after all renames; itself where they lead in a circle."""
        renames, final = self.renames.get(kind, {}), name
        for _ in range(_LONGEST_CHAIN):
            if final not in renames:
                return final
            final = renames[final]
        return name
