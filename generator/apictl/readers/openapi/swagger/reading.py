"""Reading a Swagger 2.0 document: what is wrong with it as it is written, and its rendition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from apictl.findings import Finding, Place, Related, error, is_refused
from apictl.readers.openapi.inventory import Inventory
from apictl.readers.openapi.swagger.addresses import MAX_SCHEMAS, RenditionTooLarge
from apictl.readers.openapi.swagger.kinds import take_inventory
from apictl.readers.openapi.swagger.rendition import Rendition, render
from apictl.readers.openapi.swagger.rules import semantic_findings
from apictl.readers.openapi.swagger.structure import structure_findings
from apictl.source.document import Document
from apictl.source.library import FetchError, Library


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document as it is written, and as it is read.

    Attributes:
        inventory: of the document as it is written.
        rendition: None when a finding is an error.
        findings: about structure, references and meaning, each with its line: a rendition has other pointers.
    """

    inventory: Inventory
    rendition: Rendition | None
    findings: tuple[Finding, ...]


def rendered(library: Library, document: Document) -> Rendered:
    """Return *document* in the words of OpenAPI 3.0; *library* learns where its nodes are written."""
    inventory = take_inventory(library, Place(document.path), document.tree)
    findings = [finding for node in inventory.roots for finding in structure_findings(node)]
    findings += inventory.findings
    if not is_refused(findings):
        findings += semantic_findings(inventory)
    rendition = None
    if not is_refused(findings):
        try:
            rendition = render(inventory)
        except RenditionTooLarge as limit:
            message = f"with all that operations share this document has more than {MAX_SCHEMAS} schemas"
            findings.append(error("rendition-limit", limit.place, message, hint="convert it to OpenAPI 3"))
    located = tuple(_located(library, findings))
    if rendition is not None:
        library.render(document.path, rendition.written)
    return Rendered(inventory, rendition, located)


def _located(library: Library, findings: list[Finding]) -> Iterator[Finding]:
    for finding in findings:
        related = tuple(Related(each.message, _spot(library, each.place)) for each in finding.related)
        yield replace(finding, place=_spot(library, finding.place), related=related)


def _spot(library: Library, place: Place) -> Place:
    try:
        document = library.document(place.path)
    except FetchError:
        return place
    return place if document is None else document.locate(place)
