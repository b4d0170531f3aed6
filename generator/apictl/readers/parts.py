"""What a document is made of, for who judges more than what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from apictl.contract.definition import Definition
from apictl.readers.inventory import Inventory
from apictl.readers.language import Language
from apictl.readers.schemas.convert import Converter


@dataclass(frozen=True, slots=True)
class Parts:
    """A document whose structure and references are right.

    Attributes:
        language: that it is written in; it says which kinds its objects are of.
        inventory: every object of it and of the files it reaches.
        converter: gives any of its schemas in JSON Schema 2020-12; None where its meaning is in doubt.
        definitions: that schemas refer to, of both directions; by name.
    """

    language: Language
    inventory: Inventory[Any]
    converter: Converter | None = None
    definitions: Mapping[str, Definition] = field(default_factory=lambda: MappingProxyType({}))
