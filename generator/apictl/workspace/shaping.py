"""What the manifest wants of generated code: which operations, under which names, and clients with less in them."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from apictl.contract.trimming import Filter, Selection
from apictl.findings import Place

if TYPE_CHECKING:
    from apictl.workspace.manifest import Manifest

_FORMS: Final = {"methods": re.compile(r"[a-z][a-z0-9_]*"), "classes": re.compile(r"[A-Z][A-Za-z0-9_]*")}


def filter_of(entry: Mapping[str, Any]) -> Filter:
    """Return which operations the *entry* of a service wants."""
    return Filter(_selection(entry.get("include")), _selection(entry.get("exclude")))


def _selection(told: Mapping[str, Any] | None) -> Selection:
    told = told or {}
    return Selection(*(tuple(told.get(kind, ())) for kind in ("tags", "operations", "paths")))


def renames_of(entry: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """Return what the *entry* of a service wants to be called otherwise."""
    return tuple((kind, old, new) for kind, told in entry.get("names", {}).items() for old, new in told.items())


def shaping_flaws(path: str, name: str, manifest: Manifest) -> Iterator[tuple[Place, str]]:
    """Yield what is wrong with what the manifest at *path* wants of the code of the service *name*, and where."""
    service = next(each for each in manifest.services if each.name == name)
    place = Place(path).child("services", name)
    for index, provider in enumerate(service.clients):
        if provider not in dict(service.consumes):
            yield place.child("clients", index), f"{name!r} has no `consumes` of {provider!r}, which says what it calls"
    news: set[tuple[str, str]] = set()
    for kind, old, new in service.names:
        at = place.child("names", kind, old)
        if not _FORMS[kind].fullmatch(new) or keyword.iskeyword(new):
            yield at, f"{new!r} can't be the name of one of {kind}"
        elif old == new:
            yield at, f"{old!r} is called so already"
        elif (kind, new) in news:
            yield at, f"two of {kind} are to be called {new!r}"
        news.add((kind, new))
