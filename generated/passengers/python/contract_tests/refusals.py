"""Refusals by rules of the service that no schema tells: an invented cursor, a quote of somebody else."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Final

from .cases import OperationCase

CONDITIONAL: Final = frozenset({"410", "412", "428"})
"""What never is about the schema: it is gone, the condition fails, a condition is missing (RFC 9110, RFC 6585)."""


class RefusalUnknown(Exception):
    """A refusal that the contract does not declare; its text says why."""


def read_refusals(texts: Iterable[str], operations: Iterable[OperationCase]) -> Mapping[str, frozenset[int]]:
    """Return the statuses in *texts*, each like `listTrips=400`, by the `operationId` of one of *operations*.

    Raises:
        RefusalUnknown: a text is none, names no operation, or a status that the operation does not declare.
    """
    known = {operation.id: operation for operation in operations}
    found: dict[str, frozenset[int]] = {}
    for text in texts:
        name, sign, status = text.rpartition("=")
        if not sign or not _is_refusal(status):
            raise RefusalUnknown(f"{text!r} is not of the form operationId=4xx, such as {next(iter(known), 'x')}=422")
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            hint = f", did you mean {close[0]!r}?" if close else ""
            raise RefusalUnknown(f"{text!r}: the contract has no operation {name!r}{hint}")
        if not known[name].declares(int(status)):
            declared = ", ".join(sorted(status for status in known[name].statuses if status.startswith("4")))
            raise RefusalUnknown(f"{text!r}: {name!r} does not declare {status}, but {declared or 'no refusal'}")
        found[name] = found.get(name, frozenset()) | {int(status)}
    return found


def advice(operation: OperationCase, status: int) -> str:
    """Return how to announce that a rule of the service refuses with *status*; "" where the contract forbids it."""
    if not (_is_refusal(str(status)) and operation.declares(status)):
        return ""
    return f"If a business rule refuses it, say so: --refusal {operation.id}={status}, or `refusals` in apictl.yaml"


def _is_refusal(status: str) -> bool:
    return len(status) == 3 and status.isascii() and status.isdigit() and status.startswith("4")  # noqa: PLR2004
