"""What `apictl lint` reads: names of services, and paths, to documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from apictl.cli.diff_operands import operand, root_of
from apictl.cli.lint_places import is_path
from apictl.errors import ApictlError
from apictl.findings import Finding
from apictl.readers.asyncapi.outline import Perspective
from apictl.readers.expectation import Expectation
from apictl.readers.language import Language
from apictl.rules.lint.catalogue import lint_pages
from apictl.source.library import Library
from apictl.workspace.custom_rules import load_rules, refuse_equal_ids
from apictl.workspace.discovery import chosen_services, manifest_text, open_workspace
from apictl.workspace.lint_spreading import Demand
from apictl.workspace.lint_subjects import Subject, Text
from apictl.workspace.locating import located
from apictl.workspace.manifest import MANIFEST_NAME, Service, read_manifest
from apictl.workspace.roots import workspace_root
from apictl.workspace.snapshots import Snapshot, folder_snapshot, workspace_snapshot
from apictl.workspace.standard import Standard, standard_of


def subjects(operands: tuple[str, ...], current: Path) -> tuple[Subject, ...]:
    """Return what *operands* mean to somebody in *current*, each once: services, then files; all services for none.

    Raises:
        ApictlError: one of them means nothing.
    """
    home = workspace_root(current)
    files = [text for text in operands if is_path(text, current)]
    names = [text for text in operands if text not in files]
    found: list[Subject] = []
    if names or not files:
        workspace = open_workspace(current)
        folder = workspace_snapshot(workspace, home=home, current=current)
        found += [_of_service(service, folder) for service in chosen_services(workspace, names)]
    known = {path for subject in found for path in subject.paths}
    for each in (_of_file(text, home=home, current=current) for text in dict.fromkeys(files)):
        if known.isdisjoint(each.paths):
            known.update(each.paths)
            found.append(each)
    return tuple(found)


def bystanders(subjects: Sequence[Subject], current: Path) -> tuple[Subject, ...]:
    """Return the services in the workspace of *current* that are none of *subjects*, but may refer to them."""
    home = workspace_root(current)
    try:
        workspace = open_workspace(current)
    except ApictlError:
        return ()  # who named a file need not have a workspace that is right
    folder = workspace_snapshot(workspace, home=home, current=current)
    known = {path for subject in subjects for path in subject.paths}
    others = (_of_service(service, folder) for service in workspace.services)
    return tuple(each for each in others if known.isdisjoint(each.paths))


def standard(words: Sequence[str], current: Path, *, is_trusting: bool) -> tuple[Standard, Demand]:
    """Return what documents are judged by in the workspace of *current*; *words* count instead of its own.

    The second says the same without rules of the workspace's own.

    Raises:
        ApictlError: there is no such set or rule, or rules of the workspace's own are not trusted or fail to load.
    """
    home = workspace_root(current)
    raw = manifest_text(home)
    settings = read_manifest(raw).linting
    if settings.custom and not is_trusting:
        message = f"{MANIFEST_NAME} lists rules of its own, which are programs: {', '.join(settings.custom)[:200]}"
        raise ApictlError(message, hint="if you trust who may change them, run with --trust-rules")
    custom = load_rules(home, settings.custom)
    refuse_equal_ids(custom, lint_pages())
    return standard_of(settings, words, raw, custom=custom), Demand(settings, tuple(words), raw)


def placed(findings: Sequence[Finding], current: Path) -> tuple[Finding, ...]:
    """Return *findings* about files of the workspace with their lines, and with paths as seen from *current*."""
    home = workspace_root(current)
    folder = folder_snapshot(home, home=home, current=current)
    library = Library(folder.fetch)
    return tuple(located(each, library, prefix=folder.prefix) for each in findings)


def _of_service(service: Service, folder: Snapshot) -> Subject:
    return Subject(service.name, folder, tuple(_texts(service)))


def _texts(service: Service) -> Iterator[Text]:
    if service.openapi:
        yield Text(service.openapi, Expectation(Language.OPENAPI, need=service.need))
    if service.asyncapi:
        yield Text(service.asyncapi, Expectation(Language.ASYNCAPI, Perspective(service.perspective)))


def _of_file(text: str, *, home: Path, current: Path) -> Subject:
    given = operand(text, current)
    path = given.path
    if given.revision:
        raise ApictlError(f"{text} does not exist", hint="documents are read as they are now, at no revision")
    if given.is_folder:
        raise ApictlError(f"{text} is no document", hint="name documents, or services")
    root = root_of(path, current)
    folder = folder_snapshot(root, home=home, current=current)
    below = path.relative_to(root).as_posix()
    return Subject(folder.prefix + below, folder, (_text(root, below),))


def _text(root: Path, path: str) -> Text:
    """Return the document at *path*, in any language; from where `apictl.yaml` says it is seen, if it says so."""
    services = open_workspace(root).services if (root / MANIFEST_NAME).is_file() else ()
    views = {service.asyncapi: Perspective(service.perspective) for service in services}
    return Text(path, Expectation(perspective=views.get(path, Perspective.SERVICE)))
