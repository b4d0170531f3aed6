"""Definitions in parts: modules that are imported only when one of their names is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from apictl.contract.circles import components
from apictl.emitters.models.imports import Imports
from apictl.emitters.models.module import Written, in_order
from apictl.pages.nodes import DocText, Literal

FOLDER = "_models"


@dataclass(frozen=True, slots=True)
class Part:
    """A module of definitions.

    Attributes:
        name: of the module.
        definitions: wire names, in the order in which they stand in it.
        text: of the module.
    """

    name: str
    definitions: tuple[str, ...]
    text: str


def model_parts(
    written: Mapping[str, Written], wanted: Mapping[str, str], names: Mapping[str, str], *, package: str
) -> Iterator[Part]:
    """Yield the parts of the definitions *written*, sorted by name.

    Args:
        written: by wire name, in the contract's order.
        wanted: the name of the part of each; parts that can't be imported one after the other become one.
        names: class names by wire name.
        package: dotted path.
    """
    places = _importable(written, wanted)
    members: dict[str, list[str]] = {}
    for name, part in places.items():
        members.setdefault(part, []).append(name)
    writing = _Writing(names, frozenset(names.values()), places, written, package)
    for part, inside in sorted(members.items()):
        ordered = tuple(in_order(written[name] for name in inside))
        yield Part(part, tuple(each.wire_name for each in ordered), writing.text(ordered))


def _importable(written: Mapping[str, Written], wanted: Mapping[str, str]) -> Mapping[str, str]:
    """Return the part of each definition, such that no two need each other while they are imported."""
    edges: dict[str, set[str]] = {part: set() for part in sorted(wanted.values())}
    for name, each in written.items():
        edges[wanted[name]] |= {wanted[needed] for needed in each.needed} - {wanted[name]}
    joined = {part: min(circle) for circle in components(edges) for part in circle}
    return {name: joined[wanted[name]] for name in written}


@dataclass(frozen=True, slots=True)
class _Writing:
    names: Mapping[str, str]
    taken: frozenset[str]
    places: Mapping[str, str]
    written: Mapping[str, Written]
    package: str

    def text(self, written: Sequence[Written]) -> str:
        """Return the module of what is *written* in it."""
        inside = {each.wire_name for each in written}
        needed = sorted({name for each in written for name in each.needed} - inside)
        later = sorted({name for each in written for name in each.mentioned} - inside - {*needed})
        used = {name for each in written for name in each.used}
        used |= ({"complete"} if needed or later else set()) | ({"TYPE_CHECKING"} if later else set())
        imports = Imports(self.taken, f"{self.package}._support", used)
        shown = ", ".join(f"`{self.names[each.wire_name]}`" for each in written[:3])
        more = f" and {len(written) - 3} more" if len(written) > 3 else ""  # noqa: PLR2004
        blocks = [f'"""{DocText(shown + more + ".", 0)}"""\n', imports.text()]
        if needed or later:
            blocks.append(f"from {self.package} import models")
        blocks += [f"from {self.package}.{FOLDER}.{self.places[name]} import {self.names[name]}" for name in needed]
        if later:
            listed = ", ".join(sorted(self.names[name] for name in later))
            blocks.append(f"\nif TYPE_CHECKING:\n    from {self.package}.models import {listed}")
        blocks += [f"\n{each.text}" for each in written]
        if needed or later:
            names = " ".join(sorted(self.names[name] for name in {*later, *self._inherited(written)} - inside))
            blocks.append(f"\n{imports.name('complete')}(globals(), models, {Literal(names)})")
        return "\n".join(blocks)

    def _inherited(self, written: Sequence[Written]) -> frozenset[str]:
        """Return what the annotations mention that *written* may inherit."""
        found: set[str] = set()
        waiting = [name for each in written for name in each.needed]
        seen: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                found |= self.written[name].mentioned
                waiting.extend(self.written[name].needed)
        return frozenset(found)
