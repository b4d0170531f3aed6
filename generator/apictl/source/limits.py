"""How much a document may ask of this machine."""

from __future__ import annotations

from apictl.support import yaml_scalars

MAX_BYTES = 64 * 1024 * 1024
"""Size of one document in bytes."""

MAX_NESTING = 200
"""Levels of mappings and sequences within each other, aliases expanded."""

MAX_ALIASED = 250_000
"""Nodes that may be reached through aliases and merge keys, counted as often as they are reached."""

MAX_DIGITS = yaml_scalars.MAX_DIGITS
"""Characters of one number."""

MAX_FLAWS = 1_000
"""Flaws of one text that are worth telling."""

MAX_DOCUMENTS = 5_000
"""Documents of one workspace that may be reached by `$ref`."""
