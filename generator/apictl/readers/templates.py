"""Templates: text with names between braces."""

from __future__ import annotations

import re
from typing import Final

TEMPLATE: Final = re.compile(r"\{([^{}]*)\}")
"""A name between braces, as in paths, addresses and urls of servers."""
