"""Files that a person asked for by name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from apictl.errors import ApictlError
from apictl.workspace.reports import refuse_unwritable, write_report


def test_file_has_the_lines_in_utf_8(tmp_path: Path) -> None:
    write_report(tmp_path / "a.txt", ["é", "\ud800"])

    assert (tmp_path / "a.txt").read_bytes() == b"\xc3\xa9\n\\ud800\n"
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


def test_file_that_is_there_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old")
    (tmp_path / "a.txt").chmod(0o600)

    write_report(tmp_path / "a.txt", ["new"])

    assert (tmp_path / "a.txt").read_text() == "new\n"
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o600


def test_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "a.txt").symlink_to("folder/b.txt")

    write_report(tmp_path / "a.txt", ["new"])

    assert (tmp_path / "a.txt").is_symlink()
    assert (tmp_path / "folder/b.txt").read_text() == "new\n"


def test_what_was_there_stays_when_the_lines_fail(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old")

    with pytest.raises(ZeroDivisionError):
        write_report(tmp_path / "a.txt", (str(1 // each) for each in (1, 0)))

    assert (tmp_path / "a.txt").read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


def test_disk_that_refuses_is_told(tmp_path: Path) -> None:
    with pytest.raises(ApictlError, match="could not be written"):
        write_report(tmp_path / "missing/a.txt", ["new"])


def test_folder_that_is_not_there_and_what_is_no_file_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    for path, message in [("no/a.txt", "there is no folder"), (".", "it is no file"), ("pipe", "it is no file")]:
        with pytest.raises(ApictlError, match=message):
            refuse_unwritable(tmp_path / path)
    refuse_unwritable(tmp_path / "a.txt")
