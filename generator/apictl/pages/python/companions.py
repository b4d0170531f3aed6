"""Methods of the client besides the one that an operation has of its own."""

from __future__ import annotations

from collections.abc import Mapping

from apictl.pages.python.identities import operation_key
from apictl.pages.python.keeping import NameKind
from apictl.pages.python.spelling import SpelledContract


def companions(spelled: SpelledContract, prefix: str) -> Mapping[str, str]:
    """Return the name of another method for each method of the client: *prefix* and its name.

    An operation that was called so before keeps its name; no name of an operation ends in "_" there.
    """
    functions = {operation.function for operation in spelled.operations}
    chosen: dict[str, str] = {}
    for operation in spelled.operations:
        plain = f"{prefix}_{operation.function}"
        key = f"{operation_key(operation.operation)}/{prefix}"
        kept = spelled.names.knows(NameKind.COMPANION, key)
        name = f"{plain}_" if plain in functions or kept == f"{plain}_" else plain
        if name != plain:
            spelled.names.note(NameKind.COMPANION, key, name)
        chosen[operation.function] = name
    return chosen
