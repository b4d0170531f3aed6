"""Contract to `models.py`, and to its parts where it would be long."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import Final

from apictl.emitters.models.classes import model_module, renamed_classes
from apictl.emitters.models.parts import FOLDER, Part, model_parts
from apictl.emitters.models.shaping import LastingNames, shapes
from apictl.emitters.models.units import written_apart
from apictl.pages.memory import Memory, key_of
from apictl.pages.nodes import CommentText, DocText, DottedName, Identifier, Literal, Module
from apictl.pages.page import Deferred, Page, PageSet
from apictl.pages.python import docs
from apictl.pages.python.keeping import NameKind
from apictl.pages.python.parts import definition_parts, is_parted
from apictl.pages.python.remembering import Remembering, remembering
from apictl.pages.python.spelling import SpelledContract
from apictl.pages.python.surfaces import AliasView, SurfaceView, part_view

_INSIDE: Final = (NameKind.FIELD, NameKind.MEMBER)
"""What is named within a definition."""


@dataclass(frozen=True, slots=True)
class ModelsView:
    """`models.py`, or a part of it: its classes arrive finished."""

    header: CommentText
    module: Module


def emit(spelled: SpelledContract, remembered: Remembering | None = None) -> PageSet:
    """Return the pages of the values that the contract exchanges; what is *remembered* is not made again."""
    folder = PurePosixPath("python") / spelled.package
    if is_parted(spelled):
        return PageSet(tuple(_parted(spelled, folder, remembered or remembering(spelled, Memory()))))
    text = model_module(
        {name: definition.schema for name, definition in spelled.contract.definitions.items()},
        spelled.class_names,
        docstring=f"The values that {docs.one_line(spelled.contract.title)} exchanges.",
        support=f"{spelled.package}._support",
        lasting=_lasting(spelled),
    )
    view = ModelsView(docs.header(spelled), Module(text))
    return PageSet((Page("models/models.py.jinja", view, folder / "models.py"),))


def name_members(spelled: SpelledContract) -> None:
    """Choose the names of all attributes and members, and write nothing."""
    schemas = {name: each.schema for name, each in spelled.contract.definitions.items()}
    shapes(schemas, reserved=frozenset(spelled.class_names.values()), lasting=_lasting(spelled))


def _parted(spelled: SpelledContract, folder: PurePosixPath, remembered: Remembering) -> Iterator[Page]:
    """Yield `models.py` and its parts."""
    parts, header = tuple(_parts(spelled, remembered)), docs.header(spelled)
    yield Page("models/parted.py.jinja", _deferred_surface(spelled, parts), folder / "models.py")
    yield Page("models/folder.py.jinja", _surface(spelled, ()), folder / FOLDER / "__init__.py")
    for part in parts:
        view = Deferred(key_of("part", str(header), part.text), partial(_part, header, part.text))
        yield Page("models/models.py.jinja", view, folder / FOLDER / f"{part.name}.py")


def _part(header: CommentText, text: str) -> ModelsView:
    return ModelsView(header, Module(text))


def _parts(spelled: SpelledContract, remembered: Remembering) -> Iterator[Part]:
    """Yield the parts; where no definition has changed at all, nothing is looked at."""
    names, places, memory = spelled.class_names, definition_parts(spelled), remembered.memory
    lasting = _lasting(spelled)
    said = [part for name, text in remembered.said.items() for part in (name, names[name], places[name], text)]
    said += (spelled.package, repr(sorted(lasting.keys.items())))
    known = memory.recall(key_of("models", *said, *lasting.names.of(*_INSIDE)))
    if known is not None:
        for unit in known["units"]:
            memory.retain(unit)
        lasting.names.repeat(known["names"])
        yield from (Part(name, tuple(definitions), text) for name, definitions, text in known["parts"])
        return
    before = {*memory.kept}
    schemas = {name: each.schema for name, each in spelled.contract.definitions.items()}
    made = shapes(schemas, reserved=frozenset(names.values()), lasting=lasting)
    written = written_apart(made, names, memory, support=f"{spelled.package}._support")
    units = sorted(memory.kept.keys() - before)
    parts = tuple(model_parts(written, places, names, package=spelled.package))
    plain = [[part.name, [*part.definitions], part.text] for part in parts]
    given = lasting.names.plain(*_INSIDE)
    # By the names that were chosen: the next run has them from the lock, and would choose no others.
    key = key_of("models", *said, *itertools.chain.from_iterable(given))
    memory.keep(key, {"parts": plain, "units": units, "names": given})
    yield from parts


def _lasting(spelled: SpelledContract) -> LastingNames:
    """Return what the attributes of classes and the members of enums are known by."""
    return LastingNames(spelled.names, {name: each.key for name, each in spelled.identities.items()})


def _deferred_surface(spelled: SpelledContract, parts: tuple[Part, ...]) -> Deferred:
    """Return the view of `models.py`, which changes with the names of classes only."""
    named = [
        name for part in parts for name in (part.name, *map(spelled.class_names.__getitem__, part.definitions), "")
    ]
    renamed = [name for pair in renamed_classes(spelled.names) for name in pair]
    title = docs.one_line(spelled.contract.title)
    key = key_of("models surface", str(docs.header(spelled)), spelled.package, title, *renamed, "", *named)
    return Deferred(key, lambda: _surface(spelled, parts))


def _surface(spelled: SpelledContract, parts: tuple[Part, ...]) -> SurfaceView:
    renamed = renamed_classes(spelled.names) if parts else ()
    homes = {spelled.class_names[name]: f"{FOLDER}.{part.name}" for part in parts for name in part.definitions}
    return SurfaceView(
        header=docs.header(spelled),
        package=DottedName(spelled.package),
        title=DocText(docs.one_line(spelled.contract.title), 0),
        parts=tuple(
            part_view(f"{FOLDER}.{part.name}", sorted(spelled.class_names[name] for name in part.definitions))
            for part in parts
        ),
        aliases=tuple(AliasView(DottedName(homes[new]), Identifier(old), Identifier(new)) for old, new in renamed),
        renamed=Literal(dict(renamed)),
    )
