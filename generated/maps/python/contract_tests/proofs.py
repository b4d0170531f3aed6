"""Bodies of which schemathesis is mistaken: the schema accepts or refuses them, as the contract writes it."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from typing import Any, Final

import jsonschema_rs
from schemathesis import Case, Response

from .contract import known_contract

_FORMS: Final = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


def is_right_after_all(case: Case[Any], response: Response) -> bool:
    """Whether nothing but the body is said to be wrong, and the contract's own schema accepts what was sent.

    What is wrong in one branch of a union may be right in another. Schemas before OpenAPI 3.1 prove nothing here: they
    are not quite JSON Schema. What is not proved stands.
    """
    return negative_parts(case) == {"body"} and _is_accepted(case, response) is True


def negative_parts(case: Case[Any]) -> set[str]:
    """Return which parts of the request schemathesis says to be wrong."""
    components = {} if case.meta is None else case.meta.components
    return {location.value for location, part in components.items() if part.mode.is_negative}


def is_wrong_after_all(case: Case[Any], response: Response) -> bool:
    """Whether the contract's own schema refuses the body that was sent: what one branch accepts, two may accept."""
    return _is_accepted(case, response) is False


def _is_accepted(case: Case[Any], response: Response) -> bool | None:
    """Return whether the schema in the contract accepts the body that was sent; None where nothing is proved.

    Of a form it is the value that schemathesis made: of what is sent nobody can tell a number from its text.
    """
    media_type = str(response.request.headers.get("content-type", "")).partition(";")[0].strip().lower()
    if media_type == "application/json" or media_type.endswith("+json"):
        made = _parsed(response.request.body)
    elif media_type in _FORMS and isinstance(case.body, dict):
        made = _plain(case.body)
    else:
        return None
    validator = _validator(case.operation.path, case.operation.method.lower(), media_type)
    return None if validator is None or made is None else validator.is_valid(made[0])


def _parsed(sent: object) -> tuple[Any] | None:
    """Return the value that *sent* says in JSON; None when it says none."""
    try:
        return (json.loads(sent),) if isinstance(sent, str | bytes) else None
    except (ValueError, RecursionError):
        return None


def _plain(form: dict[str, Any]) -> tuple[Any] | None:
    """Return *form* as JSON has it; None for one with files."""
    try:
        return _parsed(json.dumps(form))
    except (TypeError, ValueError, RecursionError):
        return None


@functools.cache
def kept_contract() -> Mapping[str, Any]:
    """Return the contract, read once."""
    return known_contract()


def body_schema(path: str, method: str, media_type: str) -> Any:
    """Return the schema of the bodies of an operation, whose *method* is in lower case; None where there is none."""
    contract = kept_contract()
    body = contract.get("paths", {}).get(path, {}).get(method, {}).get("requestBody", {})
    _, marker, name = str(body.get("$ref", "")).partition("#/components/requestBodies/")
    named = contract.get("components", {}).get("requestBodies", {})
    return (named.get(name, {}) if marker else body).get("content", {}).get(media_type, {}).get("schema")


@functools.lru_cache(maxsize=8)
def _validator(path: str, method: str, media_type: str) -> jsonschema_rs.Draft202012Validator | None:
    """Return what judges the bodies of an operation; None where none can be had."""
    contract, schema = kept_contract(), body_schema(path, method, media_type)
    components = contract.get("components", {})
    if schema is None or str(contract.get("openapi", "")).startswith("3.0."):
        return None
    try:
        closed = {"allOf": [schema], "components": components}
        return jsonschema_rs.Draft202012Validator(closed, validate_formats=True, offline=True)
    except (ValueError, jsonschema_rs.ReferencingError):
        return None
