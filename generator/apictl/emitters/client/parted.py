"""`client.py` of a large contract: a part for each group of operations."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from apictl.emitters.client.views import ClientPageView, GroupView
from apictl.pages.nodes import CommentText, DottedName
from apictl.pages.page import Page
from apictl.pages.python.parts import module_name
from apictl.pages.python.spelling import SpelledContract
from apictl.pages.python.surfaces import part_view

_FOLDER = "_client"


@dataclass(frozen=True, slots=True)
class ClientPartView:
    """A part: the classes of one group."""

    header: CommentText
    package: DottedName
    groups: tuple[GroupView, ...]


def parted(spelled: SpelledContract, whole: ClientPageView, folder: PurePosixPath) -> Iterator[Page]:
    """Yield `client.py`, which *whole* would show in one piece, and its parts."""
    count = len(spelled.groups)
    pairs = list(zip(whole.groups[:count], whole.groups[count:], strict=True))
    modules = [module_name(group.attribute) for group in spelled.groups]
    named = zip(modules, pairs, strict=True)
    parts = [part_view(f"{_FOLDER}.{module}", [str(group.name) for group in pair]) for module, pair in named]
    view = dataclasses.replace(whole, groups=(), parts=tuple(parts))
    yield Page("client/parted.py.jinja", view, folder / "client.py")
    init = ClientPartView(whole.header, whole.package, ())
    yield Page("client/folder.py.jinja", init, folder / _FOLDER / "__init__.py")
    for module, pair in zip(modules, pairs, strict=True):
        part = ClientPartView(whole.header, whole.package, pair)
        yield Page("client/part.py.jinja", part, folder / _FOLDER / f"{module}.py")
