"""`client.py` of a large contract: a part for each group of operations."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from apictl.emitters.client.class_names import ClassNames
from apictl.emitters.client.views import ClientPageView, GroupView
from apictl.pages.nodes import CommentText, DottedName
from apictl.pages.page import Deferred, Page
from apictl.pages.python.parts import module_name
from apictl.pages.python.remembering import Remembering
from apictl.pages.python.spelling import SpelledContract, SpelledGroup
from apictl.pages.python.surfaces import part_view

_FOLDER = "_client"


@dataclass(frozen=True, slots=True)
class ClientPartView:
    """A part: the classes of one group."""

    header: CommentText
    package: DottedName
    groups: tuple[GroupView, ...]


class MakeGroup(Protocol):
    """How one class of a group is made."""

    def __call__(self, group: SpelledGroup, names: ClassNames, /, *, is_async: bool) -> GroupView:
        """Return the class of *group*."""


@dataclass(frozen=True, slots=True)
class Making:
    """How the classes of a group are made.

    Attributes:
        group: one of the two.
        names: of classes and methods.
        remembered: what earlier runs made of operations.
    """

    group: MakeGroup
    names: ClassNames
    remembered: Remembering

    def part(self, group: SpelledGroup, whole: ClientPageView) -> Deferred:
        """Return both classes of *group*, a part of *whole*."""
        told = (group.tag, group.description, group.class_stem, self.names.group(group, is_async=False))
        named = tuple(map(self.names.of, group.operations))
        key = self.remembered.key(*group.operations, beside=(whole.header, whole.package, told, named))
        return Deferred(key, lambda: ClientPartView(whole.header, whole.package, tuple(self._classes(group))))

    def _classes(self, group: SpelledGroup) -> Iterator[GroupView]:
        for is_async in (False, True):
            yield self.group(group, self.names, is_async=is_async)


def parted(spelled: SpelledContract, whole: ClientPageView, making: Making) -> Iterator[Page]:
    """Yield `client.py`, of which *whole* is what stands around the classes of groups, and its parts."""
    modules = {module_name(group.attribute): group for group in spelled.groups}
    parts = [
        part_view(f"{_FOLDER}.{module}", [making.names.group(group, is_async=is_async) for is_async in (False, True)])
        for module, group in modules.items()
    ]
    view = dataclasses.replace(whole, parts=tuple(parts))
    yield Page("client/parted.py.jinja", view, spelled.folder / "client.py")
    init = ClientPartView(whole.header, whole.package, ())
    yield Page("client/folder.py.jinja", init, spelled.folder / _FOLDER / "__init__.py")
    for module, group in modules.items():
        path = spelled.folder / _FOLDER / f"{module}.py"
        yield Page("client/part.py.jinja", making.part(group, whole), path)
