"""Pages of what happens to whole contracts, and of what was agreed to; two documents can't show it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

SERVICE_PAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "service-removed": """A service has no contract any more.

All its operations are gone with it: whoever calls one is refused. Where it was renamed, compare the two files:
`apictl diff OLD@REVISION NEW`. Keep the contract until nobody uses the service any more.
""",
        "acceptance-expired": """What was agreed to has reached its last day.

`apictl-accepted.yaml` says that a change may be, and until when. After that day it counts again. Ask the owner of the
entry: take the change back, or agree to it anew with another date.
""",
        "acceptance-stale": """Something was agreed to that does not happen any more.

The change is gone, or is another one by now, or its service is gone. Remove the entry from `apictl-accepted.yaml`, so
that nobody takes it for an agreement to what comes next.
""",
    }
)
"""By id."""
