"""Inputs to files: a workspace on the disk, read and generated as apictl does it; an external service's fake, too."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import unquote

from apictl.emitters.package import emit as package
from apictl.emitters.server import emit as server
from apictl.errors import ApictlError
from apictl.findings import Finding, Severity
from apictl.pages.page import GeneratedFile, PageSet
from apictl.pages.python.spell import spell
from apictl.pages.rendering import render
from apictl.readers.read import read
from apictl.source.library import Library
from apictl.workspace.discovery import open_workspace
from apictl.workspace.fetching import disk_fetch
from apictl.workspace.manifest import Service
from apictl.workspace.targets import TargetOptions, emit
from tests.injection.base import BASE
from tests.injection.places import Inputs

_EXTERNAL: Final = PurePosixPath("external")
_LOCATED: Final = re.compile(r"apictl\.yaml:\d+:\d+: .|folder .* (gives no name|has a name that)")


@dataclass(frozen=True, slots=True)
class Generated:
    """What became of inputs.

    Attributes:
        files: of the service, and below `external/` those that differ when somebody else serves it.
        refusals: what the inputs were refused for: rule ids, "workspace" or "file-system".
        flaws: refusals that name no place.
    """

    files: tuple[GeneratedFile, ...] = ()
    refusals: tuple[str, ...] = ()
    flaws: tuple[str, ...] = ()


def generated(inputs: Inputs) -> Generated:
    """Write *inputs* to a folder, and generate the first service of the manifest as apictl does it."""
    with tempfile.TemporaryDirectory(prefix="apictl-injection-") as name:
        root = Path(name).resolve()
        try:
            _write(root, inputs)
        except OSError as fault:
            return Generated(refusals=("file-system",), flaws=() if fault.errno else (str(fault),))
        try:
            services = open_workspace(root).services
        except ApictlError as fault:
            lines = str(fault).split("\n")
            return Generated(refusals=("workspace",), flaws=tuple(line for line in lines if not _LOCATED.match(line)))
        return _of_service(root, next(service for service in services if service.name != "other"))


def _write(root: Path, inputs: Inputs) -> None:
    listed = [entry for name, entry in inputs.manifest["services"].items() if name != "other"]
    path = root / (listed[0].get("openapi", inputs.path) if listed else inputs.path)
    for target, document in {
        root / "apictl.yaml": inputs.manifest,
        root / "specs/other/openapi.json": inputs.contract if "openapi" in inputs.contract else BASE,
        path: inputs.contract,
        path.parent / unquote(inputs.contract["components"]["schemas"]["Apart"]["$ref"]): inputs.apart,
    }.items():
        if Path(os.path.normpath(target)).is_relative_to(root):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(json.dumps(document), encoding="utf-8")


def _of_service(root: Path, service: Service) -> Generated:
    library = Library(disk_fetch(root))
    reading = read(library, service.openapi or service.asyncapi, service=service.name)
    refusals = [finding for finding in reading.findings if finding.severity is Severity.ERROR]
    if reading.contract is None or refusals:
        return _refused(library, refusals)
    emission = emit(reading.contract, TargetOptions(service.package or None))
    refusals = [finding for finding in emission.findings if finding.severity is Severity.ERROR]
    if refusals:
        return _refused(library, refusals)
    spelled = spell(reading.contract, package=service.package or None)
    if not spelled.has_requests:
        return Generated(render(emission.pages))
    samples, _ = server.sample_values(spelled)
    external = package.emit(spelled, has_server=False) + server.emit(spelled, samples, is_external=True)
    return Generated(render(emission.pages + _moved(external)))


def _refused(library: Library, refusals: list[Finding]) -> Generated:
    flaws = [f"{finding.rule} names no line" for finding in refusals if not _has_line(library, finding)]
    return Generated((), tuple(finding.rule for finding in refusals), tuple(flaws if refusals else ["no finding"]))


def _has_line(library: Library, finding: Finding) -> bool:
    if finding.place.line is not None:
        return True
    document = library.document(finding.place.path)
    return document is not None and document.locate(finding.place).line is not None


def _moved(pages: PageSet) -> PageSet:
    return PageSet(tuple(dataclasses.replace(page, path=_EXTERNAL / page.path) for page in pages.pages))
