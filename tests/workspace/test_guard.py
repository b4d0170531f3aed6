"""Where generated files may not go; I04, I07, I10 and J03 of the catalogue."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from apictl.errors import ApictlError
from apictl.workspace.discovery import Workspace, open_workspace
from apictl.workspace.guard import Surroundings, output_folder
from tests.workspace.unprivileged import message_without_rights, open_folder


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    root = tmp_path / "home/project"
    (root / "specs/a").mkdir(parents=True)
    (root / "specs/a/openapi.yaml").write_text("{}")
    return open_workspace(root)


def allowed(workspace: Workspace, chosen: str | None, *, current: Path | None = None) -> Path:
    surroundings = Surroundings(current or workspace.root, workspace.root.parent)
    return output_folder(workspace, None if chosen is None else Path(chosen), surroundings=surroundings)


def test_manifests_place_is_the_default(workspace: Workspace) -> None:
    assert allowed(workspace, None) == workspace.root / "generated"


def test_command_line_may_choose_a_place_elsewhere(workspace: Workspace, tmp_path: Path) -> None:
    assert allowed(workspace, str(tmp_path / "out")) == tmp_path / "out"


def test_place_on_the_command_line_is_relative_to_the_current_folder(workspace: Workspace) -> None:
    assert allowed(workspace, "out", current=workspace.root / "specs/..") == workspace.root / "out"


@pytest.mark.parametrize("chosen", [".", "/", "..", "specs", "specs/a", "specs/a/out", "../../", "/usr/../"])
def test_places_where_it_could_hurt_are_refused(workspace: Workspace, chosen: str) -> None:  # I07
    with pytest.raises(ApictlError, match="refused to write generated files to"):
        allowed(workspace, chosen)


def test_current_folder_elsewhere_is_refused(workspace: Workspace, tmp_path: Path) -> None:  # I07
    current = tmp_path / "current"
    current.mkdir()

    with pytest.raises(ApictlError, match="it is the current folder or holds it"):
        allowed(workspace, ".", current=current)


def test_root_of_another_repository_is_refused(workspace: Workspace, tmp_path: Path) -> None:  # I07
    (tmp_path / "other/.git").mkdir(parents=True)

    with pytest.raises(ApictlError, match="root of a repository"):
        allowed(workspace, str(tmp_path / "other"))


def test_output_may_be_the_current_folder_inside_the_workspace(workspace: Workspace) -> None:
    (workspace.root / "generated").mkdir()

    assert allowed(workspace, None, current=workspace.root / "generated") == workspace.root / "generated"


def test_symlink_as_output_is_refused(workspace: Workspace, tmp_path: Path) -> None:  # I10
    (tmp_path / "elsewhere").mkdir()
    (workspace.root / "generated").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(ApictlError, match="leads out of the workspace"):
        allowed(workspace, None)
    with pytest.raises(ApictlError, match="is a symlink"):
        allowed(workspace, "generated")


def test_manifests_place_behind_a_symlink_is_refused(tmp_path: Path) -> None:  # J03
    (tmp_path / "elsewhere").mkdir()
    root = tmp_path / "project"
    root.mkdir()
    (root / "apictl.yaml").write_text("output: link/out")
    (root / "link").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(ApictlError, match="leads out of the workspace"):
        allowed(open_workspace(root), None)


def test_file_in_the_way_is_refused(workspace: Workspace) -> None:  # I11
    (workspace.root / "generated").write_text("mine")

    with pytest.raises(ApictlError, match="is a file"):
        allowed(workspace, None)


@pytest.mark.parametrize("read_only", ["generated", "."])
def test_output_that_cannot_be_written_is_refused_before_any_work(read_only: str) -> None:  # I04
    with open_folder() as folder:
        root = folder / "project"
        (root / "specs/a").mkdir(parents=True)
        (root / "specs/a/openapi.yaml").write_text("{}")
        (root / "generated").mkdir(mode=0o777)
        root.chmod(0o777)
        (root / read_only).chmod(0o555)

        message = message_without_rights(lambda: allowed(open_workspace(root), None))

    assert message.startswith("ApictlError: output ")
    assert message.endswith(f"no permission for {root / read_only}")


def test_output_on_a_read_only_file_system_is_refused(workspace: Workspace) -> None:  # I04
    places = [Path("/proc/self"), Path("/sys/kernel")]
    place = next((each for each in places if each.is_dir() and not os.access(each, os.W_OK)), None)
    if place is None:
        pytest.skip("there is no read-only file system here")

    with pytest.raises(ApictlError, match="no permission for"):
        allowed(workspace, str(place / "out"))
