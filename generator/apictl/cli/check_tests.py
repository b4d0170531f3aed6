"""The last part of a check: the contract tests of the stubs."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from apictl.cli.check_examining import Known
from apictl.cli.check_scene import Scene
from apictl.errors import ApictlError
from apictl.findings import Place, error
from apictl.report.check.report import Section
from apictl.report.statement import Statement, in_order, statement_of
from apictl.report.text import counted, printable
from apictl.rules.checking import TEST_FAILED
from apictl.workspace.checking.fingerprints import content_key
from apictl.workspace.checking.parts import Part
from apictl.workspace.checking.testing import CASES, Trial, Tried, environment_key, tried
from apictl.workspace.manifest import Service
from apictl.workspace.refusals import refuse_undeclared

_LINES: Final = 30
_LONGEST: Final = 300


def tests_section(scene: Scene, known: Mapping[str, Known], *, seed: int, examples: int) -> Section:
    """Return what the contract tests of the stubs say; those that passed on the same code are not run again."""
    environment = environment_key()
    trials: list[tuple[Service, str, Trial]] = []
    troubles: list[str] = []
    untested: list[str] = []
    passed = 0
    for service in scene.services:
        if _is_outdated(known.get(service.name)):
            untested.append(service.name)
            continue
        key = content_key([scene.look.state(service), environment, seed, examples, service.refusals])
        if scene.look.result(service, Part.TESTS, key) is not None:
            passed += 1
            continue
        try:
            trials.append((service, key, _trial(service, scene, seed=seed, examples=examples)))
        except ApictlError as fault:
            troubles.append(str(fault))
    results = tried([trial for _, _, trial in trials], progress=scene.progress)
    for (service, key, _), result in zip(trials, results, strict=True):
        if result.is_passed:
            scene.look.keep(service, Part.TESTS, key, result.count)
    troubles += [f"{each.service}: {each.trouble}" for each in results if each.trouble]
    notes = [f"{passed} of them passed before on the same code"] if passed else []
    notes += [f"not tested, their code is not current: {', '.join(untested)}"] if untested else []
    paths = {service.name: service.documents[0] for service, _, _ in trials}
    told = in_order(each for result in results for each in _statements(result, paths[result.service]))
    return Section(
        name=Part.TESTS.value,
        title="Contract tests",
        statements=told,
        subject=counted(len(trials) + passed, "service"),
        notes=tuple(notes),
        troubles=tuple(troubles),
        is_skipped=not trials and not passed,
    )


def _is_outdated(known: Known | None) -> bool:
    return known is not None and (not known.is_sound or (known.currency is not None and not known.currency.is_current))


def _trial(service: Service, scene: Scene, *, seed: int, examples: int) -> Trial:
    folder = scene.look.output / service.name / "python" / "contract_tests"
    if not any((folder / name).is_file() for name in CASES):
        raise ApictlError(f"service {service.name!r} has no contract tests yet, `apictl generate` writes them")
    if (folder / CASES[0]).is_file():
        refuse_undeclared(scene.workspace.root, service, folder / CASES[0])
    return Trial(service.name, Path(folder), seed, examples)


def _statements(result: Tried, document: str) -> tuple[Statement, ...]:
    """Return what failed; *document* is where a test belongs that names no place."""
    found = []
    for failure in result.failures:
        message = f"{result.service!r} fails {failure.name[:_LONGEST]}"
        lines = tuple(printable(line)[:_LONGEST] for line in failure.text.strip().splitlines()[:_LINES])
        place = Place(failure.path or document, "", failure.line)
        told = statement_of(error(TEST_FAILED, place, message), place)
        found.append(dataclasses.replace(told, suite=result.service, case=failure.name, details=lines))
    return tuple(found)
