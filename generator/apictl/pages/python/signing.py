"""What a contract says of how its webhooks and callbacks are signed."""

from __future__ import annotations

from typing import Final

from apictl.contract.operation import ParameterLocation
from apictl.pages.python.spelling import SpelledContract

_STANDARD: Final = "webhook-signature"


def is_signed_by_standard(received: SpelledContract) -> bool:
    """Whether what is *received* declares the signature of Standard Webhooks."""
    parameters = [each.parameter for operation in received.operations for each in operation.parameters]
    return any(each.location is ParameterLocation.HEADER and each.name.lower() == _STANDARD for each in parameters)
