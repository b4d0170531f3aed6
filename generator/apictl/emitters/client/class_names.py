"""Names of the client's classes and methods: no two alike, whatever tags, operations and service are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from apictl.contract.security import SecurityKind
from apictl.pages.python.companions import companions
from apictl.pages.python.keeping import NameKind
from apictl.pages.python.naming import tag_key
from apictl.pages.python.spelling import SpelledContract, SpelledGroup, SpelledOperation

FETCHED: Final = frozenset({SecurityKind.OAUTH2, SecurityKind.OPENID_CONNECT})
"""Schemes whose credential is a token that a client can get by itself."""


@dataclass(frozen=True, slots=True)
class ClassNames:
    """The classes of `client.py`; each has an asynchronous twin.

    Attributes:
        client: of the whole service, as `PricingClient`.
        groups: by attribute, as `quotes` → `QuotesClient`.
        iterations: by method, as `list_quotes` → `iterate_list_quotes`.
        streams: by method, as `get_receipt` → `stream_get_receipt`.
        fetched: names, in the contract, of the schemes whose credential is a token that the client can get by itself.
        renamed: names that methods had, by the one that they have.
    """

    client: str
    groups: Mapping[str, str]
    iterations: Mapping[str, str]
    streams: Mapping[str, str]
    fetched: frozenset[str]
    renamed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def group(self, group: SpelledGroup, *, is_async: bool) -> str:
        """Return the class of *group*, or its twin."""
        name = self.groups[group.attribute]
        return asynchronous(name) if is_async else name

    def of(self, operation: SpelledOperation) -> tuple[object, ...]:
        """Return all that decides about the methods of *operation*."""
        function = operation.function
        known = self.iterations.get(function), self.streams.get(function), self.renamed.get(function)
        return (*known, sorted(self.fetched))


def asynchronous(name: str) -> str:
    """Return the name of the asynchronous twin of *name*."""
    return f"Async{name}"


def class_names(spelled: SpelledContract) -> ClassNames:
    """Return the names; the service has its own before any tag: a new tag renames no client."""
    client = f"{spelled.stem}Client"
    fetched = frozenset(each.scheme.name for each in spelled.schemes if each.scheme.kind in FETCHED)
    renamed = {name: olds for (kind, name), olds in spelled.names.aliases.items() if kind is NameKind.METHOD}
    return ClassNames(
        client,
        _group_classes(spelled, client),
        companions(spelled, "iterate"),
        companions(spelled, "stream"),
        fetched,
        renamed,
    )


def _group_classes(spelled: SpelledContract, client: str) -> Mapping[str, str]:
    """Return the class of each group, those first that had one, and last those that may be a twin of another."""
    taken = {client, asynchronous(client)}
    groups: dict[str, str] = {}
    names = spelled.names

    def rank(group: SpelledGroup) -> tuple[bool, bool, str]:
        is_new = names.knows(NameKind.CLIENT, tag_key(group.tag)) is None
        return is_new, group.class_stem.startswith(asynchronous("")), group.class_stem

    for group in sorted(spelled.groups, key=rank):
        key, plain = tag_key(group.tag), f"{group.class_stem}Client"
        name = names.knows(NameKind.CLIENT, key) or plain
        while {name, asynchronous(name)} & taken:
            name = f"{name.removesuffix('Client')}GroupClient"
        groups[group.attribute] = name
        taken |= {name, asynchronous(name)}
        if name != plain or name.startswith(asynchronous("")):
            names.note(NameKind.CLIENT, key, name)
    return groups
