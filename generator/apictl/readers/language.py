"""Which language a document is written in: its first word says so."""

from __future__ import annotations

import enum

from apictl.contract.schema import JsonValue
from apictl.findings import Finding, Place, error
from apictl.readers.access import Tree, mapping

_LONGEST = 20


class Language(enum.Enum):
    """A language of contracts that is read, with what its documents are called."""

    OPENAPI = "OpenAPI"
    ASYNCAPI = "AsyncAPI"

    @property
    def key(self) -> str:
        """The field that every document of it has, which says the version."""
        return self.value.lower()


def language_of(tree: JsonValue) -> Language | None:
    """Return the language that the document *tree* says it is written in; None when it says none or two."""
    fields = mapping(tree)
    said = [language for language in Language if _key_in(fields, language) is not None]
    return said[0] if len(said) == 1 else None


def language_finding(place: Place, tree: JsonValue, *, expected: Language | None) -> Finding | None:
    """Return that the document *tree* at *place* is in another language than *expected*, if it is."""
    said = language_of(tree)
    if expected is None or said is None or said is expected:
        return None
    key = _key_in(mapping(tree), said) or said.key
    version = mapping(tree)[key]
    shown = f" {version[:_LONGEST]}" if isinstance(version, str) and version.isprintable() else ""
    message = f"this is {said.value}{shown}, a document of {expected.value} is expected here"
    hint = f"call the file {said.key}.yaml; `apictl lint FILE` reads either"
    return error("language-unexpected", place.child(key).key(), message, hint=hint)


def _key_in(fields: Tree, language: Language) -> str | None:
    """Return the field of a document that says it is written in *language*; OpenAPI was called Swagger once."""
    keys = (language.key, "swagger") if language is Language.OPENAPI else (language.key,)
    return next((key for key in keys if key in fields), None)
