"""Which version of OpenAPI a document says it is written in."""

from __future__ import annotations

import re
from typing import Final

from apictl.contract.schema import JsonValue
from apictl.findings import Finding, Place, error
from apictl.readers.access import mapping
from apictl.readers.openapi.metaschemas import Version

READ: Final = "Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2 are read"
_VERSION: Final = re.compile(r"(3\.[012])\.\d+(-.+)?")


def version_of(place: Place, tree: JsonValue) -> Version | Finding:
    """Return the version of the document at *place*, or why it is not read."""
    fields = mapping(tree)
    if "openapi" not in fields:
        return _without_openapi(place, fields)
    spot, version = place.child("openapi"), fields["openapi"]
    if not isinstance(version, str):
        quoted = f"{version}.0" if isinstance(version, float) else version
        hint = f"write openapi: '{quoted}'" if isinstance(version, int | float) else READ
        return error("version-not-a-string", spot, "the version of OpenAPI is no string", hint=hint)
    match = _VERSION.fullmatch(version)
    if match is None:
        return error("version-unsupported", spot, f"OpenAPI {version[:20]!r} is not read", hint=READ)
    return Version(match[1])


def _without_openapi(place: Place, fields: dict[str, JsonValue]) -> Version | Finding:
    if "swagger" in fields:
        spot, version = place.child("swagger"), fields["swagger"]
        if version == Version.V20.value:
            return Version.V20
        if isinstance(version, int | float) and not isinstance(version, bool):
            hint = "write swagger: '2.0'" if version == float(Version.V20.value) else READ
            return error("version-not-a-string", spot, "the version of Swagger is no string", hint=hint)
        shown = repr(version[:20]) if isinstance(version, str) else "of that kind"
        return error("version-unsupported", spot, f"Swagger {shown} is not read", hint=READ)
    hint = "begin with openapi: 3.1.0, or with asyncapi: 3.0.0"
    return error("version-missing", place, "field 'openapi' is missing", hint=hint)
