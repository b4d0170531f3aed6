"""What a document refers to, and which of its components nobody reaches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Final

from apictl.readers.access import Key, items, key_of, mapping
from apictl.rules.lint.rule import AnyNode, AsyncApi, OpenApi
from apictl.rules.lint.scope import Scope

_USERS: Final = ("paths", "webhooks", "channels", "operations")
_PREFIX: Final = "/components/"
_DEPTH: Final = 4
"""Tokens of a pointer to a component, with the empty one in front."""
_ASKING: Final = (
    OpenApi.DOCUMENT, OpenApi.OPERATION, AsyncApi.SERVER, AsyncApi.OPERATION, AsyncApi.OPERATION_TRAIT,
)  # fmt: skip
"""Objects that have requirements of security, which name schemes."""


def unused_components(scope: Scope) -> Iterator[AnyNode]:
    """Yield the components that nothing but components refers to, not even through others.

    A schema that extends a used one with a discriminator is used, for values name it. Nothing is yielded for a
    document of components alone, which others refer to.
    """
    if not any(mapping(scope.root.fields.get(name)) for name in _USERS):
        return
    components = {key_of(node.place): node for node in _components(scope)}
    used = _reached(_starts(scope, components), _targets(scope, components))
    for key, node in components.items():
        if key not in used:
            yield node


def _components(scope: Scope) -> Iterator[AnyNode]:
    inventory, root = scope.inventory, scope.root
    for section, members in mapping(root.fields.get("components")).items():
        for name in mapping(members):
            node = inventory.nodes.get(key_of(root.place.child("components", section, name)))
            if node is not None:
                yield node


def _starts(scope: Scope, components: Mapping[Key, AnyNode]) -> set[Key]:
    """Return the components that something else refers to: this document outside of them, or another one."""
    links = scope.inventory.links.values()
    starts = {_owner(key_of(link.target)) for link in links if _owner(key_of(link.place)) not in components}
    starts |= {_owner(caller) for caller in scope.callers}
    place = scope.root.place.child("components", "securitySchemes")
    for node in scope.objects(*_ASKING):
        for alternative in items(node.fields.get("security")):
            starts |= {key_of(place.child(name)) for name in mapping(alternative)}
    return starts & components.keys()


def _targets(scope: Scope, components: Mapping[Key, AnyNode]) -> Mapping[Key, set[Key]]:
    """Return the components that each one leads to: by its references, and to those that values of it may name."""
    result: dict[Key, set[Key]] = {key: set() for key in components}
    for link in scope.inventory.links.values():
        owner, target = _owner(key_of(link.place)), _owner(key_of(link.target))
        if owner in result and target in result:
            result[owner].add(target)
            if _is_extension(link.place.pointer) and "discriminator" in components[target].fields:
                result[target].add(owner)
    return result


def _owner(key: Key) -> Key:
    """Return what identifies the component that the node of *key* stands in, or *key* itself outside of components."""
    path, pointer = key
    return (path, "/".join(pointer.split("/", _DEPTH)[:_DEPTH])) if pointer.startswith(_PREFIX) else key


def _is_extension(pointer: str) -> bool:
    """Whether a reference at *pointer* is a branch of `allOf` of a component itself."""
    tokens = pointer.split("/")
    return len(tokens) == _DEPTH + 2 and tokens[_DEPTH] == "allOf"


def _reached(starts: Iterable[Key], targets: Mapping[Key, AbstractSet[Key]]) -> set[Key]:
    used: set[Key] = set()
    pending = [*starts]
    while pending:
        key = pending.pop()
        if key not in used:
            used.add(key)
            pending += targets.get(key, ())
    return used
