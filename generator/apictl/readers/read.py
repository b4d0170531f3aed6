"""Reading a contract from the file it is written in, whatever its language and version."""

from __future__ import annotations

from dataclasses import replace

from apictl.findings import Place, is_refused
from apictl.readers.consequences import without_refusals
from apictl.readers.expectation import ANYTHING, Expectation
from apictl.readers.language import Language, language_finding, language_of
from apictl.readers.reading import Reading, findings_about
from apictl.source.collecting import without_collecting
from apictl.source.library import Library


def read(library: Library, path: str, *, service: str, expected: Expectation = ANYTHING) -> Reading:
    """Return the contract of *service* that the document at *path* holds, with all that is to be said about it.

    Raises:
        FetchError: the document can't be had.
    """
    document = library.document(path)
    findings = findings_about(library, {path})
    if document is None or is_refused(findings):
        return Reading(None, findings)
    foreign = language_finding(Place(path), document.tree, expected=expected.language)
    if foreign is not None:
        return Reading(None, (*findings, foreign))
    with without_collecting():
        if language_of(document.tree) is Language.ASYNCAPI:
            from apictl.readers.asyncapi.reader import read_asyncapi  # noqa: PLC0415 - nobody waits for the other one

            reading = read_asyncapi(library, document, service=service, perspective=expected.perspective)
        else:
            from apictl.readers.openapi.reader import read_openapi  # noqa: PLC0415 - as above

            reading = read_openapi(library, document, service=service, need=expected.need)
    return replace(reading, findings=without_refusals(reading.findings))
