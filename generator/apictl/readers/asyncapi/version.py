"""Which version of AsyncAPI a document says it is written in."""

from __future__ import annotations

import enum
import re
from typing import Final

from apictl.contract.schema import JsonValue
from apictl.findings import Finding, Place, error
from apictl.readers.access import mapping

READ: Final = "AsyncAPI 2.0 to 2.6, 3.0 and 3.1 are read"
_VERSION: Final = re.compile(r"(\d+\.\d+)\.\d+(-.+)?")


class Version(enum.Enum):
    """A minor version of AsyncAPI that is read."""

    V20 = "2.0"
    V21 = "2.1"
    V22 = "2.2"
    V23 = "2.3"
    V24 = "2.4"
    V25 = "2.5"
    V26 = "2.6"
    V30 = "3.0"
    V31 = "3.1"

    @property
    def is_second(self) -> bool:
        """Whether it is one of AsyncAPI 2, where operations stand in channels."""
        return self.value.startswith("2.")


def version_of(place: Place, tree: JsonValue) -> Version | Finding:
    """Return the version of the document at *place*, which has a field `asyncapi`, or why it is not read."""
    spot, version = place.child("asyncapi"), mapping(tree).get("asyncapi")
    if not isinstance(version, str):
        hint = f"write asyncapi: '{version}.0'" if isinstance(version, float) else READ
        return error("version-not-a-string", spot, "the version of AsyncAPI is no string", hint=hint)
    match = _VERSION.fullmatch(version)
    known = {member.value: member for member in Version}
    if match is None or match[1] not in known:
        is_first = version.startswith("1.")
        hint = f"{READ}; convert it with the AsyncAPI converter" if is_first else READ
        return error("version-unsupported", spot, f"AsyncAPI {version[:20]!r} is not read", hint=hint)
    return known[match[1]]
