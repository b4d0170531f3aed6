"""What is known of a document before it is read, and what its contract is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from apictl.readers.asyncapi.outline import Perspective
from apictl.readers.forgiven import Need
from apictl.readers.language import Language


@dataclass(frozen=True, slots=True)
class Expectation:
    """How a document is to be read.

    Attributes:
        language: the only one that it may be written in; None for any.
        perspective: whose view it is written in, if it is AsyncAPI.
        need: what the contract is for.
    """

    language: Language | None = None
    perspective: Perspective = Perspective.SERVICE
    need: Need = Need.SERVICE


ANYTHING: Final = Expectation()
"""Any language, of which a service is made."""
