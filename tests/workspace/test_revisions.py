"""Revisions of a repository: found by name, refused with a reason, and what a workspace was at one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from apictl.errors import ApictlError
from apictl.workspace.discovery import open_workspace
from apictl.workspace.repository import Repository, open_repository
from apictl.workspace.snapshots import Revisions, Snapshot, folder_snapshot, revisions, workspace_snapshot
from tests.workspace.repositories import ENVIRONMENT, commit_all, git


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path.resolve() / "repository"
    folder.mkdir()
    return folder


@pytest.fixture
def past(root: Path) -> Iterator[Revisions]:
    put(root, "specs/a/openapi.yaml", "old")
    commit_all(root)
    with revisions(root, ENVIRONMENT) as found:
        yield found


def put(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(text.encode())


def repository(root: Path) -> Repository:
    return open_repository(root, ENVIRONMENT)


def paths(snapshot: Snapshot) -> dict[str, str]:
    return {name: service.openapi for name, service in snapshot.services.items()}


# Names of revisions


@pytest.mark.parametrize("name", ["HEAD", "main", "refs/heads/main", "v1", "HEAD~0", "main@{0}"])
def test_every_spelling_of_a_revision_is_understood(root: Path, name: str) -> None:
    commit = commit_all(root)
    git(root, "tag", "-a", "-m", "first", "v1")

    assert repository(root).commit(name).id == commit
    assert repository(root).commit(name).name == name


def test_id_is_shown_short(root: Path) -> None:
    commit = commit_all(root)

    assert repository(root).commit(commit).name == commit[:10]


@pytest.mark.parametrize(
    "name",
    [
        "",
        "--all",
        "-h",
        "--output=/tmp/x",
        "^main",
        "main..HEAD",
        "main...HEAD",
        "nowhere",
        "main\nHEAD",
        "main\0",
        "\x1b[31mmain",
        "main:specs",
        "HEAD^{tree}",
        "$(touch x)",
        "; touch x",
        "m" * 10_000,
        "\udcff",
        "../../x",
    ],
)
def test_what_is_no_revision_is_refused(root: Path, name: str) -> None:
    put(root, "specs/a", "x")
    commit_all(root)

    with pytest.raises(ApictlError, match="names no revision"):
        repository(root).commit(name)
    assert sorted(path.name for path in root.iterdir()) == [".git", "specs"]


def test_branch_with_a_hostile_name_is_only_a_name(root: Path) -> None:
    commit = commit_all(root)
    git(root, "update-ref", "refs/heads/--upload-pack=touch", commit)

    with pytest.raises(ApictlError, match="names no revision"):
        repository(root).commit("--upload-pack=touch")
    assert repository(root).commit("refs/heads/--upload-pack=touch").id == commit


# The base


def test_base_is_where_head_left_the_main_branch(root: Path) -> None:
    left = commit_all(root)
    git(root, "checkout", "--quiet", "-b", "topic")
    commit_all(root, "mine")
    git(root, "checkout", "--quiet", "main")
    commit_all(root, "theirs")
    git(root, "checkout", "--quiet", "topic")

    base = repository(root).base()

    assert (base.id, base.name) == (left, left[:10])


def test_base_is_called_main_while_main_stands_there(root: Path) -> None:
    commit_all(root)
    git(root, "checkout", "--quiet", "-b", "topic")
    commit_all(root, "mine")

    assert repository(root).base().name == "main"


def test_branch_of_the_remote_comes_before_a_local_one(root: Path, tmp_path: Path) -> None:
    theirs = commit_all(root)
    git(tmp_path, "clone", "--quiet", str(root), "clone")
    clone = tmp_path / "clone"
    commit_all(clone, "mine, not pushed, on main")

    base = repository(clone).base()

    assert (base.id, base.name) == (theirs, "origin/main")


def test_detached_head_has_a_base(root: Path) -> None:
    commit = commit_all(root)
    git(root, "checkout", "--quiet", "--detach")

    assert repository(root).base().id == commit


def test_without_a_commit_there_is_no_base(root: Path) -> None:
    git(root, "init", "--quiet")

    with pytest.raises(ApictlError, match="there is no commit yet"):
        repository(root).base()


def test_without_a_main_branch_the_candidates_are_named(root: Path) -> None:
    commit_all(root)
    git(root, "branch", "--move", "trunk")

    with pytest.raises(ApictlError, match=r"there is no main branch .*origin/main") as caught:
        repository(root).base()
    assert caught.value.hint is not None
    assert "--against" in caught.value.hint


def test_shallow_clone_says_what_to_fetch(root: Path, tmp_path: Path) -> None:
    commit_all(root)
    git(root, "checkout", "--quiet", "-b", "topic")
    commit_all(root, "mine")
    git(root, "checkout", "--quiet", "main")
    commit_all(root, "theirs")
    git(tmp_path, "clone", "--quiet", "--depth=1", "--no-single-branch", root.as_uri(), "clone")
    clone = tmp_path / "clone"
    git(clone, "checkout", "--quiet", "topic")

    with pytest.raises(ApictlError, match="this clone is shallow") as caught:
        repository(clone).base()
    assert caught.value.hint is not None
    assert "git fetch --unshallow" in caught.value.hint
    with pytest.raises(ApictlError, match="names no revision") as caught:
        repository(clone).commit("HEAD~1")
    assert caught.value.hint is not None
    assert "git fetch --unshallow" in caught.value.hint


def test_unrelated_histories_have_no_base(root: Path) -> None:
    commit_all(root)
    git(root, "checkout", "--quiet", "--orphan", "other")
    commit_all(root)
    git(root, "commit", "--quiet", "--amend", "--allow-empty", "--message", "unlike the other")

    with pytest.raises(ApictlError, match="no commit in common"):
        repository(root).base()


# Repositories


def test_folder_without_a_repository_is_told_so(tmp_path: Path) -> None:
    environment = {**ENVIRONMENT, "GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}

    with pytest.raises(ApictlError, match="is in no usable git repository: not a git repository") as caught:
        open_repository(tmp_path, environment)
    assert caught.value.hint is not None
    assert "apictl diff OLD NEW" in caught.value.hint


def test_machine_without_git_is_told_so(root: Path) -> None:
    with pytest.raises(ApictlError, match="git is not installed"):
        open_repository(root, {"PATH": str(root)})


def test_committed_folder_that_looks_like_a_repository_is_not_obeyed(root: Path) -> None:
    commit = commit_all(root)
    git(root, "init", "--quiet", "--bare", "trap")

    with pytest.raises(ApictlError, match="no usable git repository"):
        open_repository(root / "trap", ENVIRONMENT)
    assert repository(root).commit("HEAD").id == commit


def test_variables_of_a_hook_do_not_lead_astray(root: Path, tmp_path: Path) -> None:
    commit = commit_all(root)
    other = tmp_path / "other"
    other.mkdir()
    commit_all(other, "other")

    found = open_repository(root, {**ENVIRONMENT, "GIT_DIR": str(other / ".git"), "GIT_WORK_TREE": str(other)})

    assert found.commit("HEAD").id == commit


def test_second_working_tree_has_its_own_head(root: Path, tmp_path: Path) -> None:
    commit_all(root)
    git(root, "worktree", "add", "--quiet", "-b", "topic", str(tmp_path / "tree"))
    mine = commit_all(tmp_path / "tree", "mine")

    assert repository(tmp_path / "tree").commit("HEAD").id == mine


# Workspaces


def test_services_are_found_as_they_were(past: Revisions, root: Path) -> None:
    put(root, "specs/b/openapi.yml", "b")
    put(root, "specs/b/note.txt", "b")
    put(root, "specs/c/deep/openapi.yaml", "not a service")
    put(root, "specs/openapi.yaml", "not a service")
    put(root, "other/openapi.yaml", "not a service")
    commit_all(root)
    for path in sorted(root.glob("specs/*/openapi.*")):
        path.unlink()

    found = past.workspace(past.commit("HEAD"), root)

    assert paths(found) == {"a": "specs/a/openapi.yaml", "b": "specs/b/openapi.yml"}
    assert found.fetch("specs/b/openapi.yml") == b"b"
    assert (found.name, found.prefix) == ("HEAD", "HEAD:")


def test_manifest_of_the_revision_counts(past: Revisions, root: Path) -> None:
    put(root, "apictl.yaml", "specs: contracts\nservices: {x: {openapi: far/away.yaml}}")
    put(root, "contracts/y/openapi.json", "y")
    put(root, "far/away.yaml", "x")
    commit_all(root)
    put(root, "apictl.yaml", "specs: elsewhere")

    found = past.workspace(past.commit("HEAD"), root)

    assert paths(found) == {"x": "far/away.yaml", "y": "contracts/y/openapi.json"}


def test_faulty_manifest_of_the_revision_is_named_with_it(past: Revisions, root: Path) -> None:
    put(root, "apictl.yaml", "nonsense: 1")
    commit_all(root)

    with pytest.raises(ApictlError, match=r"HEAD:apictl.yaml:1:1: unknown key 'nonsense'"):
        past.workspace(past.commit("HEAD"), root)


def test_workspace_below_the_top_of_the_repository_is_a_world_of_its_own(root: Path) -> None:
    put(root, "secret.yaml", "secret")
    put(root, "team/specs/a/openapi.yaml", "a")
    (root / "team/specs/a/link.yaml").symlink_to("../../../secret.yaml")
    commit_all(root)

    with revisions(root / "team", ENVIRONMENT) as past:
        found = past.workspace(past.commit("HEAD"), root / "team")

        assert paths(found) == {"a": "specs/a/openapi.yaml"}
        assert found.fetch("specs/a/openapi.yaml") == b"a"
        assert not found.holds("secret.yaml")
        assert not found.holds("../secret.yaml")
        assert not found.holds("specs/a/link.yaml")


def test_workspace_that_was_not_there_yet_had_no_service(past: Revisions, root: Path) -> None:
    first = past.commit("HEAD")
    put(root, "new/specs/b/openapi.yaml", "b")
    commit_all(root)

    assert paths(past.workspace(first, root / "new")) == {}


def test_service_behind_a_link_is_found_where_it_is_now(past: Revisions, root: Path) -> None:
    put(root, "real/openapi.yaml", "was")
    (root / "specs/linked").symlink_to("../real")
    commit_all(root)
    put(root, "real/openapi.yaml", "is")
    services = open_workspace(root).services

    found = past.workspace(past.commit("HEAD"), root, current=services)

    assert [service.name for service in services] == ["a", "linked"]
    assert paths(found) == {"a": "specs/a/openapi.yaml", "linked": "specs/linked/openapi.yaml"}
    assert found.fetch("specs/linked/openapi.yaml") == b"was"


def test_contract_in_a_submodule_is_not_taken_for_a_new_one(past: Revisions, root: Path, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    put(inner, "openapi.yaml", "b")
    commit_all(inner)
    git(root, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner), "specs/b")
    commit_all(root)
    services = open_workspace(root).services

    with pytest.raises(ApictlError, match=r"HEAD:specs/b/openapi.yaml lies in the submodule 'specs/b'"):
        past.workspace(past.commit("HEAD"), root, current=services)


def test_damaged_file_is_not_taken_for_a_missing_one(past: Revisions, root: Path) -> None:
    blob = git(root, "rev-parse", "HEAD:specs/a/openapi.yaml")
    stored = root / ".git/objects" / blob[:2] / blob[2:]
    stored.chmod(0o600)
    stored.write_bytes(b"damaged")
    snapshot = past.snapshot(past.commit("HEAD"), root)

    with pytest.raises(ApictlError, match=r"HEAD:specs/a/openapi.yaml can't be read, it is damaged"):
        snapshot.fetch("specs/a/openapi.yaml")


def test_folder_of_the_disk_shows_paths_as_they_would_be_typed(root: Path) -> None:
    put(root, "old/specs/a/openapi.yaml", "a")
    put(root, "new/specs/a/openapi.yaml", "a")

    old = workspace_snapshot(open_workspace(root / "old"), home=root, current=root)
    here = workspace_snapshot(open_workspace(root / "new"), home=root / "new", current=root / "new/specs")
    above = folder_snapshot(root, home=root / "new", current=root / "new")
    far = folder_snapshot(root, home=Path("/x/y"), current=Path("/x/y"))

    assert [each.prefix for each in (old, here, above, far)] == ["old/", "", "../", f"{root}/"]
