"""The credentials that the stub accepts, in the place where each security scheme wants them."""

from __future__ import annotations

import base64
from typing import assert_never

from apictl.contract.schema import JsonValue
from apictl.contract.security import KeyLocation, SecurityKind, SecurityScheme

_TOKEN = "sample-token"  # noqa: S105 - a stub's credential is no secret
_USER = "sample"


def credential(scheme: SecurityScheme) -> dict[str, JsonValue] | None:
    """Return place and sample of the credential of *scheme*; None for one that is no part of a request."""
    match scheme.kind:
        case SecurityKind.API_KEY:
            location = scheme.key_location or KeyLocation.HEADER
            return {"location": location.value, "name": scheme.key_name, "sample": _TOKEN}
        case SecurityKind.BASIC:
            return _authorization("Basic " + base64.b64encode(f"{_USER}:{_USER}".encode()).decode())
        case SecurityKind.HTTP:
            return _authorization(f"{scheme.http_scheme} {_TOKEN}")
        case SecurityKind.BEARER | SecurityKind.OAUTH2 | SecurityKind.OPENID_CONNECT:
            return _authorization(f"Bearer {_TOKEN}")
        case SecurityKind.MUTUAL_TLS | SecurityKind.BROKER:
            return None
        case _ as never:
            assert_never(never)


def _authorization(value: str) -> dict[str, JsonValue]:
    return {"location": "header", "name": "Authorization", "sample": value}
