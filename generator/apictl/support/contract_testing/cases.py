"""What was prepared from the contract: `cases.json` as values."""

from __future__ import annotations

import base64
import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl

RECEIVED: Final = "/~webhooks"
"""What the paths of webhooks and callbacks begin with here: their receiver is tested beside the service."""


@dataclass(frozen=True, slots=True)
class Wire:
    """A request as it is sent, without credentials.

    Attributes:
        method: in upper case.
        path: percent-encoded, below the base of the service.
        query: percent-encoded; "" when there is none.
        headers: in order.
        body: None when there is none.
    """

    method: str
    path: str
    query: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None


@dataclass(frozen=True, slots=True)
class WrongRequest:
    """A request that breaks the contract in one place.

    Attributes:
        why: what is wrong with it.
        wire: the request.
    """

    why: str
    wire: Wire


@dataclass(frozen=True, slots=True)
class Credential:
    """Where the credential of a security scheme stands, and the one that the stub accepts.

    Attributes:
        location: "header", "query" or "cookie".
        name: of the header, query parameter or cookie.
        sample: what the stub accepts.
    """

    location: str
    name: str
    sample: str


@dataclass(frozen=True, slots=True)
class Ambiguities:
    """Where a request on the wire may mean more than one value.

    Attributes:
        arrays: query parameters that may be arrays.
        array_headers: headers that may be arrays, in lower case.
        packed: query parameters whose items share one pair, with commas between them.
        files: properties of forms that are files.
        objects: declared properties of each query parameter in the style `deepObject`, by its name.
        texts: media types whose body is text as it stands.
        integers: query parameters that may be integers.
    """

    arrays: frozenset[str]
    array_headers: frozenset[str]
    packed: frozenset[str]
    files: frozenset[str]
    objects: Mapping[str, frozenset[str]]
    texts: frozenset[str] = frozenset()
    integers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class OperationCase:
    """One operation.

    Attributes:
        id: `operationId`.
        method: in upper case.
        path: template.
        source: file of the contract.
        pointer: JSON Pointer of the operation in it.
        security: alternatives of names of security schemes.
        valid: the plainest valid request; None when none could be made.
        wrong: requests that the service must refuse.
        statuses: declared, as the contract writes them: "200", "4XX", "default".
        ambiguities: what can't be told from the wire.
    """

    id: str
    method: str
    path: str
    source: str
    pointer: str
    security: tuple[tuple[str, ...], ...]
    valid: Wire | None
    wrong: tuple[WrongRequest, ...]
    statuses: frozenset[str]
    ambiguities: Ambiguities

    @property
    def label(self) -> str:
        """The request line, as `POST /quotes`."""
        return f"{self.method} {self.path}"

    @property
    def is_received(self) -> bool:
        """Whether it is a webhook or callback, which a receiver serves and not the service."""
        return self.path.startswith(f"{RECEIVED}/")

    @property
    def tells_absence(self) -> bool:
        """Whether the contract says how a missing resource is answered."""
        return not self.statuses.isdisjoint({"404", "410"})

    def declares(self, status: int) -> bool:
        """Whether the contract declares *status*, by itself, in a range or as the default."""
        return not self.statuses.isdisjoint({str(status), f"{status // 100}XX", "default"})


@dataclass(frozen=True, slots=True)
class Cases:
    """All of `cases.json`.

    Attributes:
        service: its name in the workspace.
        package: import name of the generated package.
        credentials: by name of the security scheme.
        operations: by label, in the contract's order.
    """

    service: str
    package: str
    credentials: Mapping[str, Credential]
    operations: Mapping[str, OperationCase]

    def methods(self, path: str) -> frozenset[str]:
        """Return the methods that the contract declares for the path template *path*.

        Those of `/a` can be asked for at `/a?beta=true`, too.
        """
        own, pairs = _parted(path)
        found = ((operation.method, *_parted(operation.path)) for operation in self.operations.values())
        return frozenset(method for method, other, asked in found if other == own and asked <= pairs)

    def methods_at(self, path: str) -> frozenset[str]:
        """Return the methods that the contract declares for any template that the path *path* of a request fits."""
        segments = path.partition("?")[0].split("/")
        return frozenset(each.method for each in self.operations.values() if _fits(each.path, segments))


def _fits(template: str, segments: list[str]) -> bool:
    own = template.partition("?")[0].split("/")
    return len(own) == len(segments) and all(
        "{" in name or name == segment for name, segment in zip(own, segments, strict=True)
    )


def _parted(path: str) -> tuple[str, frozenset[tuple[str, str]]]:
    own, _, query = path.partition("?")
    return own, frozenset(parse_qsl(query, keep_blank_values=True))


@functools.cache
def load_cases() -> Cases:
    """Return the cases of this folder."""
    content: dict[str, Any] = json.loads(Path(__file__).with_name("cases.json").read_text(encoding="utf-8"))
    operations = [_operation(entry) for entry in content["operations"]]
    return Cases(
        service=content["service"],
        package=content["package"],
        credentials={name: Credential(**entry) for name, entry in content["credentials"].items()},
        operations={operation.label: operation for operation in operations},
    )


def _operation(entry: dict[str, Any]) -> OperationCase:
    method = entry["method"]
    valid = entry["valid"]
    return OperationCase(
        id=entry["id"],
        method=method,
        path=entry["path"],
        source=entry["source"],
        pointer=entry["pointer"],
        security=tuple(tuple(alternative) for alternative in entry["security"]),
        valid=None if valid is None else _wire(method, valid),
        wrong=tuple(WrongRequest(wrong["why"], _wire(method, {**(valid or {}), **wrong})) for wrong in entry["wrong"]),
        statuses=frozenset(entry["statuses"]),
        ambiguities=_ambiguities(entry["ambiguities"]),
    )


def _ambiguities(entry: dict[str, Any]) -> Ambiguities:
    return Ambiguities(
        arrays=frozenset(entry["arrays"]),
        array_headers=frozenset(entry["array_headers"]),
        packed=frozenset(entry["packed"]),
        files=frozenset(entry["files"]),
        objects={name: frozenset(properties) for name, properties in entry["objects"].items()},
        texts=frozenset(entry["texts"]),
        integers=frozenset(entry["integers"]),
    )


def _wire(method: str, entry: dict[str, Any]) -> Wire:
    headers = tuple((name, value) for name, value in entry.get("headers", ()))
    media_type = entry.get("media_type")
    if media_type is not None:
        headers = (*headers, ("Content-Type", media_type))
    return Wire(method, entry["path"], entry.get("query", ""), headers, _body(entry.get("body")))


def _body(entry: dict[str, Any] | None) -> bytes | None:
    match entry:
        case None:
            return None
        case {"json": value}:
            return json.dumps(value).encode()
        case {"text": str(text)}:
            return text.encode()
        case {"base64": str(text)}:
            return base64.b64decode(text)
        case _:
            message = f"cases.json has a body of an unknown kind: {sorted(entry)}"
            raise ValueError(message)
