"""Findings with their lines looked up, while the documents are at hand."""

from __future__ import annotations

import dataclasses

from apictl.findings import Finding, Place, Related
from apictl.source.library import FetchError, Library


def located(finding: Finding, library: Library, *, prefix: str = "") -> Finding:
    """Return *finding* with its lines, and with *prefix* before its paths."""
    related = tuple(
        Related(each.message, located_place(each.place, library, prefix=prefix)) for each in finding.related
    )
    return dataclasses.replace(finding, place=located_place(finding.place, library, prefix=prefix), related=related)


def located_place(place: Place, library: Library, *, prefix: str = "") -> Place:
    """Return *place* with line and column, where its document can be had, and with *prefix* before its path."""
    spot = _spot(place, library)
    return dataclasses.replace(spot, path=prefix + spot.path) if prefix else spot


def _spot(place: Place, library: Library) -> Place:
    if place.line is not None:
        return place
    place = library.written(place)
    try:
        document = library.document(place.path)
    except FetchError:
        return place
    return place if document is None else document.locate(place)
