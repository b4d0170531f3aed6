"""The contract tests as a part of `apictl check`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.check.fleets import break_pricing, checked, rules

Capture = pytest.CaptureFixture[str]
TESTS = ("--only", "tests", "--examples", "2")


def test_service_that_keeps_its_contract_passes_and_is_not_tested_again(sound: Path, capsys: Capture) -> None:
    code, told = checked(capsys, *TESTS, "trips")

    assert (code, told["sections"]["tests"]["notes"]) == (0, [])

    code, told = checked(capsys, *TESTS, "trips")

    assert (code, told["sections"]["tests"]["notes"]) == (0, ["1 of them passed before on the same code"])

    (sound / "generated" / "trips" / "python" / "contract_tests" / "more.py").write_text("x = 1\n", encoding="utf-8")
    code, told = checked(capsys, *TESTS, "trips")

    assert (code, told["sections"]["tests"]["notes"]) == (0, [])


def test_service_that_breaks_its_contract_fails_each_time_at_the_line_of_the_operation(
    sound: Path, capsys: Capture
) -> None:
    path = sound / "generated" / "trips" / "python" / "trips_api" / "sample.py"
    path.write_text(path.read_text(encoding="utf-8") + "\nasync def app(scope, receive, send):\n    raise OSError\n")

    for _ in range(2):
        code, told = checked(capsys, *TESTS, "trips")

        assert code == 1
        assert set(rules(told, "tests")) == {"contract-test-failed"}
        finding = told["sections"]["tests"]["findings"][0]
        assert finding["service"] == "trips"
        assert finding["place"]["path"] == "specs/trips/openapi.yaml"


def test_service_whose_code_is_not_current_is_not_tested(sound: Path, capsys: Capture) -> None:
    break_pricing(sound)

    _, told = checked(capsys, "--only", "generated,tests", "pricing")

    assert told["sections"]["tests"]["outcome"] == "skipped"
    assert told["sections"]["tests"]["notes"] == ["not tested, their code is not current: pricing"]


@pytest.mark.usefixtures("folder")
def test_service_without_tests_could_not_be_tested(capsys: Capture) -> None:
    code, told = checked(capsys, *TESTS, "trips")

    assert code == 2
    assert "`apictl generate` writes them" in told["sections"]["tests"]["troubles"][0]


def test_tests_that_can_not_run_are_two(sound: Path, capsys: Capture) -> None:
    (sound / "generated" / "trips" / "python" / "contract_tests" / "conftest.py").write_text("import nothing_there\n")

    code, told = checked(capsys, *TESTS, "trips")

    assert code == 2
    assert told["sections"]["tests"]["troubles"][0].startswith("trips: ")
