"""What a run leaves on the disk; I05, I06, I08, I12, I13, I19 of the catalogue of bad inputs."""

from __future__ import annotations

import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from apictl.errors import ApictlError
from apictl.workspace.generation import Mode, Tools
from tests.workspace.fakes import build, generated, run, times, tree, write_specs


def test_every_service_gets_its_files(tmp_path: Path) -> None:
    workspace = write_specs(tmp_path, {"a": "x.py = 1\nsub/y.py = 2", "b": "x.py = 3"})

    outcome = run(workspace)

    assert outcome.is_written
    assert generated(tmp_path) == {"a/x.py": b"1", "a/sub/y.py": b"2", "b/x.py": b"3"}


def test_nothing_but_the_output_and_the_cache_is_made(tmp_path: Path) -> None:
    run(write_specs(tmp_path, {"a": "x.py = 1"}))

    assert sorted(path.name for path in tmp_path.iterdir()) == [".apictl", "generated", "specs"]
    assert (tmp_path / ".apictl" / ".gitignore").read_text() == "*\n"


def test_second_run_rewrites_nothing(tmp_path: Path) -> None:  # I13
    workspace = write_specs(tmp_path, {"a": "x.py = 1", "b": "warn\ny.py = 2"})
    first = run(workspace)
    before = times(tmp_path)

    again = run(workspace)

    assert (again.is_written, again.plan.is_empty) == (False, True)
    assert times(tmp_path) == before
    assert again.findings == first.findings


def refuse_to_build(_job: object) -> object:
    raise AssertionError("everything was up to date")


def test_run_with_nothing_to_do_builds_nothing(tmp_path: Path) -> None:
    workspace = write_specs(tmp_path, {"a": "x.py = 1"})
    run(workspace)

    outcome = run(workspace, tools=Tools(build=refuse_to_build))  # type: ignore[arg-type]  # never returns

    assert outcome.plan.is_empty


@pytest.mark.parametrize("change", ["document", "file", "ledger", "option"])
def test_whatever_changed_is_noticed_despite_the_cache(tmp_path: Path, change: str) -> None:
    workspace = write_specs(tmp_path, {"a": "x.py = 1\ny.py = 1"})
    run(workspace)
    match change:
        case "document":
            workspace = write_specs(tmp_path, {"a": "x.py = 2\ny.py = 1"})
        case "file":
            (tmp_path / "generated/a/x.py").unlink()
        case "ledger":
            (tmp_path / "generated/.apictl.json").unlink()
        case _:
            (tmp_path / "apictl.yaml").write_text("services: {a: {external: true}}")
            workspace = write_specs(tmp_path, {})
            with pytest.raises(AssertionError, match="up to date"):
                run(workspace, tools=Tools(build=refuse_to_build))  # type: ignore[arg-type]  # never returns
            return

    outcome = run(workspace)

    assert outcome.is_written
    assert generated(tmp_path)["a/x.py"] == (b"2" if change == "document" else b"1")


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"key": 1}', b"\xff"])
def test_damaged_cache_is_only_a_miss(tmp_path: Path, damage: bytes) -> None:
    workspace = write_specs(tmp_path, {"a": "x.py = 1"})
    run(workspace)
    (tmp_path / ".apictl/cache/a.json").write_bytes(damage)

    assert run(workspace).plan.is_empty


def test_only_the_file_that_differs_is_rewritten(tmp_path: Path) -> None:
    run(write_specs(tmp_path, {"a": "x.py = 1\ny.py = 1"}))
    before = times(tmp_path / "generated")

    run(write_specs(tmp_path, {"a": "x.py = 1\ny.py = 2"}))

    after = times(tmp_path / "generated")
    assert {Path(path).name for path in after if after[path] != before[path]} == {"y.py", ".apictl.json"}


def test_refused_contract_leaves_all_services_untouched(tmp_path: Path) -> None:  # I12
    run(write_specs(tmp_path, {"a": "x.py = 1", "b": "x.py = 1"}))
    before = times(tmp_path / "generated")

    outcome = run(write_specs(tmp_path, {"a": "x.py = 2", "b": "refuse"}))

    assert [finding.rule for finding in outcome.findings] == ["fake-error"]
    assert not outcome.is_written
    assert times(tmp_path / "generated") == before


def test_failure_leaves_everything_untouched(tmp_path: Path) -> None:
    run(write_specs(tmp_path, {"a": "x.py = 1", "b": "x.py = 1"}))
    before = tree(tmp_path / "generated")

    with pytest.raises(ApictlError, match="the disk is gone"):
        run(write_specs(tmp_path, {"a": "x.py = 2", "b": "fail"}))

    assert tree(tmp_path / "generated") == before


def test_files_of_the_user_survive(tmp_path: Path) -> None:  # I05
    run(write_specs(tmp_path, {"a": "x.py = 1\nold/y.py = 1"}))
    (tmp_path / "generated/a/mine.py").write_text("mine")
    (tmp_path / "generated/a/old/notes.txt").write_text("mine too")
    (tmp_path / "generated/elsewhere").mkdir()

    run(write_specs(tmp_path, {"a": "x.py = 2"}))

    assert generated(tmp_path) == {"a/x.py": b"2", "a/mine.py": b"mine", "a/old/notes.txt": b"mine too"}
    assert (tmp_path / "generated/elsewhere").is_dir()


def test_stale_files_and_their_empty_folders_go(tmp_path: Path) -> None:
    run(write_specs(tmp_path, {"a": "x.py = 1\nold/deep/y.py = 1", "b": "x.py = 1"}))
    (tmp_path / "specs/b/openapi.yaml").unlink()

    run(write_specs(tmp_path, {"a": "x.py = 1"}))

    assert generated(tmp_path) == {"a/x.py": b"1"}
    assert [path.name for path in (tmp_path / "generated").rglob("*") if path.is_dir()] == ["a"]


def test_stale_file_that_was_changed_is_kept(tmp_path: Path) -> None:
    run(write_specs(tmp_path, {"a": "x.py = 1\ny.py = 1"}))
    (tmp_path / "generated/a/y.py").write_text("mine now")

    outcome = run(write_specs(tmp_path, {"a": "x.py = 1"}))

    assert outcome.plan.kept == ("a/y.py",)
    assert generated(tmp_path)["a/y.py"] == b"mine now"


def test_changed_file_stops_the_run_and_is_named(tmp_path: Path) -> None:  # I06
    run(write_specs(tmp_path, {"a": "x.py = 1\ny.py = 1"}))
    (tmp_path / "generated/a/x.py").write_text("mine")
    before = tree(tmp_path / "generated")

    outcome = run(write_specs(tmp_path, {"a": "x.py = 2\ny.py = 2"}))

    assert (outcome.is_written, outcome.plan.edited) == (False, ("a/x.py",))
    assert tree(tmp_path / "generated") == before


def test_file_that_was_there_before_is_not_overwritten_either(tmp_path: Path) -> None:
    workspace = write_specs(tmp_path, {"a": "x.py = 1"})
    (tmp_path / "generated/a").mkdir(parents=True)
    (tmp_path / "generated/a/x.py").write_text("mine")

    assert run(workspace).plan.edited == ("a/x.py",)
    assert generated(tmp_path) == {"a/x.py": b"mine"}


def test_force_overwrites_changed_files(tmp_path: Path) -> None:
    workspace = write_specs(tmp_path, {"a": "x.py = 1"})
    run(workspace)
    (tmp_path / "generated/a/x.py").write_text("mine")

    outcome = run(workspace, mode=Mode.OVERWRITE)

    assert outcome.is_written
    assert generated(tmp_path) == {"a/x.py": b"1"}


def test_force_replaces_a_symlink_and_not_what_it_leads_to(tmp_path: Path) -> None:
    workspace = write_specs(tmp_path, {"a": "x.py = 1"})
    precious = tmp_path / "precious"
    precious.write_text("mine")
    (tmp_path / "generated/a").mkdir(parents=True)
    (tmp_path / "generated/a/x.py").symlink_to(precious)

    run(workspace, mode=Mode.OVERWRITE)

    assert generated(tmp_path) == {"a/x.py": b"1"}
    assert precious.read_text() == "mine"


def test_check_tells_and_writes_nothing(tmp_path: Path) -> None:
    run(write_specs(tmp_path, {"a": "x.py = 1\ny.py = 1"}))
    before = times(tmp_path)

    (tmp_path / "specs/a/openapi.yaml").write_text("x.py = 2")
    outcome = run(write_specs(tmp_path, {}), mode=Mode.CHECK)

    assert [file.path.as_posix() for file in outcome.plan.writes] == ["a/x.py"]
    assert outcome.plan.removals == ("a/y.py",)
    after = times(tmp_path)
    assert {Path(path).name for path in after if after[path] != before[path]} == {"openapi.yaml"}


def test_named_service_leaves_the_others_alone(tmp_path: Path) -> None:
    run(write_specs(tmp_path, {"a": "x.py = 1", "b": "x.py = 1"}))

    run(write_specs(tmp_path, {"a": "x.py = 2", "b": "x.py = 2"}), "a")

    assert generated(tmp_path) == {"a/x.py": b"2", "b/x.py": b"1"}
    assert set(json.loads((tmp_path / "generated/.apictl.json").read_text())["files"]) == {"a/x.py", "b/x.py"}


def test_modes_do_not_depend_on_the_umask(tmp_path: Path) -> None:  # I19
    workspace = write_specs(tmp_path, {"a": "x.py = 1"})
    previous = os.umask(0o077)
    try:
        run(workspace)
    finally:
        os.umask(previous)

    assert stat.S_IMODE((tmp_path / "generated/a/x.py").stat().st_mode) == 0o644


def test_the_ledger_holds_neither_time_nor_machine(tmp_path: Path) -> None:  # I20
    for name in ("one", "two"):
        run(write_specs(tmp_path / name, {"a": "x.py = 1", "b": "y.py = 2"}))

    assert tree(tmp_path / "one/generated") == tree(tmp_path / "two/generated")


@pytest.mark.parametrize(
    "content", [b"", b"<<<<<<< ours", b'{"version": 1, "files": {"../../x": "0"}}', b"[" * 100_000]
)
def test_ledger_that_is_none_is_an_error_and_never_trusted(tmp_path: Path, content: bytes) -> None:
    workspace = write_specs(tmp_path, {"a": "x.py = 1"})
    run(workspace)
    (tmp_path / "generated/.apictl.json").write_bytes(content)

    with pytest.raises(ApictlError, match=r"\.apictl\.json is no list of generated files"):
        run(workspace)


@pytest.mark.parametrize("path", ["../evil", "/etc/evil", "a/../../evil", "CON", "x.", "a\\b", "n" * 256, "a:b"])
def test_no_emitter_can_write_elsewhere(tmp_path: Path, path: str) -> None:  # the last line of defence of G01 to G07
    workspace = write_specs(tmp_path, {"a": f"{path} = evil"})

    with pytest.raises(ApictlError, match="refused to write"):
        run(workspace)

    assert not (tmp_path / "generated").exists()


def test_two_files_that_are_one_without_case_are_refused(tmp_path: Path) -> None:  # G06
    with pytest.raises(ApictlError, match="one file on some file systems"):
        run(write_specs(tmp_path, {"a": "Pet.py = 1\npet.py = 2"}))


def test_services_are_built_by_several_processes(tmp_path: Path) -> None:
    specs = {f"s{number}": f"x.py = {number}" for number in range(5)}
    done: list[tuple[int, int]] = []

    run(
        write_specs(tmp_path, specs), tools=Tools(build=build, progress=lambda _, now, total: done.append((now, total)))
    )

    assert generated(tmp_path) == {f"s{number}/x.py": str(number).encode() for number in range(5)}
    assert done == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]


def test_any_executor_takes_the_place_of_processes(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as executor:
        run(write_specs(tmp_path, {"a": "x.py = 1", "b": "x.py = 2"}), tools=Tools(build=build, executor=executor))

    assert generated(tmp_path) == {"a/x.py": b"1", "b/x.py": b"2"}


def test_worker_that_dies_is_an_error_and_not_a_hang(tmp_path: Path) -> None:
    with pytest.raises(ApictlError, match="a worker process died"):
        run(write_specs(tmp_path, {"a": "die", "b": "x.py = 1"}))

    assert not (tmp_path / "generated").exists()
