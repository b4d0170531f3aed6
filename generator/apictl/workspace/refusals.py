"""The refusals that the manifest announces, checked against the contract that the tests were generated from."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from apictl.errors import ApictlError
from apictl.findings import Place
from apictl.workspace.manifest import MANIFEST_NAME, Service, manifest_fault


def refuse_undeclared(root: Path, service: Service, cases: Path) -> None:
    """Refuse what the manifest in *root* announces of *service*, if the contract behind *cases* does not declare it.

    Raises:
        ApictlError: an operation is unknown, or a status is none that the operation declares.
    """
    if not service.refusals:
        return
    declared = _declared(service, cases)
    for operation, statuses in service.refusals:
        place = Place(MANIFEST_NAME).child("services", service.name, "refusals", operation)
        if operation not in declared:
            close = difflib.get_close_matches(operation, declared, n=1)
            hint = f"did you mean {close[0]!r}?" if close else None
            message = f"{service.name!r} has no operation {operation!r}"
            raise manifest_fault(_text(root), place.key(), message=message, hint=hint)
        for index, status in enumerate(statuses):
            if declared[operation].isdisjoint({str(status), f"{status // 100}XX", "default"}):
                known = ", ".join(sorted(each for each in declared[operation] if each.startswith("4")))
                message = f"{operation!r} does not declare {status}, but {known or 'no refusal'}"
                raise manifest_fault(_text(root), place.child(index), message=message)


def _declared(service: Service, cases: Path) -> Mapping[str, frozenset[str]]:
    """Return the statuses of each operation by its id."""
    try:
        content: Any = json.loads(cases.read_bytes())
        return {entry["id"]: frozenset(entry["statuses"]) for entry in content["operations"]}
    except (OSError, ValueError, KeyError, TypeError) as fault:
        message = f"the contract tests of {service.name!r} are not those of this apictl"
        raise ApictlError(message, hint="`apictl generate` writes them anew") from fault


def _text(root: Path) -> bytes:
    try:
        return (root / MANIFEST_NAME).read_bytes()
    except OSError as fault:
        raise ApictlError(f"{MANIFEST_NAME} cannot be read: {fault.strerror}") from fault
