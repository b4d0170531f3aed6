"""Schemas of payloads as they ship with a package."""

from __future__ import annotations

import importlib.resources
import json
from dataclasses import dataclass
from typing import Any, Final

SCHEMAS: Final = "event_schemas.json"
"""The file of a package that holds them, by name of the message."""


@dataclass(frozen=True, slots=True)
class KeptSchema:
    """The schema of the message *name* of *package*."""

    package: str
    name: str

    def read(self) -> Any:
        """Return it as it was parsed from JSON."""
        return json.loads(importlib.resources.files(self.package).joinpath(SCHEMAS).read_bytes())[self.name]
