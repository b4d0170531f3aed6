"""Generated files are not read again as long as nobody touched them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from apictl.workspace.ledger import digest
from apictl.workspace.looks import looks_at

LATER_NS = 10_000_000_000


def _looked(root: Path, *, after_ns: int = LATER_NS) -> str:
    path = root / "output" / "a"
    looks = looks_at(root / "output", root / "memory", now_ns=path.lstat().st_ctime_ns + after_ns)
    found = looks.hash_of("a", str(path), path.lstat())
    looks.put_back({"a"})
    return found


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "a").write_bytes(b"one")
    return tmp_path


def test_a_file_that_nobody_touched_is_not_read_again(root: Path) -> None:
    _looked(root)
    (place,) = (root / "looks").iterdir()
    place.write_bytes(place.read_bytes().replace(digest(b"one").encode(), b"remembered"))

    assert _looked(root) == "remembered"


def test_a_file_that_was_touched_is_read(root: Path) -> None:
    _looked(root)
    path = root / "output" / "a"
    status = path.stat()
    path.write_bytes(b"two")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    assert _looked(root) == digest(b"two")


def test_what_was_just_written_is_not_remembered(root: Path) -> None:
    assert _looked(root, after_ns=0) == digest(b"one")
    assert not (root / "looks").exists()


@pytest.mark.parametrize("content", [b"", b"[]", b'{"a": 1}', b'{"a": [1]}', b'{"a": [1, 2, 3, 4, 5]}', b"\xff"])
def test_damaged_looks_are_none(root: Path, content: bytes) -> None:
    _looked(root)
    (place,) = (root / "looks").iterdir()
    place.write_bytes(content)

    assert _looked(root) == digest(b"one")
