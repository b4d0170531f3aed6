"""Which contracts become modules kept in parts, and what each part is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from apictl.findings import Place
from apictl.pages.python import names
from apictl.pages.python.spelling import SpelledContract

_MANY_DEFINITIONS: Final = 250
"""So many classes take a quarter of a second to make, which nobody should pay for who needs a few of them."""

_MANY_OPERATIONS: Final = 150
_DEPTH: Final = 3
"""Steps of a pointer down to what has a name: `/components/schemas/Pet`, `/paths/~1pets/get`."""

_DEVICES: Final = frozenset({"con", "prn", "aux", "nul", *(f"{each}{n}" for each in ("com", "lpt") for n in range(10))})
"""No file may be called so on Windows, whatever its suffix."""


def is_parted(spelled: SpelledContract) -> bool:
    """Whether the modules of *spelled* are kept in parts: whole, they would take long to import.

    Names are imported from the same places either way.
    """
    has_models = spelled.package == spelled.root
    many_definitions = has_models and len(spelled.class_names) > _MANY_DEFINITIONS
    return many_definitions or len(spelled.operations) > _MANY_OPERATIONS


def operation_parts(spelled: SpelledContract) -> Mapping[str, str]:
    """Return the name of the part of each operation, by its id: that of its method."""
    return {operation.operation.id: module_name(operation.function) for operation in spelled.operations}


def definition_parts(spelled: SpelledContract) -> Mapping[str, str]:
    """Return the name of the part of each definition: that of what it is written in, be it itself.

    So the schemas within a component are in its part, and those of an operation in one. No other component or
    operation has a say, unless both would be called the same.
    """
    roots = {name: _root(each.place) for name, each in spelled.contract.definitions.items()}
    wanted = {root: names.snake(_last(root[1]) or root[0], "part") for root in roots.values()}
    wanted |= {
        root: names.snake(spelled.class_names[name], "part")
        for name, root in roots.items()
        if _at(spelled.contract.definitions[name].place) == root and not _is_view(spelled, name)
    }
    functions = {_at(each.operation.place): each.function for each in spelled.operations}
    wanted |= {root: function for root, function in functions.items() if root in wanted}
    chosen = names.apart({root: module_name(name) for root, name in wanted.items()}, "#".join)
    return {name: chosen[root] for name, root in roots.items()}


def module_name(name: str) -> str:
    """Return *name*, in snake_case, as that of a module on every file system."""
    return f"{name}_" if name in _DEVICES else name


def _is_view(spelled: SpelledContract, name: str) -> bool:
    return spelled.contract.definitions[name].origin not in {"", name}


def _at(place: Place) -> tuple[str, str]:
    return place.path, place.pointer


def _root(place: Place) -> tuple[str, str]:
    return place.path, "/".join(place.pointer.split("/")[: _DEPTH + 1])


def _last(pointer: str) -> str:
    return pointer.rpartition("/")[2]
