"""The contract tests of the generated package, run against the service that was written by hand."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pricing_api.sample
import pytest

from tests.system.conftest import PACKAGES
from tests.system.serving import served, wait_until

LOCATED = re.compile(r"running on (http://127\.0\.0\.1:[0-9]+)")
APP = "trips_service.main:app"
TOKEN = "of-the-operator"
RULES = ("--refusal", "listTrips=400", "--refusal", "requestTrip=422")
"""How valid requests are refused: an invented cursor, a quote of somebody else."""


@contextmanager
def environment() -> Iterator[dict[str, str]]:
    """Yield what the service needs: the stub of pricing runs."""
    path = os.pathsep.join((str(Path(__file__).parent), *PACKAGES))
    with served(pricing_api.sample.app) as pricing_url:
        service = {"PRICING_URL": pricing_url, "PRICING_KEY": "sample-token", "TRIPS_TOKEN": TOKEN}
        yield {**os.environ, **service, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of the service, which runs in a process of its own."""
    log = tmp_path_factory.mktemp("trips") / "log"
    command = [sys.executable, "-m", "uvicorn", APP, "--port", "0", "--no-access-log"]
    with (
        environment() as variables,
        log.open("w") as errors,
        subprocess.Popen(command, env=variables, stderr=errors) as process,
    ):
        try:
            wait_until(lambda: "running on" in log.read_text() or process.poll() is not None)
            located = LOCATED.search(log.read_text())
            assert located, log.read_text()
            yield located[1]
        finally:
            process.terminate()


class ContractBroken(Exception):
    """What the contract tests say of a service that breaks its contract."""


def demand(root: Path, *options: str, variables: dict[str, str]) -> None:
    """Run `apictl test trips` with *options*.

    Raises:
        ContractBroken: it says that the service breaks its contract.
    """
    command = [sys.executable, "-m", "apictl.cli.main", "test", "trips", "--examples", "3", *options]
    header = ["--header", f"Authorization: Bearer {TOKEN}"]
    done = subprocess.run(
        [*command, *header], cwd=root, env=variables, capture_output=True, text=True, check=False, timeout=120
    )
    if done.returncode == 1 and "trips: breaks its contract" in done.stdout:
        raise ContractBroken(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr


def test_service_keeps_its_contract(root: Path, url: str) -> None:
    demand(root, "--url", url, *RULES, variables={**os.environ})


def test_rules_that_are_not_announced_are_breaches(root: Path, url: str) -> None:
    with pytest.raises(ContractBroken, match="--refusal listTrips=400"):
        demand(root, "--url", url, "-k", "test_list_trips", variables={**os.environ})


def test_service_keeps_its_contract_in_the_process_of_the_tests(root: Path) -> None:
    with environment() as variables:
        demand(root, "--app", APP, *RULES, variables=variables)
