"""Which services `apictl check` looks at: those that a branch has to do with, and one part of several."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from apictl.cli.main import main
from apictl.errors import ApictlError
from apictl.workspace.checking.sharding import Shard, divided, matrix, shard_of
from tests.check.fleets import MANIFEST, PRICING, TRIPS, break_pricing, checked, commit, rules
from tests.cli.workspaces import write_contract
from tests.workspace.repositories import git

Capture = pytest.CaptureFixture[str]
LINT = ("--affected", "--only", "lint")


@pytest.mark.usefixtures("sound")
def test_branch_without_changes_has_to_do_with_nobody(capsys: Capture) -> None:
    code, told = checked(capsys, "--affected")

    assert (code, told["services"]) == (0, [])


def test_service_of_a_changed_contract_is_checked(sound: Path, capsys: Capture) -> None:
    write_contract(sound, TRIPS.replace("Trips", "Rides"), service="trips")

    _, told = checked(capsys, *LINT)

    assert told["services"] == ["trips"]


def test_service_that_reaches_a_changed_document_is_checked_and_who_calls_it(sound: Path, capsys: Capture) -> None:
    break_pricing(sound)

    _, told = checked(capsys, *LINT)

    assert told["services"] == ["pricing", "trips"]


def test_document_that_nobody_reaches_affects_nobody(sound: Path, capsys: Capture) -> None:
    (sound / "specs" / "common" / "notes.yaml").write_text("x: 1\n", encoding="utf-8")

    _, told = checked(capsys, *LINT)

    assert told["services"] == []


def test_document_that_is_gone_affects_who_reached_it(sound: Path, capsys: Capture) -> None:
    (sound / "specs" / "common" / "values.yaml").unlink()

    code, told = checked(capsys, *LINT)

    assert code == 1
    assert told["services"] == ["pricing", "trips"]
    assert rules(told, "lint") == ["reference-file-missing"]


def test_changed_entry_of_the_manifest_affects_its_service(sound: Path, capsys: Capture) -> None:
    (sound / "apictl.yaml").write_text(MANIFEST.replace("team-b", "team-c"), encoding="utf-8")

    _, told = checked(capsys, *LINT)

    assert told["services"] == ["trips"]


def test_changed_setting_of_the_whole_workspace_affects_all(sound: Path, capsys: Capture) -> None:
    (sound / "apictl.yaml").write_text(MANIFEST + "diff: {open-enums: true}\n", encoding="utf-8")

    _, told = checked(capsys, *LINT)

    assert told["services"] == ["pricing", "trips"]


def test_changed_generated_code_affects_its_service(sound: Path, capsys: Capture) -> None:
    (sound / "generated" / "trips" / "python" / "README.md").write_text("mine\n", encoding="utf-8")

    code, told = checked(capsys, "--affected", "--only", "generated")

    assert code == 1
    assert told["services"] == ["trips"]


def test_changed_names_affect_their_service_and_the_check_tells_of_them(sound: Path, capsys: Capture) -> None:
    lock = sound / "apictl.lock"
    lock.write_text(lock.read_text(encoding="utf-8") + "trips method gone gone\n", encoding="utf-8")

    code, told = checked(capsys, "--affected", "--only", "generated")

    assert (code, told["services"]) == (1, ["trips"])
    assert "apictl.lock does not keep its names" in json.dumps(told)


def test_generated_code_that_git_does_not_keep_affects_nobody(folder: Path, capsys: Capture) -> None:
    git(folder, "init", "--quiet", "--initial-branch=main")
    (folder / ".gitignore").write_text("generated/\n", encoding="utf-8")
    assert main(["generate"]) == 0
    commit(folder)
    capsys.readouterr()

    before = checked(capsys, *LINT)[1]["services"]
    write_contract(folder, TRIPS.replace("Trips", "Rides"), service="trips")
    after = checked(capsys, *LINT)[1]["services"]

    assert (before, after) == ([], ["trips"])


def test_generated_code_that_git_begins_to_keep_affects_its_services(folder: Path, capsys: Capture) -> None:
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder)
    git(folder, "checkout", "--quiet", "-b", "work")
    assert main(["generate"]) == 0
    commit(folder)
    capsys.readouterr()

    assert checked(capsys, *LINT)[1]["services"] == ["pricing", "trips"]


@pytest.mark.parametrize("text", ["a: look at `$ref`\n$ref: ../common/deeper.yaml\n", "$ref: ../common/deeper.yaml\n"])
def test_change_is_seen_through_documents_between(sound: Path, capsys: Capture, text: str) -> None:
    common = sound / "specs" / "common"
    (common / "between.yaml").write_text(text, encoding="utf-8")
    (common / "deeper.yaml").write_text(PRICING, encoding="utf-8")
    write_contract(sound, TRIPS.replace("204", "200") + "x-more: {$ref: ../common/between.yaml}\n", service="trips")
    commit(sound)
    (common / "deeper.yaml").write_text(PRICING.replace("done", "over"), encoding="utf-8")

    _, told = checked(capsys, *LINT, "--no-cache")

    assert told["services"] == ["trips"]


def test_new_service_is_affected_and_a_committed_change_too(sound: Path, capsys: Capture) -> None:
    git(sound, "checkout", "--quiet", "-b", "work")
    write_contract(sound, TRIPS.replace("Trips", "Maps"), service="maps")
    write_contract(sound, TRIPS.replace("Trips", "Rides"), service="trips")
    commit(sound)

    _, told = checked(capsys, *LINT)

    assert told["services"] == ["maps", "trips"]


def test_without_a_base_all_are_affected(folder: Path, capsys: Capture) -> None:
    git(folder, "init", "--quiet")

    _, told = checked(capsys, *LINT)

    assert told["services"] == ["pricing", "trips"]


def test_shards_have_every_service_once(sound: Path, capsys: Capture) -> None:
    write_contract(sound, PRICING.replace("Pricing", "Other"), service="other")

    found = [checked(capsys, "--shard", f"{index}/2", "--only", "lint")[1]["services"] for index in (1, 2)]

    assert sorted(found[0] + found[1]) == ["other", "pricing", "trips"]
    assert found[0]
    assert found[1]


def test_only_the_first_shard_tells_what_is_about_no_service(sound: Path, capsys: Capture) -> None:
    (sound / "specs" / "trips" / "openapi.yaml").unlink()
    (sound / "apictl.yaml").unlink()

    found = [rules(checked(capsys, "--shard", f"{index}/2", "--only", "breaking")[1], "breaking") for index in (1, 2)]

    assert found == [["service-removed"], []]


@pytest.mark.usefixtures("sound")
def test_matrix_lists_jobs_whose_services_can_be_named(capsys: Capture) -> None:
    assert main(["check", "--matrix", "8"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert told == {
        "include": [{"shard": "1/2", "services": "pricing"}, {"shard": "2/2", "services": "trips"}],
    }


@pytest.mark.usefixtures("sound")
def test_matrix_of_nothing_affected_is_empty(capsys: Capture) -> None:
    assert main(["check", "--affected", "--matrix", "8"]) == 0

    assert json.loads(capsys.readouterr().out) == {"include": []}


def test_groups_are_balanced_and_the_same_for_any_order() -> None:
    weights = {f"s{number}": 1 + number * 7 % 90 for number in range(200)}

    groups = divided(weights, 7)

    loads = [sum(weights[name] for name in group) for group in groups]
    assert sorted(name for group in groups for name in group) == sorted(weights)
    assert max(loads) - min(loads) <= 90
    assert divided(dict(reversed(weights.items())), 7) == groups


def test_matrix_has_no_more_jobs_than_services() -> None:
    assert [job["shard"] for job in matrix({"a": 1, "b": 1, "c": 1}, 2)["include"]] == ["1/2", "2/2"]
    assert len(matrix({"a": 1}, 5)["include"]) == 1
    assert matrix({}, 5) == {"include": []}


@pytest.mark.parametrize("text", ["0/2", "3/2", "1", "a/b", "1/2/3", "-1/2", "1/0"])
def test_shard_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ApictlError, match="--shard"):
        shard_of(text)


def test_shard_is_read() -> None:
    assert shard_of("2/8") == Shard(2, 8)
    assert shard_of("") == Shard(1, 1)
