"""Media types of a contract to content kinds and annotations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from apictl.contract.definition import Definition
from apictl.contract.operation import MediaType
from apictl.contract.schema import Schema, reference_name
from apictl.pages.python.annotations import Annotations
from apictl.pages.python.formats import string_type
from apictl.pages.python.types import Scalar, Type
from apictl.support.declarations import Kind
from apictl.support.yaml_documents import is_yaml

_JSON = re.compile(r"(application|text)/json|[^/]+/([^;]+\+)?json|application/json-patch\+json", re.IGNORECASE)
_SCALAR_TYPES = frozenset({"string", "integer", "number", "boolean"})


@dataclass(frozen=True, slots=True)
class SpelledContent:
    """A media type with what Python sees of it.

    Attributes:
        media_type: as declared.
        kind: how bytes become a value.
        type: of the value.
        annotation: of the value.
        judged: schema that judges the decoded value; None when nothing does.
        item: annotation of one item of a stream; "" of what is one value.
        event: schema of a whole event of a stream, whose data is text there; None when nothing is said of it.
        sent: annotation of one item of a list that is sent item by item; "" of anything else.
    """

    media_type: MediaType
    kind: Kind
    type: Type
    annotation: str
    judged: Schema | None
    item: str = ""
    event: Schema | None = None
    sent: str = ""

    @property
    def is_streamed(self) -> bool:
        """Whether it is one item after another."""
        return bool(self.item)

    @property
    def comes_in_pieces(self) -> bool:
        """Whether it need not be there as a whole: a stream, or bytes."""
        return self.is_streamed or self.kind is Kind.BINARY


def spell_contents(
    contents: Sequence[MediaType], annotations: Annotations, definitions: Mapping[str, Definition]
) -> tuple[SpelledContent, ...]:
    """Return *contents* of one body in their order."""
    kinds = [_kind(media, definitions) for media in contents]
    opaque = [media for media, kind in zip(contents, kinds, strict=True) if kind is Kind.BINARY]
    needs_type = len(opaque) > 1 or any("*" in media.name for media in opaque)
    spelled = []
    for media, kind in zip(contents, kinds, strict=True):
        judged = _judged_schema(media, kind, definitions)
        match kind:
            case Kind.BINARY:
                value: Type = Scalar("Binary" if needs_type else "bytes")
            case Kind.TEXT if judged is None:
                value = Scalar("str")
            case _:
                value = annotations.lowering.type_of(True if judged is None else judged)
        spelled.append(SpelledContent(media, kind, value, annotations.text(value), judged))
    return tuple(spelled)


def _judged_schema(media: MediaType, kind: Kind, definitions: Mapping[str, Definition]) -> Schema | None:
    """Return the schema that judges the decoded value; None when nothing does."""
    match kind:
        case Kind.BINARY:
            return None
        case Kind.TEXT:
            is_judged = media.schema is not None and is_scalar(media.schema, definitions)
            return media.schema if is_judged else None
        case Kind.JSON | Kind.YAML | Kind.FORM | Kind.MULTIPART:
            return media.schema
        case Kind.EVENTS | Kind.TEXT_EVENTS | Kind.LINES | Kind.SEQUENCE:
            return media.schema
        case _:
            assert_never(kind)


def _kind(media: MediaType, definitions: Mapping[str, Definition]) -> Kind:
    name = media.name.partition(";")[0].strip().lower()
    if _is_binary(media.schema, definitions):
        return Kind.BINARY
    if _JSON.fullmatch(name):
        return Kind.JSON
    if is_yaml(name) and media.schema is not None:
        return Kind.TEXT if is_text_of_yaml(media, definitions) else Kind.YAML
    if name in {"*/*", "application/*"}:
        return Kind.BINARY if media.schema is None else Kind.JSON
    if name == "application/x-www-form-urlencoded" and media.schema is not None:
        return Kind.FORM
    if name.startswith("multipart/") and media.schema is not None:
        return Kind.MULTIPART
    if name.startswith("text/") and "*" not in name:
        return Kind.TEXT
    return Kind.BINARY


def is_text_of_yaml(media: MediaType, definitions: Mapping[str, Definition]) -> bool:
    """Whether *media* is YAML of which a string is declared: whoever writes so means the text of the document."""
    resolved = resolve(media.schema, definitions)
    return is_yaml(media.name) and isinstance(resolved, Mapping) and resolved.get("type") == "string"


def _is_binary(schema: Schema | None, definitions: Mapping[str, Definition]) -> bool:
    """Whether *schema* describes bytes (OpenAPI 3.0 `format: binary`; 3.1 `contentMediaType` without encoding)."""
    resolved = resolve(schema, definitions)
    if not isinstance(resolved, Mapping):
        return False
    return string_type(resolved) == "File"


def resolve(schema: Schema | None, definitions: Mapping[str, Definition]) -> Schema | None:
    """Return what *schema* refers to, following plain references; a cycle ends in `True`."""
    seen: set[str] = set()
    while schema is not None and (name := reference_name(schema)) is not None:
        if name in seen:
            return True
        seen.add(name)
        schema = definitions[name].schema
    return schema


def is_scalar(schema: Schema, definitions: Mapping[str, Definition]) -> bool:
    """Return whether every value of *schema* is a text, a number or a boolean."""
    resolved = resolve(schema, definitions)
    if not isinstance(resolved, Mapping):
        return False
    types = resolved.get("type")
    if types is None:
        return isinstance(resolved.get("enum"), list)
    listed = types if isinstance(types, list) else [types]
    return all(name in _SCALAR_TYPES for name in listed)
