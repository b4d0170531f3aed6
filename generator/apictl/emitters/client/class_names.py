"""Names of the client's classes: no two alike, whatever tags and service are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from apictl.pages.python.spelling import SpelledContract


@dataclass(frozen=True, slots=True)
class ClassNames:
    """The classes of `client.py`; each has an asynchronous twin.

    Attributes:
        client: of the whole service, as `PricingClient`.
        groups: by attribute, as `quotes` → `QuotesClient`.
    """

    client: str
    groups: Mapping[str, str]


def asynchronous(name: str) -> str:
    """Return the name of the asynchronous twin of *name*."""
    return f"Async{name}"


def class_names(spelled: SpelledContract) -> ClassNames:
    """Return the names; the service has its own before any tag: a new tag renames no client."""
    client = f"{spelled.stem}Client"
    taken = {client, asynchronous(client)}
    groups: dict[str, str] = {}
    for group in sorted(spelled.groups, key=lambda group: group.class_stem):
        stem = group.class_stem
        while {f"{stem}Client", asynchronous(f"{stem}Client")} & taken:
            stem += "Group"
        groups[group.attribute] = f"{stem}Client"
        taken |= {f"{stem}Client", asynchronous(f"{stem}Client")}
    return ClassNames(client, groups)
