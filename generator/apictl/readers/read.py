"""Reading a contract from the file it is written in, whatever its language and version."""

from __future__ import annotations

from apictl.findings import is_refused
from apictl.readers.access import mapping
from apictl.readers.asyncapi.outline import Perspective
from apictl.readers.asyncapi.reader import read_asyncapi
from apictl.readers.forgiven import Need
from apictl.readers.openapi.reader import read_openapi
from apictl.readers.reading import Reading, findings_about
from apictl.source.collecting import without_collecting
from apictl.source.library import Library


def read(
    library: Library,
    path: str,
    *,
    service: str,
    perspective: Perspective = Perspective.SERVICE,
    need: Need = Need.SERVICE,
) -> Reading:
    """Return the contract of *service* that the document at *path* holds, with all that is to be said about it.

    *perspective* is whose view a document of AsyncAPI is written in; *need* is what the contract is for.

    Raises:
        FetchError: the document can't be had.
    """
    document = library.document(path)
    findings = findings_about(library, {path})
    if document is None or is_refused(findings):
        return Reading(None, findings)
    fields = mapping(document.tree)
    with without_collecting():
        if "asyncapi" in fields and "openapi" not in fields:
            return read_asyncapi(library, document, service=service, perspective=perspective)
        return read_openapi(library, document, service=service, need=need)
