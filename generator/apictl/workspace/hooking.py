"""The hook of a workspace: a program that changes contracts before anything is generated."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from apictl.contract.contract import Contract
from apictl.contract.schema import referenced_names
from apictl.contract.trimming import trimmed
from apictl.errors import ApictlError
from apictl.workspace.programs import TooLong, program, silence, time_limit, told_of

SECONDS: Final = 60.0
"""How long a hook may take for one contract."""
_NAME: Final = "contract"
_USE: Final = "`hooks` in apictl.yaml is a Python file with a function contract(contract)"
_SHOWN: Final = 60


def hooked(contract: Contract, root: Path, path: str) -> Contract:
    """Return what the function `contract` of the program at *path* makes of *contract*.

    Operations that it leaves out leave the source document, too. The program is run: whoever calls this trusts it.

    Raises:
        ApictlError: it has no such function, fails, or makes no whole contract.
    """
    function = getattr(program(root, path, _USE), _NAME, None)
    if not callable(function):
        raise ApictlError(f"{path} has no function {_NAME!r}", hint=_USE)
    try:
        with silence(), time_limit(SECONDS):
            made = function(contract)
    except TooLong as fault:
        raise ApictlError(f"{path} took longer than {SECONDS:g} s for {contract.place.path}") from fault
    except (Exception, SystemExit) as fault:
        raise ApictlError(f"{path} failed for {contract.place.path}: {told_of(fault)}") from fault
    if not isinstance(made, Contract):
        raise ApictlError(f"{path} made {type(made).__name__} of {contract.place.path}, which is no Contract")
    for flaw in _flaws(made):
        raise ApictlError(f"{path} made of {contract.place.path} what is no whole contract: {flaw}")
    return made if _ids(made) == _ids(contract) else _with_source_of(made, contract)


def _ids(contract: Contract) -> set[str]:
    return {each.id for each in (*contract.operations, *contract.webhooks)}


def _with_source_of(made: Contract, contract: Contract) -> Contract:
    """Return *made* with its source trimmed as its operations were; a source that the hook changed stays its own."""
    if made.source is not contract.source:
        return made
    left = _ids(made)
    return dataclasses.replace(made, source=trimmed(contract, lambda operation: operation.id in left).source)


def _flaws(contract: Contract) -> Iterator[str]:
    for key, definition in contract.definitions.items():
        if key != definition.name:
            yield f"definition {key[:_SHOWN]!r} is called {definition.name[:_SHOWN]!r}"
        for name in referenced_names(definition.schema):
            if name not in contract.definitions:
                yield f"{key[:_SHOWN]!r} refers to {name[:_SHOWN]!r}, which is not there"
    seen: set[str] = set()
    for operation in (*contract.operations, *contract.webhooks):
        if operation.id in seen:
            yield f"two operations have the id {operation.id[:_SHOWN]!r}"
        seen.add(operation.id)
