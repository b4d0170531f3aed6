"""The part of a check about documents: what the rules say of them, each finding once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from apictl.cli.check_examining import Known, of_service, once
from apictl.cli.check_scene import Scene
from apictl.errors import ApictlError
from apictl.findings import Finding
from apictl.report.check.report import Section
from apictl.workspace.baseline import known_finding, read_baseline
from apictl.workspace.checking.parts import Part

_IGNORE_UNUSED: Final = "ignore-unused"
_COMPONENT_UNUSED: Final = "component-unused"


def lint_section(scene: Scene, known: Mapping[str, Known]) -> Section:
    """Return what is wrong with the documents.

    Raises:
        ApictlError: the list of known findings can't be read.
    """
    listed, sharing = _listed(scene), _sharing(scene, known)
    told = [
        of_service(name, finding)
        for name, each in known.items()
        for finding in each.lint
        if known_finding(finding, finding.place.path) not in listed and _is_certain(finding, name, sharing, known)
    ]
    troubles = tuple(_troubles(known))
    return Section(Part.LINT.value, "Documents", once(told), scene.subject, troubles=troubles)


def _listed(scene: Scene) -> frozenset[object]:
    if not scene.baseline:
        return frozenset()
    entries = read_baseline(scene.workspace.root / scene.baseline, name=scene.baseline)
    if entries is None:
        raise ApictlError(f"{scene.baseline} does not exist, `apictl lint --baseline … --write-baseline` makes it")
    return frozenset(entries)


def _sharing(scene: Scene, known: Mapping[str, Known]) -> Mapping[str, list[str]]:
    """Return the services that reach each document of which something uncertain is said."""
    rules = (_IGNORE_UNUSED, _COMPONENT_UNUSED)
    paths = {each.place.path for found in known.values() for each in found.lint if each.rule in rules}
    sharing: dict[str, list[str]] = {path: [] for path in paths}
    for service in scene.workspace.services if paths else ():
        for path in paths & (scene.look.documents(service) or {}).keys():
            sharing[path].append(service.name)
    return sharing


def _is_certain(finding: Finding, name: str, sharing: Mapping[str, list[str]], known: Mapping[str, Known]) -> bool:
    """Whether *finding*, of the service *name*, holds for others that share the document: each was judged apart.

    An ignore that one service has no use for may be needed by another; so may a component.
    """
    if finding.rule == _IGNORE_UNUSED:
        return all(finding in known[each].lint for each in sharing[finding.place.path] if each in known)
    return finding.rule != _COMPONENT_UNUSED or sharing[finding.place.path] in ([], [name])


def _troubles(known: Mapping[str, Known]) -> Iterator[str]:
    yield from (f"{name}: {each.trouble}" for name, each in known.items() if each.trouble)
    yield from dict.fromkeys(fault for each in known.values() for fault in each.faults)
