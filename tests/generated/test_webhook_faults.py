"""Contract tests tell a receiver that keeps the contract from one that breaks it, and a sender from a wrong one."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def contract_tests(package: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Return the run of the contract tests of *package* with *options*."""
    command = [sys.executable, "-m", "pytest", str(package / "contract_tests"), "-q", "--seed=1", "--examples=5"]
    return subprocess.run(
        [*command, *options], cwd=Path(__file__).parent, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.fixture
def payments(root: Path) -> Path:
    """Return the folder of the package of Payments."""
    return root / "generated" / "payments" / "python"


def test_receiver_that_keeps_the_contract_passes_the_tests_that_are_about_it(payments: Path) -> None:
    done = contract_tests(payments, "--receiver=faulty_webhooks:faithful")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "passed" in done.stdout


@pytest.mark.parametrize(
    "fault, only",
    [
        ("accepts_everything", "wrong_requests and onRefundPaid"),
        ("accepts_everything", "test_on_refund_paid"),
        ("answers_what_is_not_declared", "test_on_refund_paid"),
    ],
)
def test_fault_of_a_receiver_is_found(payments: Path, fault: str, only: str) -> None:
    done = contract_tests(payments, f"--receiver=faulty_webhooks:{fault}", f"-k={only}")

    assert done.returncode == 1, done.stdout + done.stderr
    assert "specs/payments/openapi.yaml:" in done.stdout


@pytest.mark.parametrize(
    "module, old, new",
    [
        ("_support/sending.py", "return self._address\n", 'return httpx2.URL("https://subscriber.example/other")\n'),
        ("_support/sending.py", "_without_signature(operation), arguments", "_without_signature(operation), {}"),
        ("webhooks/operations.py", 'method="POST"', 'method="PUT"'),
        ("webhooks/sender.py", '"x_signature": x_signature', '"x_signature": None'),
    ],
    ids=["wrong address", "no arguments", "wrong method", "no signature"],
)
def test_fault_of_a_sender_is_found(payments: Path, tmp_path: Path, module: str, old: str, new: str) -> None:
    package = tmp_path / "python"
    shutil.copytree(payments, package)
    file = package / "payments_api" / module
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")

    done = contract_tests(package, "-k=what_is_sent")

    assert done.returncode == 1, done.stdout + done.stderr
