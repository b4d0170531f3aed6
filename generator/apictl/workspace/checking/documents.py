"""What is wrong with the documents of one service."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from apictl.findings import Finding
from apictl.readers.asyncapi.outline import Perspective
from apictl.readers.expectation import Expectation
from apictl.readers.language import Language
from apictl.rules.lint.catalogue import lint_pages
from apictl.source.library import DocumentMissing
from apictl.workspace.custom_rules import load_rules, refuse_equal_ids
from apictl.workspace.fetching import disk_fetch
from apictl.workspace.linting import Linter, Subject, Text
from apictl.workspace.manifest import MANIFEST_NAME, Service, read_manifest
from apictl.workspace.snapshots import Snapshot
from apictl.workspace.standard import Standard, standard_of


@dataclass(frozen=True, slots=True)
class LintedService:
    """What became of the documents of a service.

    Attributes:
        findings: with their lines, document by document.
        faults: what became of rules of the team's own that failed, a line each.
    """

    findings: tuple[Finding, ...]
    faults: tuple[str, ...] = ()


def linted(root: Path, service: Service) -> LintedService:
    """Return what the rules of the workspace *root* say of *service*; paths are relative to *root*.

    Rules of the team's own are run: whoever calls this trusts them.

    Raises:
        FetchError: a document can't be had.
        ApictlError: the rules of the workspace can't be loaded.
    """
    fetch = disk_fetch(root)
    try:
        manifest = fetch(MANIFEST_NAME)
    except DocumentMissing:
        manifest = b""
    linter = Linter(_standard(root, manifest))
    subject = Subject(service.name, Snapshot("the working tree", "", fetch), tuple(_texts(service)))
    findings = tuple(finding for each in linter.linted([subject]) for finding in each.findings)
    return LintedService(findings, linter.faults)


@functools.lru_cache(maxsize=1)
def _standard(root: Path, manifest: bytes) -> Standard:
    settings = read_manifest(manifest).linting
    custom = load_rules(root, settings.custom)
    refuse_equal_ids(custom, lint_pages())
    return standard_of(settings, (), manifest, custom=custom)


def _texts(service: Service) -> Iterator[Text]:
    if service.openapi:
        yield Text(service.openapi, Expectation(Language.OPENAPI, need=service.need))
    if service.asyncapi:
        yield Text(service.asyncapi, Expectation(Language.ASYNCAPI, Perspective(service.perspective)))
