"""An untouched stub keeps its contract, in this process and over a real port."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.generated.packages import generate_into

SERVICES = ("drivers", "maps", "passengers", "payments", "pricing", "trips")
LOCATED = re.compile(r"running on (http://127\.0\.0\.1:[0-9]+)")


@pytest.fixture(scope="module")
def services(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the generated packages of all example services."""
    folder = tmp_path_factory.mktemp("services")
    generate_into(folder, root, SERVICES)
    return folder


@pytest.fixture
def url(services: Path) -> Iterator[str]:
    """Yield the address of the stub of pricing, served by a process that ends with the test."""
    command = [sys.executable, "-m", "uvicorn", "pricing_api.sample:app", "--port", "0", "--no-access-log"]
    folder = services / "pricing" / "python"
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            found = next(match for line in server.stderr if (match := LOCATED.search(line)))
            yield found[1]
        finally:
            server.terminate()


def run(services: Path, service: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Return the run of the contract tests of *service* with *options*."""
    folder = services / service / "python" / "contract_tests"
    command = [sys.executable, "-m", "pytest", str(folder), "-q", "--examples=5", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)


@pytest.mark.parametrize("service", SERVICES)
def test_untouched_stub_keeps_its_contract(services: Path, service: str) -> None:
    done = run(services, service)

    assert done.returncode == 0, done.stdout + done.stderr


def test_untouched_stub_keeps_its_contract_over_a_real_port(services: Path, url: str) -> None:
    done = run(services, "pricing", f"--url={url}", "--sample-credentials")

    assert done.returncode == 0, done.stdout + done.stderr


def test_caller_without_credentials_is_refused_as_the_contract_says(services: Path) -> None:
    done = run(services, "pricing", "--app=pricing_api.sample:app", "-k=quote or estimate")

    assert done.returncode == 0, done.stdout + done.stderr


def test_seed_decides_what_is_sent(services: Path, tmp_path: Path) -> None:
    folder = services / "pricing" / "python" / "contract_tests"

    def sent(seed: int, name: str) -> str:
        record = tmp_path / name
        options = ["--app=faults:recorder", "--sample-credentials", f"--seed={seed}", "-k=list_zones"]
        command = [sys.executable, "-m", "pytest", str(folder), "-q", *options]
        environment = {**os.environ, "RECORD": str(record)}
        subprocess.run(command, cwd=Path(__file__).parent, env=environment, check=True, capture_output=True)
        return record.read_text(encoding="utf-8")

    first = sent(1, "first")

    assert first == sent(1, "again")
    assert first != sent(2, "other")


def test_fewer_boundaries_are_tried_where_that_is_asked_for(services: Path, tmp_path: Path) -> None:
    folder = services / "pricing" / "python" / "contract_tests"

    def sent(name: str, *options: str) -> int:
        environment = {**os.environ, "RECORD": str(tmp_path / name)}
        chosen = ["--app=faults:recorder", "--sample-credentials", "--examples=1", "-k=test_create_quote", *options]
        command = [sys.executable, "-m", "pytest", str(folder), "-q", *chosen]
        subprocess.run(command, cwd=Path(__file__).parent, env=environment, check=True, capture_output=True)
        return len((tmp_path / name).read_text(encoding="utf-8").splitlines())

    assert sent("few", "--boundaries=2") < sent("all") / 2
