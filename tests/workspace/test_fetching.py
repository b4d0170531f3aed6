"""Documents come from regular files of the workspace; A13, A14, D06, E07 to E09 of the catalogue."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from apictl.source.library import FetchError
from apictl.workspace.fetching import disk_fetch
from tests.workspace.unprivileged import message_without_rights, open_folder


def test_file_of_the_workspace_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/b.yaml").write_bytes(b"\xffx")

    assert disk_fetch(tmp_path.resolve())("a/b.yaml") == b"\xffx"


def test_symlink_inside_the_workspace_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_text("x")
    (tmp_path / "link.yaml").symlink_to("real.yaml")

    assert disk_fetch(tmp_path.resolve())("link.yaml") == b"x"


@pytest.mark.parametrize("path", ["../secret", "/etc/hosts", "a/../../secret", "link", "folder/secret"])
def test_nothing_outside_is_read(tmp_path: Path, path: str) -> None:  # E07, E08, E09
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "secret").write_text("secret")
    (root / "link").symlink_to(tmp_path / "secret")
    (root / "folder").symlink_to(tmp_path)

    with pytest.raises(FetchError) as caught:
        disk_fetch(root.resolve())(path)

    assert "secret" not in str(caught.value).replace(path, "")


@pytest.mark.parametrize("path", ["missing.yaml", "file.yaml/below", "folder", "pipe", "loop", "nul\0", "n" * 5000])
def test_what_is_no_regular_file_is_an_error_at_once(tmp_path: Path, path: str) -> None:  # A13
    (tmp_path / "file.yaml").write_text("x")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")

    with pytest.raises(FetchError):
        disk_fetch(tmp_path.resolve())(path)


def test_device_is_never_opened() -> None:  # A13
    with pytest.raises(FetchError):
        disk_fetch(Path("/dev"))("zero")


def test_file_without_permission_is_an_error() -> None:  # A14
    with open_folder() as folder:
        (folder / "a.yaml").write_text("x")
        (folder / "a.yaml").chmod(0)

        message = message_without_rights(lambda: disk_fetch(folder)("a.yaml"))

    assert message == "UnreadableDocument: file 'a.yaml' can't be read: Permission denied"


def test_size_is_asked_before_anything_is_read(tmp_path: Path) -> None:  # D06
    with (tmp_path / "huge.yaml").open("wb") as stream:
        stream.truncate(10**12)

    with pytest.raises(FetchError, match="64 MB"):
        disk_fetch(tmp_path.resolve())("huge.yaml")
