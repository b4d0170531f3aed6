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
REFUSED_BY_A_RULE = "test_list_trips or test_request_trip or test_links"
"""Tests that send valid requests which only the service can refuse: an invented cursor, a quote of somebody else."""


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
    demand(root, "--url", url, "-k", f"not ({REFUSED_BY_A_RULE})", variables={**os.environ})


@pytest.mark.xfail(
    raises=ContractBroken, strict=True, reason="a declared refusal by a rule that no schema tells counts as a breach"
)
def test_service_keeps_its_contract_where_it_refuses_by_a_rule_of_its_own(root: Path, url: str) -> None:
    demand(root, "--url", url, "-k", REFUSED_BY_A_RULE, variables={**os.environ})


@pytest.mark.xfail(
    raises=ContractBroken, strict=True, reason="an application is shut down after each test, and then asked again"
)
def test_service_keeps_its_contract_in_the_process_of_the_tests(root: Path) -> None:
    with environment() as variables:
        demand(root, "--app", APP, "-k", "health", variables=variables)
