"""`server.py` and `sample.py` of a large contract: a part for each group of operations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from apictl.emitters.server.views import GroupView, ServerPartView, ServerView
from apictl.pages.page import Deferred, Page
from apictl.pages.python.parts import module_name
from apictl.pages.python.remembering import Remembering
from apictl.pages.python.spelling import SpelledContract, SpelledGroup
from apictl.pages.python.surfaces import part_view

_SERVER = "_server"
_SAMPLE = "_sample"


@dataclass(frozen=True, slots=True)
class Making:
    """How the service of a group is made.

    Attributes:
        group: with all that its methods take and say.
        remembered: what earlier runs made of operations.
    """

    group: Callable[[SpelledGroup], GroupView]
    remembered: Remembering

    def part(self, group: SpelledGroup, whole: ServerView) -> Deferred:
        """Return the service of *group*, a part of *whole*."""
        told = (group.tag, group.description, group.attribute, group.class_stem)
        key = self.remembered.key(*group.operations, beside=(whole.header, whole.package, told))
        return Deferred(key, lambda: self._part(group, whole))

    def _part(self, group: SpelledGroup, whole: ServerView) -> ServerPartView:
        has_principal = any(operation.takes_principal for operation in group.operations)
        return ServerPartView(whole.header, whole.package, has_principal, (self.group(group),))


def parted(spelled: SpelledContract, whole: ServerView, making: Making, *, is_external: bool) -> Iterator[Page]:
    """Yield the modules, of which *whole* is what stands around the services of groups, and their parts."""
    modules = {module_name(group.attribute): group for group in spelled.groups}
    groups = dict(zip(modules, whole.groups, strict=True))
    view = replace(
        whole,
        parts=tuple(part_view(f"{_SERVER}.{module}", [str(group.service)]) for module, group in groups.items()),
        samples=tuple(part_view(f"{_SAMPLE}.{module}", [str(group.sample)]) for module, group in groups.items()),
    )
    deferred = {module: making.part(group, whole) for module, group in modules.items()}
    folder = spelled.folder
    yield Page(f"server/parted_{'fake' if is_external else 'sample'}.py.jinja", view, folder / "sample.py")
    yield Page("server/samples.py.jinja", view, folder / _SAMPLE / "__init__.py")
    for module, part in deferred.items():
        yield Page("server/sample_part.py.jinja", part, folder / _SAMPLE / f"{module}.py")
    if is_external:
        return
    yield Page("server/parted_server.py.jinja", view, folder / "server.py")
    yield Page("server/folder.py.jinja", view, folder / _SERVER / "__init__.py")
    for module, part in deferred.items():
        yield Page("server/part.py.jinja", part, folder / _SERVER / f"{module}.py")
