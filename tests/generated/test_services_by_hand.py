"""Services that people wrote: they refuse by rules of their own, and live as long as the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.generated.packages import generate_into

Run = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def services(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the generated package of pricing."""
    folder = tmp_path_factory.mktemp("services")
    generate_into(folder, root, {"pricing"})
    return folder


def contract_tests(services: Path, *options: str, record: Path = Path(os.devnull)) -> Run:
    """Return the run of the contract tests of pricing with *options*; applications write to *record*."""
    folder = services / "pricing" / "python" / "contract_tests"
    command = [sys.executable, "-m", "pytest", str(folder), "-q", "--sample-credentials", "--examples=5", *options]
    environment = {**os.environ, "RECORD": str(record), "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.run(
        command, cwd=Path(__file__).parent, env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def test_application_starts_once_and_serves_all_tests_in_one_event_loop(services: Path, tmp_path: Path) -> None:
    record = tmp_path / "record"

    run = contract_tests(services, "--app=applications:with_connection", "-k=quote or links", record=record)

    assert run.returncode == 0, run.stdout + run.stderr
    assert record.read_text() == "starts\nends\n"


@pytest.mark.parametrize(
    "app, why",
    [("failing", "ConnectionRefusedError: no database here"), ("refusing", "StartRefused: no database here")],
)
def test_application_that_does_not_start_is_no_breach(services: Path, app: str, why: str) -> None:
    run = contract_tests(services, f"--app=applications:{app}", "-k=zone")

    assert run.returncode == pytest.ExitCode.USAGE_ERROR, run.stdout + run.stderr
    assert f"ERROR: applications:{app} does not start: {why}" in run.stderr


def test_application_that_raises_has_answered_500(services: Path) -> None:
    run = contract_tests(services, "--app=applications:raising", "-k=get_quote")

    assert run.returncode == 1, run.stdout + run.stderr
    assert "GET /quotes/{quoteId} breaks its contract" in run.stdout
    assert "[500] Internal Server Error" in run.stdout
    assert "RuntimeError: a bug of the service" in run.stdout


def test_cookies_do_not_outlive_a_test(services: Path) -> None:
    run = contract_tests(services, "--app=applications:with_cookies", "-k=plainest and not links")

    assert run.returncode == 0, run.stdout + run.stderr


def test_declared_410_is_no_breach(services: Path) -> None:
    run = contract_tests(services, "--app=applications:gone", "-k=get_quote or (plainest and getQuote)")

    assert run.returncode == 0, run.stdout + run.stderr


def test_stub_itself_may_not_refuse_what_the_schema_allows(services: Path, tmp_path: Path) -> None:
    changed = tmp_path / "services"
    shutil.copytree(services, changed)
    stub = changed / "pricing" / "python" / "pricing_api" / "sample.py"
    gone = "from pricing_api import errors\n        raise errors.GetQuoteGone(models.Problem(title='Gone', status=410))"
    answer = "return SAMPLES.answer(operations.GET_QUOTE, quote_id=quote_id)"
    assert answer in stub.read_text()
    stub.write_text(stub.read_text().replace(answer, gone))

    run = contract_tests(changed, "-k=get_quote")

    assert run.returncode == 1, run.stdout + run.stderr
    assert "[410] Gone" in run.stdout
    assert "--refusal" not in run.stdout


FULL_CARS = ("--app=faults:refuses_full_cars", "-k=create_quote or (plainest and createQuote)")


def test_refusal_that_was_announced_is_no_breach(services: Path) -> None:
    run = contract_tests(services, *FULL_CARS, "--refusal=createQuote=422")

    assert run.returncode == 0, run.stdout + run.stderr


def test_refusal_announced_of_another_operation_says_nothing(services: Path) -> None:
    run = contract_tests(services, *FULL_CARS, "--refusal=getQuote=400")

    assert run.returncode == 1, run.stdout + run.stderr
    assert "--refusal createQuote=422" in run.stdout


@pytest.mark.parametrize(
    "refusal, why",
    [
        ("createQuotes=422", "the contract has no operation 'createQuotes', did you mean 'createQuote'?"),
        ("createQuote=500", "is not of the form operationId=4xx"),
        ("createQuote", "is not of the form operationId=4xx"),
    ],
)
def test_refusal_that_the_contract_does_not_know_is_refused(services: Path, refusal: str, why: str) -> None:
    run = contract_tests(services, "--app=faults:faithful", f"--refusal={refusal}")

    assert run.returncode == pytest.ExitCode.USAGE_ERROR, run.stdout + run.stderr
    assert f"ERROR: --refusal '{refusal}'" in run.stderr
    assert why in run.stderr
