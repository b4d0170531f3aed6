"""What may be mended without asking: findings whose remedy leaves no choice, as edits of the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from apictl.contract.schema import JsonValue
from apictl.findings import Finding, Place
from apictl.readers.access import Tree, mapping
from apictl.source.document import Document
from apictl.source.editing import Edit, Scalar, Scalars, without_member
from apictl.source.tree import JsonValue as Node
from apictl.source.tree import PointerMalformed, PointerMissing, split_pointer, walk
from apictl.support.yaml_scalars import plain_value

_MEANT: Final = re.compile(r"did you mean '([^']+)'\?")
_WRITTEN: Final = re.compile(r"write \w+: '([^']+)'")
_QUOTE: Final = "put it in quotes"
_NULL: Final = "add 'null' to the type"


@dataclass(frozen=True, slots=True)
class Fix:
    """One remedy.

    Attributes:
        finding: that it mends.
        edits: of the text.
        pointer: of the object that holds what changes.
        change: makes the same change in that object, of a copy of the tree: what the text must say afterwards.
    """

    finding: Finding
    edits: tuple[Edit, ...]
    pointer: str
    change: Callable[[Tree], None]


Remedy: TypeAlias = Callable[[Finding, Document, Scalars], Iterator[Fix]]


def fixes(findings: Iterable[Finding], document: Document) -> Iterator[Fix]:
    """Yield the remedies for those of *findings*, about *document* and with their lines, that have one."""
    wanted = [finding for finding in findings if finding.rule in REMEDIES]
    if wanted:
        scalars = Scalars(document)
        for finding in wanted:
            yield from REMEDIES[finding.rule](finding, document, scalars)


def _renamed(finding: Finding, document: Document, scalars: Scalars) -> Iterator[Fix]:
    """A field whose name is like one name alone gets that name."""
    meant = _MEANT.fullmatch(finding.hint or "")
    key = scalars.at(finding.place)
    parent, name = _split(finding.place)
    holder = _object(document, parent)
    if meant is None or key is None or key.value != name or meant[1] in holder:
        return
    better = meant[1]

    def change(fields: Tree) -> None:
        fields[better] = fields.pop(name)

    yield Fix(finding, (_instead(document, key, better),), parent, change)


def _version(finding: Finding, document: Document, scalars: Scalars) -> Iterator[Fix]:
    """A version that is a number becomes the text that the hint says."""
    written = _WRITTEN.fullmatch(finding.hint or "")
    if written is not None:
        yield from _set(finding, document, scalars, value=written[1])


def _in_quotes(finding: Finding, document: Document, scalars: Scalars) -> Iterator[Fix]:
    """A value that should be a text becomes the text as which it is written."""
    value = scalars.at(finding.place)
    if finding.hint == _QUOTE and value is not None and value.is_plain:
        yield from _set(finding, document, scalars, value=document.text[value.start : value.end])


def _words(finding: Finding, document: Document, scalars: Scalars) -> Iterator[Fix]:
    """Words that older tools take for booleans get quotes, wherever they stand."""
    edits = [
        _instead(document, scalar, scalar.value)
        for scalar in scalars.all()
        if scalar.is_plain and scalar.value and plain_value(scalar.value).flaw == finding.rule
    ]
    yield Fix(finding, tuple(edits), "", lambda _: None)


def _without_slash(finding: Finding, document: Document, scalars: Scalars) -> Iterator[Fix]:
    """The address of a server loses the slash at its end."""
    value = scalars.at(finding.place)
    if value is not None and value.value.endswith("/") and len(value.value) > 1:
        shorter = value.value.removesuffix("/")
        parent, name = _split(finding.place)
        written = document.text[value.start : value.end]
        at = value.start + written.rfind("/")

        def change(fields: Tree) -> None:
            fields[name] = shorter

        yield Fix(finding, (Edit(at, at + 1, ""),), parent, change)


def _null_in_type(finding: Finding, document: Document, scalars: Scalars) -> Iterator[Fix]:
    """`nullable: true`, which has no effect any more, becomes a type."""
    parent, name = _split(finding.place)
    holder = _object(document, parent)
    place = Place(document.path, parent)
    written = holder.get("type")
    if finding.hint != _NULL or holder.get(name) is not True or not isinstance(written, str) or "enum" in holder:
        return
    key, value, kind = (
        scalars.at(document.locate(each)) for each in (place.child(name).key(), place.child(name), place.child("type"))
    )
    gone = None if key is None or value is None else without_member(document.text, key, value)
    if gone is None or kind is None:
        return
    types: list[JsonValue] = [written, "null"]
    quote = _quote(document)
    shown = f'["{written}", "null"]' if quote == '"' else f"[{written}, 'null']"

    def change(fields: Tree) -> None:
        fields["type"] = types
        del fields[name]

    yield Fix(finding, (gone, Edit(kind.start, kind.end, shown)), parent, change)


REMEDIES: Final[dict[str, Remedy]] = {
    "boolean-word-unquoted": _words,
    "field-unknown": _renamed,
    "keyword-of-other-version": _null_in_type,
    "server-trailing-slash": _without_slash,
    "type-wrong": _in_quotes,
    "version-not-a-string": _version,
}
"""By the id of a rule."""


def _set(finding: Finding, document: Document, scalars: Scalars, *, value: str) -> Iterator[Fix]:
    scalar = scalars.at(finding.place)
    parent, name = _split(finding.place)
    if scalar is None or name not in _object(document, parent):
        return

    def change(fields: Tree) -> None:
        fields[name] = value

    yield Fix(finding, (_instead(document, scalar, value),), parent, change)


def _instead(document: Document, scalar: Scalar, value: str) -> Edit:
    """Return what puts *value* where *scalar* is, with the quotes that are there; a plain word stays plain."""
    first = document.text[scalar.start]
    if first in "'\"":
        return Edit(scalar.start + 1, scalar.end - 1, value)
    is_word = scalar.value != value and plain_value(value) == (value, "") and re.fullmatch(r"[A-Za-z]\w*", value)
    quote = _quote(document)
    return Edit(scalar.start, scalar.end, value if is_word else f"{quote}{value}{quote}")


def _quote(document: Document) -> str:
    return '"' if document.text.lstrip()[:1] == "{" else "'"


def _split(place: Place) -> tuple[str, str]:
    """Return the pointer of the object that holds *place*, and the name of it there."""
    parent, _, _ = place.pointer.rpartition("/")
    return parent, split_pointer(place.pointer)[-1] if place.pointer else ""


def _object(document: Document, pointer: str) -> Tree:
    try:
        found: Node = walk(document.tree, split_pointer(pointer))
    except (PointerMalformed, PointerMissing):
        return {}
    return mapping(found)
