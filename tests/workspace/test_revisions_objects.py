"""Content of files at revisions: what is committed, regular and inside, and nothing else."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from apictl.source.library import (
    DocumentMissing,
    Fetch,
    FetchError,
    NotRegularFile,
    OutsideWorkspace,
    UnreadableDocument,
)
from apictl.workspace import git_objects as objects_module
from apictl.workspace.git_objects import GitObjects, git_objects
from apictl.workspace.repository import open_repository
from tests.workspace.repositories import ENVIRONMENT, commit_all, git


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path.resolve() / "repository"
    (folder / "a").mkdir(parents=True)
    (folder / "a/b.yaml").write_bytes(b"\xff\r\nx\n")
    return folder


@pytest.fixture
def objects(root: Path) -> Iterator[GitObjects]:
    commit_all(root)
    with git_objects(open_repository(root, ENVIRONMENT)) as found:
        yield found


def fetch(objects: GitObjects, root: Path, revision: str = "HEAD") -> Fetch:
    repository = open_repository(root, ENVIRONMENT)
    return objects.fetch(repository.tree(repository.commit(revision), root))


def test_bytes_are_those_that_were_committed(objects: GitObjects, root: Path) -> None:
    (root / "a/b.yaml").write_text("changed, not committed")
    git(root, "config", "core.autocrlf", "true")
    (root / ".gitattributes").write_text("*.yaml text eol=crlf filter=evil\n")
    git(root, "config", "filter.evil.smudge", "touch evil")

    assert fetch(objects, root)("a/b.yaml") == b"\xff\r\nx\n"
    assert fetch(objects, root)("./a/./b.yaml") == b"\xff\r\nx\n"
    assert not (root / "evil").exists()


def test_many_files_and_revisions_come_from_one_process(objects: GitObjects, root: Path) -> None:
    (root / "a/empty.yaml").write_bytes(b"")
    (root / "a/large.yaml").write_bytes(b"x" * 3_000_000)
    (root / "a/b.yaml").write_bytes(b"new")
    commit_all(root)
    now, before = fetch(objects, root), fetch(objects, root, "HEAD~1")

    read = [now("a/large.yaml"), now("a/empty.yaml"), before("a/b.yaml"), now("a/b.yaml")]

    assert [len(each) for each in read] == [3_000_000, 0, 5, 3]


@pytest.mark.parametrize(
    "path",
    ["missing", "a/missing", "a/b.yaml/c", "a/b.yaml missing", "a/b.yaml\nHEAD:a/b.yaml", "a\0b", "", ":0:a", "@{u}"],
)
def test_what_is_not_there_is_missing(objects: GitObjects, root: Path, path: str) -> None:
    read = fetch(objects, root)

    with pytest.raises((DocumentMissing, NotRegularFile)):
        read(path)
    assert read("a/b.yaml") == b"\xff\r\nx\n"  # the next answer is that to the next question


def test_folder_is_no_document(objects: GitObjects, root: Path) -> None:
    with pytest.raises(NotRegularFile):
        fetch(objects, root)("a")


@pytest.mark.parametrize("path", ["../x", "a/../../x", "/etc/passwd", ".."])
def test_path_that_leads_out_is_refused(objects: GitObjects, root: Path, path: str) -> None:
    with pytest.raises(OutsideWorkspace):
        fetch(objects, root)(path)


@pytest.mark.parametrize(
    "target,fault",
    [
        ("../secret", OutsideWorkspace),
        ("/etc/passwd", OutsideWorkspace),
        ("nowhere", DocumentMissing),
        ("link", UnreadableDocument),
        ("a", NotRegularFile),
        ("a/b.yaml/c", DocumentMissing),
    ],
)
def test_link_that_leads_to_no_file_of_the_tree_is_refused(
    objects: GitObjects, root: Path, target: str, fault: type[FetchError]
) -> None:
    (root.parent / "secret").write_text("secret")
    (root / "link").symlink_to(target)
    commit_all(root)
    read = fetch(objects, root)

    with pytest.raises(fault) as caught:
        read("link")
    assert "secret" not in str(caught.value)
    assert read("a/b.yaml") == b"\xff\r\nx\n"


def test_link_inside_the_tree_is_followed_as_it_was(objects: GitObjects, root: Path) -> None:
    (root / "link").symlink_to("a/b.yaml")
    (root / "folder").symlink_to("a")
    commit_all(root)
    (root / "link").unlink()
    read = fetch(objects, root)

    assert read("link") == read("folder/b.yaml") == b"\xff\r\nx\n"


@pytest.mark.parametrize("name", ["with space.yaml", "ünï.yaml", "-rf.yaml", "a:b.yaml", "tab\there", 'quo"te', "*"])
def test_odd_names_are_names(objects: GitObjects, root: Path, name: str) -> None:
    (root / name).write_text("x")
    commit_all(root)

    assert fetch(objects, root)(name) == b"x"


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are bytes on Linux")
def test_name_that_is_no_unicode_is_read(objects: GitObjects, root: Path) -> None:
    name = os.fsdecode(b"\xff.yaml")
    (root / name).write_text("x")
    commit_all(root)

    assert fetch(objects, root)(name) == b"x"


def test_document_of_more_than_the_limit_is_refused_and_the_next_is_read(
    objects: GitObjects, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(objects_module, "_SIZE_LIMIT", 1000)
    (root / "large").write_bytes(b"x" * 2_500_000)
    commit_all(root)
    read = fetch(objects, root)

    with pytest.raises(UnreadableDocument, match="larger than"):
        read("large")
    assert read("a/b.yaml") == b"\xff\r\nx\n"


def test_process_is_over_after_the_block(root: Path) -> None:
    commit_all(root)

    with git_objects(open_repository(root, ENVIRONMENT)) as found:
        process = found._process
        assert process.poll() is None

    assert process.poll() is not None
