"""The contract of a service: of its requests, its events, or both as one."""

from __future__ import annotations

from apictl.contract.joining import joined
from apictl.findings import is_refused
from apictl.readers.asyncapi.outline import Perspective
from apictl.readers.expectation import Expectation
from apictl.readers.forgiven import Need
from apictl.readers.language import Language
from apictl.readers.read import read
from apictl.readers.reading import Reading
from apictl.source.library import Library
from apictl.workspace.manifest import Service


def read_service(library: Library, service: Service, *, need: Need = Need.SERVICE) -> Reading:
    """Return the contract of *service*, with all that is to be said about its documents; *need* is what for.

    Raises:
        FetchError: a document can't be had.
    """
    perspective = Perspective(service.perspective)
    slots = ((service.openapi, Language.OPENAPI), (service.asyncapi, Language.ASYNCAPI))
    readings = [
        read(library, path, service=service.name, expected=Expectation(language, perspective, need))
        for path, language in slots
        if path
    ]
    findings = tuple(dict.fromkeys(finding for reading in readings for finding in reading.findings))
    contracts = [reading.contract for reading in readings if reading.contract is not None]
    if len(contracts) < len(readings) or is_refused(findings):
        return Reading(None, findings)
    if len(contracts) == 1:
        return Reading(contracts[0], findings)
    both = joined(contracts[0], contracts[1])
    return Reading(None, (*findings, *both)) if isinstance(both, tuple) else Reading(both, findings)
