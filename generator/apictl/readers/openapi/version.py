"""Which version of OpenAPI a document says it is written in."""

from __future__ import annotations

import re
from typing import Final

from apictl.contract.schema import JsonValue
from apictl.findings import Finding, Place, error
from apictl.readers.access import mapping
from apictl.readers.openapi.metaschemas import Version

READ: Final = "OpenAPI 3.0 and 3.1 are read"
_VERSION: Final = re.compile(r"3\.([01])\.\d+(-.+)?")


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
    return Version.V30 if match[1] == "0" else Version.V31


def _without_openapi(place: Place, fields: dict[str, JsonValue]) -> Finding:
    if "swagger" in fields:
        hint = "convert it to OpenAPI 3, for example with swagger2openapi"
        return error("version-unsupported", place.child("swagger"), "Swagger 2.0 is not read", hint=hint)
    hint = "begin with openapi: 3.1.0, or with asyncapi: 3.0.0"
    return error("version-missing", place, "field 'openapi' is missing", hint=hint)
