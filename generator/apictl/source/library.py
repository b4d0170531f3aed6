"""The documents of a workspace, read once each, and the references between them."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

from apictl.findings import Finding, Place, Related, Severity, error
from apictl.source.document import Document
from apictl.source.fetch import (
    DocumentMissing,
    Fetch,
    FetchError,
    NotRegularFile,
    OutsideWorkspace,
    UnreadableDocument,
)
from apictl.source.flaws import quoted
from apictl.source.limits import MAX_DOCUMENTS
from apictl.source.parsing import parse
from apictl.source.references import Address, address_of
from apictl.source.tree import JsonValue, PointerMissing, encode_fragment, walk
from apictl.support.pointers import join_pointer

__all__ = [
    "DocumentMissing",
    "Fetch",
    "FetchError",
    "Library",
    "NotRegularFile",
    "OutsideWorkspace",
    "Target",
    "UnreadableDocument",
]

_MAX_CANDIDATES = 2_000
_MAX_LENGTH_DIFFERENCE = 4
_MAX_COMPARED = 100
_SHOWN_HOPS = 20


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference leads to.

    Attributes:
        place: of the node, spelled the same whichever way led to it.
        node: the node.
    """

    place: Place
    node: JsonValue


@dataclass(frozen=True, slots=True)
class _Reading:
    """What became of one path: a document, findings about its text, or the reason why there is nothing to read."""

    document: Document | None = None
    findings: tuple[Finding, ...] = ()
    failure: FetchError | None = None


class Library:
    """Every document of a workspace that somebody asked for; the one mutable thing of this package."""

    def __init__(self, fetch: Fetch) -> None:
        """Read documents through *fetch*, each at most once."""
        self._fetch = fetch
        self._readings: dict[str, _Reading] = {}
        self._targets: dict[tuple[str, str], Target] = {}
        self._renditions: dict[str, Mapping[str, Place]] = {}

    def document(self, path: str) -> Document | None:
        """Return the document at *path*; None when its text is no document, which `findings` tells about.

        Raises:
            FetchError: it can't be had.
        """
        reading = self._reading(path)
        if reading.failure is not None:
            raise reading.failure
        return reading.document

    def findings(self) -> tuple[Finding, ...]:
        """Return what is to be said about the texts read so far, by path and then by line."""
        return tuple(finding for path in sorted(self._readings) for finding in self._readings[path].findings)

    def documents(self) -> tuple[Document, ...]:
        """Return the documents read so far, by path."""
        readings = (self._readings[path] for path in sorted(self._readings))
        return tuple(reading.document for reading in readings if reading.document is not None)

    def render(self, path: str, written: Mapping[str, Place]) -> None:
        """Let places in the document at *path* be those of another tree that is read instead of its own.

        *written* says by pointer where a node of that tree is written; what has no entry is as far below as it is below
        the nearest node above it that has one.
        """
        self._renditions[path] = written

    def written(self, place: Place) -> Place:
        """Return where the text has what stands at *place*."""
        places = self._renditions.get(place.path)
        if places is None or place.line is not None:
            return place
        pointer, rest = place.pointer, ""
        while (spot := places.get(pointer)) is None:
            pointer, slash, token = pointer.rpartition("/")
            if not slash:
                return place
            rest = f"/{token}{rest}"
        return Place(spot.path, spot.pointer + rest, on_key=place.on_key)

    def resolve(self, base: Place, reference: object) -> Target | Finding:
        """Return what *reference*, the value of the `$ref` at *base*, leads to in one hop, or what is wrong with it."""
        if not isinstance(reference, str):
            return self._resolved(base, reference)
        known = self._targets.get((base.path, reference))
        if known is not None:
            return known
        found = self._resolved(base, reference)
        if isinstance(found, Target):
            self._targets[base.path, reference] = found
        return found

    def _resolved(self, base: Place, reference: object) -> Target | Finding:
        address = address_of(base, reference)
        if isinstance(address, Finding):
            return address
        if address.path not in self._readings and len(self._readings) >= MAX_DOCUMENTS:
            return error("reference-file-limit", base, f"references lead to more than {MAX_DOCUMENTS} documents")
        reading = self._reading(address.path)
        if reading.failure is not None:
            return error(reading.failure.rule, base, f"$ref leads nowhere: {reading.failure}")
        if reading.document is None:
            return _refused(base, address.path, reading.findings)
        try:
            node = walk(reading.document.tree, address.tokens)
        except PointerMissing as missing:
            return _unresolved(base, address, missing)
        return Target(Place(address.path, join_pointer(address.tokens)), node)

    def follow(self, base: Place, node: JsonValue) -> Target | Finding:
        """Return where the chain of references that begins with *node*, at *base*, ends.

        Siblings of `$ref` don't count. A node without `$ref` is its own target.
        """
        target = Target(base, node)
        seen: dict[tuple[str, str], Place] = {(base.path, base.pointer): base}
        while isinstance(target.node, dict) and "$ref" in target.node:
            step = self.resolve(target.place.child("$ref"), target.node["$ref"])
            if isinstance(step, Finding):
                return step
            key = (step.place.path, step.place.pointer)
            if key in seen:
                places = list(seen.values())
                return _cycle(places[places.index(seen[key]) :])
            seen[key] = step.place
            target = step
        return target

    def _reading(self, path: str) -> _Reading:
        reading = self._readings.get(path)
        if reading is None:
            try:
                reading = _Reading(*parse(path, self._fetch(path)))
            except FetchError as failure:
                reading = _Reading(failure=failure)
            self._readings[path] = reading
        return reading


def _refused(base: Place, path: str, findings: tuple[Finding, ...]) -> Finding:
    first = next((finding for finding in findings if finding.severity is Severity.ERROR), None)
    related = (Related(first.message, first.place),) if first else ()
    return error(
        "reference-file-refused", base, f"$ref leads to {quoted(path, 100)}, which can't be read", related=related
    )


def _unresolved(base: Place, address: Address, missing: PointerMissing) -> Finding:
    where = "" if address.path == base.path else f" in {quoted(address.path)}"
    parent = quoted(join_pointer(missing.found)) if missing.found else "the document"
    message = f"$ref leads nowhere: {parent}{where} has no {quoted(missing.missing)}"
    close = _closest(missing)
    if close is None:
        return error("reference-unresolved", base, message)
    file = "" if address.path == base.path else address.path
    rest = address.tokens[len(missing.found) + 1 :]
    suggestion = f"{file}#{encode_fragment(join_pointer((*missing.found, close, *rest)))}"
    return error("reference-unresolved", base, message, hint=f"did you mean {quoted(suggestion, 150)}?")


def _closest(missing: PointerMissing) -> str | None:
    """Return the key most like the missing one; only the likely are compared, for a document may have many keys."""
    if not isinstance(missing.parent, dict):
        return None
    length = len(missing.missing)
    if length > _MAX_COMPARED:
        return None
    likely = [key for key in missing.parent if abs(len(key) - length) <= _MAX_LENGTH_DIFFERENCE]
    close = difflib.get_close_matches(missing.missing, likely[:_MAX_CANDIDATES], n=1)
    return close[0] if close else None


def _cycle(places: list[Place]) -> Finding:
    """Return the finding about *places*, each a node that is nothing but a reference to the next."""
    names = [quoted(place.pointer, 40) for place in places[:3]]
    shown = " -> ".join([*names, "…", names[0]] if len(places) > len(names) else [*names, names[0]])
    related = tuple(Related("refers on to the next", place.child("$ref")) for place in places[1:_SHOWN_HOPS])
    return error("reference-cycle", places[0].child("$ref"), f"$ref leads back to itself: {shown}", related=related)
