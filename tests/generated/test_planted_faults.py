"""Contract tests tell a service that keeps its contract from one that breaks it in a single place."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.generated.packages import generate_into

FAULTS = (
    ("pricing", "wrong_status", "create_quote"),
    ("pricing", "undeclared_status", "get_quote"),
    ("pricing", "missing_property", "get_quote"),
    ("pricing", "wrong_type", "get_quote"),
    ("pricing", "wrong_enum", "get_quote"),
    ("pricing", "undeclared_property", "get_zone"),
    ("pricing", "wrong_media_type", "get_quote"),
    ("pricing", "missing_header", "create_quote"),
    ("pricing", "wrong_header", "create_quote"),
    ("pricing", "no_json", "get_quote"),
    ("pricing", "no_allow", "undeclared_methods and createQuote"),
    ("pricing", "undeclared_error", "create_quote"),
    ("pricing", "accepts_any_body", "create_quote"),
    ("pricing", "accepts_numbers_as_text", "wrong_requests and createQuote"),
    ("pricing", "accepts_any_query", "list_zones"),
    ("pricing", "refuses_full_cars", "create_quote"),
    ("pricing", "fails_on_boundary", "list_zones"),
    ("pricing", "asks_for_no_key", "get_quote"),
    ("passengers", "believes_every_session", "credential and getPassenger"),
    ("pricing", "accepts_any_media_type", "wrong_requests and createQuote"),
    ("passengers", "accepts_read_only", "wrong_requests and createPassenger"),
    ("pricing", "knows_every_path", "unknown_path"),
    ("pricing", "allows_every_method", "undeclared_methods and createQuote"),
    ("pricing", "deletes_nothing", "deleted_is_gone and deleteZone"),
    ("pricing", "forgets_what_it_creates", "links"),
)


@pytest.fixture(scope="module")
def services(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the generated packages of two services."""
    folder = tmp_path_factory.mktemp("services")
    generate_into(folder, root, {"pricing", "passengers"})
    return folder


def contract_tests(services: Path, service: str, app: str, only: str) -> subprocess.CompletedProcess[str]:
    """Return the run of the tests that match *only* against *app* of the module `faults`."""
    folder = services / service / "python" / "contract_tests"
    options = [f"--app=faults:{app}", "--sample-credentials", "--seed=1", f"-k={only}"]
    command = [sys.executable, "-m", "pytest", str(folder), "-q", *options]
    return subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.parametrize("service, fault, only", FAULTS, ids=[fault for _, fault, _ in FAULTS])
def test_fault_is_found(services: Path, service: str, fault: str, only: str) -> None:
    run = contract_tests(services, service, fault, only)

    assert run.returncode == 1, run.stdout + run.stderr
    assert "breaks its contract" in run.stdout
    assert "curl -X" in run.stdout
    assert "--seed 1" in run.stdout


def test_service_without_a_fault_passes_where_the_faults_are_found(services: Path) -> None:
    chosen = " or ".join(f"({only})" for service, _, only in FAULTS if service == "pricing")

    run = contract_tests(services, "pricing", "faithful", chosen)

    assert run.returncode == 0, run.stdout + run.stderr
