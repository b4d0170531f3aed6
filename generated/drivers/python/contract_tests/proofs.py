"""Bodies of which schemathesis is mistaken: the schema accepts or refuses them, as the contract writes it.

Schemas before OpenAPI 3.1 are judged in the words of JSON Schema.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import jsonschema_rs
from schemathesis import Case, Response

from .contract import known_contract
from .formats import is_decimal
from .json_schemas import say_in_json_schema

_FORMS: Final = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
_COMPONENTS: Final = "#/components/schemas/"


def is_body_right(case: Case[Any], response: Response) -> bool:
    """Whether the contract's own schema accepts the body that was sent.

    What is wrong in one branch of a union may be right in another. What is not proved stands.
    """
    return _is_accepted(case, response) is True


def negative_parts(case: Case[Any]) -> set[str]:
    """Return which parts of the request schemathesis says to be wrong."""
    components = {} if case.meta is None else case.meta.components
    return {location.value for location, part in components.items() if part.mode.is_negative}


def is_body_wrong(case: Case[Any], response: Response) -> bool:
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
    schema = body_media(case.operation.path, case.operation.method.lower(), media_type).get("schema")
    validator = None if schema is None or made is None else validator_of(schema)
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
    """Return the contract, read once, its schemas in the words of JSON Schema."""
    contract = known_contract()
    say_in_json_schema(contract)
    return contract


def body_media(path: str, method: str, media_type: str) -> Mapping[str, Any]:
    """Return the Media Type Object of the bodies of an operation, whose *method* is in lower case; empty for none."""
    contract = kept_contract()
    body = contract.get("paths", {}).get(path, {}).get(method, {}).get("requestBody", {})
    _, marker, name = str(body.get("$ref", "")).partition("#/components/requestBodies/")
    named = contract.get("components", {}).get("requestBodies", {})
    media: Mapping[str, Any] = (named.get(name, {}) if marker else body).get("content", {}).get(media_type, {})
    return media


def said(schema: Any, composing: Sequence[str] = ("allOf", "anyOf", "oneOf")) -> Iterator[Mapping[str, Any]]:
    """Yield *schema* and what it says by references and *composing* keywords, each once: they may lead back to it."""
    named = kept_contract().get("components", {}).get("schemas", {})
    waiting, seen = [schema], set[int]()
    while waiting:
        each = waiting.pop()
        if not isinstance(each, dict) or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        waiting.append(named.get(str(each.get("$ref", "")).removeprefix(_COMPONENTS)))
        waiting.extend(branch for keyword in composing for branch in each.get(keyword, ()))


def validator_of(schema: Any) -> jsonschema_rs.Draft202012Validator | None:
    """Return what judges by *schema*, which is in the contract; None where it is none."""
    return _compiled(json.dumps(schema))


@functools.lru_cache(maxsize=256)
def _compiled(text: str) -> jsonschema_rs.Draft202012Validator | None:
    schema = json.loads(text)
    closed = {"allOf": [schema], "components": _reachable(schema)}
    try:
        return jsonschema_rs.Draft202012Validator(
            closed, formats={"decimal": is_decimal}, validate_formats=True, offline=True
        )
    except (ValueError, jsonschema_rs.ReferencingError):
        return None


def _reachable(schema: Any) -> Mapping[str, Any]:
    """Return the components that *schema* needs: all, where it needs others than schemas; most need few."""
    components: Mapping[str, Any] = kept_contract().get("components", {})
    named, found, waiting = components.get("schemas", {}), dict[str, Any](), [schema]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict) and isinstance(reference := node.get("$ref"), str):
            name = reference.removeprefix(_COMPONENTS)
            if name not in named:
                return components
            if name not in found:
                found[name] = named[name]
                waiting.append(named[name])
        waiting.extend(node.values() if isinstance(node, dict) else node if isinstance(node, list) else ())
    return {"schemas": found}
