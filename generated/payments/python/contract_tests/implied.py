"""What a contract implies of requests that break it, where it says nothing.

It is no list of all answers: those are to be declared that succeed, and errors that are known (OpenAPI 3.1, Responses
Object). Where none is declared that tells of a wrong request, it may be accepted by no service, and refused as HTTP
says (RFC 9110, 15.5): these answers are added, without a content. All others stay undeclared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

_WRONG: Final = ("400", "422")
"""Of a request that can't be read, or is read and breaks its schema."""
_UNREADABLE: Final = "415"
"""Of a body in a media type that isn't declared."""
_RANGES: Final = ("*/*", "application/*")
_JSON: Final = "application/json"
_ANY: Final = frozenset({"4XX", "DEFAULT"})


def imply_refusals(contract: dict[str, Any]) -> None:
    """Add the refusals of wrong requests to each operation of *contract* that declares none."""
    for operation in _answered(contract):
        declared = {str(status).upper() for status in operation["responses"]}
        if declared.isdisjoint(_ANY.union(_WRONG)):
            implied = [*_WRONG, *((_UNREADABLE,) if "requestBody" in operation else ())]
            missing = {status: _refusal() for status in implied if status not in declared}
            operation["responses"] = operation["responses"] | missing


def name_ranges(contract: dict[str, Any]) -> None:
    """Give each request body of *contract* for which any media type will do the one in which it is judged: JSON.

    A value in another one, such as XML, says nothing that a schema could judge (OpenAPI 3.1, Media Type Object).
    """
    bodies = contract.get("components", {}).get("requestBodies", {}).values()
    for body in (*bodies, *(operation.get("requestBody") for operation in _answered(contract))):
        content = body.get("content") if isinstance(body, dict) else None
        if isinstance(content, dict):
            body["content"] = dict(_named(content))


def _named(content: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, media in content.items():
        schema = media.get("schema") if isinstance(media, dict) else None
        is_judged = isinstance(schema, dict) and schema.get("format") != "binary"
        if name not in _RANGES or not is_judged:
            yield name, media
        elif _JSON not in content:
            yield _JSON, media


def items_of(contract: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the path items of *contract*, be they shared or not."""
    yield from contract.get("paths", {}).values()
    yield from contract.get("components", {}).get("pathItems", {}).values()


def operations_of(contract: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what may be an operation: each object in a path item of *contract*."""
    for item in items_of(contract):
        yield from (operation for operation in item.values() if isinstance(operation, dict))


def _answered(contract: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    return (operation for operation in operations_of(contract) if isinstance(operation.get("responses"), dict))


def _refusal() -> dict[str, str]:
    return {"description": "The request breaks the contract (RFC 9110, 15.5)."}
