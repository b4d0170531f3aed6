"""Which other documents a tree refers to, without asking what its nodes mean."""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Place
from apictl.source.references import Address, address_of
from apictl.source.tree import JsonValue


def outgoing(base: Place, tree: JsonValue) -> Iterator[Address]:
    """Yield where the references of *tree* lead to outside of its document, even those that are data."""
    waiting = [tree]
    while waiting:
        match waiting.pop():
            case dict() as members:
                for reference in _references(members):
                    address = address_of(base, reference)
                    if isinstance(address, Address):
                        yield address
                waiting.extend(each for each in members.values() if isinstance(each, dict | list))
            case list() as items:
                waiting.extend(each for each in items if isinstance(each, dict | list))
            case _:
                pass


def _references(members: dict[str, JsonValue]) -> Iterator[str]:
    found = [members.get("$ref"), members.get("operationRef")]
    if isinstance(mapping := members.get("mapping"), dict):  # of a discriminator: names of components, or references
        found += [each for each in mapping.values() if isinstance(each, str) and ("/" in each or "." in each)]
    yield from (each for each in found if isinstance(each, str) and not each.startswith("#"))
