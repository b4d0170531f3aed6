"""Contract tests of events tell a service that keeps its contract from one that breaks it in a single place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.generated.event_fault_runs import Run
from tests.generated.event_faults import CLEAN, FAULTS, Fault, caught, clean_runs
from tests.generated.packages import generate_into


@pytest.fixture(scope="module")
def services(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the generated packages of the services that have faults."""
    folder = tmp_path_factory.mktemp("services")
    generate_into(folder, root, CLEAN)
    return folder


@pytest.fixture(scope="module")
def runs(services: Path) -> Mapping[str, Run]:
    """Return what came of the test that is to find each fault."""
    return {fault.name: run for fault, run in caught(services, is_whole=False)}


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_fault_is_found_and_told(runs: Mapping[str, Run], fault: Fault) -> None:
    run = runs[fault.name]

    assert fault.is_caught(run), run.failures
    (told,) = run.failures.values()
    assert told.startswith(f"{fault.service} breaks its contract\n")
    assert f"apictl test {fault.service} --seed 1 --" in told
    assert "Traceback" not in told


def test_services_without_a_fault_pass_with_any_seed(services: Path) -> None:
    failed = {name: run.failures for name, run in clean_runs(services, 9) if run.code}

    assert not failed
