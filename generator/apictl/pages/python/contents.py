"""Media types of a contract to content kinds and annotations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from apictl.contract.definition import Definition
from apictl.contract.operation import MediaType
from apictl.contract.schema import Schema, reference_name
from apictl.pages.python.annotations import annotation
from apictl.support.declarations import Kind

_JSON = re.compile(r"(application|text)/json|[^/]+/([^;]+\+)?json|application/json-patch\+json", re.IGNORECASE)
_SCALAR_TYPES = frozenset({"string", "integer", "number", "boolean"})


@dataclass(frozen=True, slots=True)
class SpelledContent:
    """A media type with what Python sees of it.

    Attributes:
        media_type: as declared.
        kind: how bytes become a value.
        annotation: of the value.
        is_judged: whether the decoded value is judged by the schema.
    """

    media_type: MediaType
    kind: Kind
    annotation: str
    is_judged: bool


def spell_contents(
    contents: Sequence[MediaType], names: Mapping[str, str], definitions: Mapping[str, Definition]
) -> tuple[SpelledContent, ...]:
    """Return *contents* of one body in their order."""
    kinds = [_kind(media, definitions) for media in contents]
    opaque = [media for media, kind in zip(contents, kinds, strict=True) if kind is Kind.BINARY]
    needs_type = len(opaque) > 1 or any("*" in media.name for media in opaque)
    return tuple(
        _spelled(media, kind, "Binary" if needs_type else "bytes", (names, definitions))
        for media, kind in zip(contents, kinds, strict=True)
    )


def _spelled(
    media: MediaType, kind: Kind, opaque: str, scope: tuple[Mapping[str, str], Mapping[str, Definition]]
) -> SpelledContent:
    names, definitions = scope
    match kind:
        case Kind.BINARY:
            return SpelledContent(media, kind, opaque, is_judged=False)
        case Kind.TEXT:
            if media.schema is not None and _is_scalar(media.schema, definitions):
                return SpelledContent(media, kind, annotation(media.schema, names), is_judged=True)
            return SpelledContent(media, kind, "str", is_judged=False)
        case _:
            schema: Schema = True if media.schema is None else media.schema
            return SpelledContent(media, kind, annotation(schema, names), is_judged=media.schema is not None)


def _kind(media: MediaType, definitions: Mapping[str, Definition]) -> Kind:
    name = media.name.partition(";")[0].strip().lower()
    if _is_binary(media.schema, definitions):
        return Kind.BINARY
    if _JSON.fullmatch(name):
        return Kind.JSON
    if name in {"*/*", "application/*"}:
        return Kind.BINARY if media.schema is None else Kind.JSON
    if name == "application/x-www-form-urlencoded" and media.schema is not None:
        return Kind.FORM
    if name.startswith("multipart/") and media.schema is not None:
        return Kind.MULTIPART
    if name.startswith("text/") and "*" not in name:
        return Kind.TEXT
    return Kind.BINARY


def _is_binary(schema: Schema | None, definitions: Mapping[str, Definition]) -> bool:
    """Whether *schema* describes bytes (OpenAPI 3.0 `format: binary`; 3.1 `contentMediaType` without encoding)."""
    resolved = resolve(schema, definitions)
    if not isinstance(resolved, Mapping):
        return False
    is_octets = resolved.get("contentMediaType") == "application/octet-stream" and "contentEncoding" not in resolved
    return resolved.get("format") == "binary" or is_octets


def resolve(schema: Schema | None, definitions: Mapping[str, Definition]) -> Schema | None:
    """Return what *schema* refers to, following plain references; a cycle ends in `True`."""
    seen: set[str] = set()
    while schema is not None and (name := reference_name(schema)) is not None:
        if name in seen:
            return True
        seen.add(name)
        schema = definitions[name].schema
    return schema


def _is_scalar(schema: Schema, definitions: Mapping[str, Definition]) -> bool:
    resolved = resolve(schema, definitions)
    if not isinstance(resolved, Mapping):
        return False
    types = resolved.get("type")
    if types is None:
        return isinstance(resolved.get("enum"), list)
    listed = types if isinstance(types, list) else [types]
    return all(name in _SCALAR_TYPES for name in listed)
