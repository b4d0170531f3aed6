"""What `apictl diff` is given: services, files, folders, now and at revisions."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from apictl.cli.diff_operands import Operand, operand, root_of, service_of
from apictl.cli.main import OK, REFUSED, main
from apictl.workspace.discovery import open_workspace
from tests.cli.workspaces import CONTRACT, write_contract
from tests.workspace.repositories import ENVIRONMENT, commit_all, git

CHANGED = CONTRACT.replace("/x:", "/y:").replace("getX", "getY")


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path.resolve() / "workspace"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name, value in {**ENVIRONMENT, "NO_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)
    return folder


def last_line(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main(["diff", *arguments])
    lines = [line for line in capsys.readouterr().out.splitlines() if not line.startswith("to agree")]
    return code, lines[-1]


# Operands


@pytest.mark.parametrize(
    "text,path,revision,is_folder",
    [
        ("a.yaml", "a.yaml", "", False),
        ("a.yaml@main", "a.yaml", "main", False),
        ("./b/../a.yaml@v1.2", "a.yaml", "v1.2", False),
        ("a.yaml@HEAD@{1}", "a.yaml", "HEAD@{1}", False),
        ("a.yaml@@{u}", "a.yaml", "@{u}", False),
        ("a@b.yaml@main", "a@b.yaml", "main", False),
        ("folder@main", "folder", "main", True),
        ("specs", "specs", "", True),
        ("there@2x.yaml", "there@2x.yaml", "", False),
        ("there@2x.yaml@main", "there@2x.yaml", "main", False),
        ("@main", ".", "main", True),
    ],
)
def test_path_and_revision_are_told_apart(
    root: Path,
    text: str,
    path: str,
    revision: str,
    is_folder: bool,  # noqa: FBT001 - a parameter
) -> None:
    (root / "specs").mkdir()
    (root / "there@2x.yaml").touch()

    assert operand(text, root) == Operand((root / path), revision, is_folder)


def test_root_of_a_file_is_its_workspace_else_its_repository_else_where_one_stands(root: Path) -> None:
    file = root / "far/away/x.yaml"
    file.parent.mkdir(parents=True)

    assert root_of(file, root) == root
    assert root_of(file, root / "elsewhere") == root / "far/away"
    (root / "far/.git").mkdir()
    assert root_of(file, root) == root / "far"
    (root / "far/away/apictl.yaml").touch()
    assert root_of(file, root) == root / "far/away"


def test_file_is_known_by_its_service_or_its_folder_or_its_name(root: Path) -> None:
    (root / "apictl.yaml").write_text("services: {maps: {openapi: far/away.yaml}}")
    (root / "far").mkdir()
    (root / "far/away.yaml").touch()
    workspace = open_workspace(root)

    assert service_of(root / "far/away.yaml", workspace) == "maps"
    assert service_of(root / "far/Other API.yaml", workspace) == "other-api"
    assert service_of(root / "trips/openapi.yaml", None) == "trips"
    assert service_of(Path("/openapi.yaml"), None) == "api"


# Two of them


def test_two_files_are_compared_with_each_other(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "old.yaml").write_text(CONTRACT)
    (root / "new.yaml").write_text(CHANGED)

    code = main(["diff", "old.yaml", "new.yaml"])

    output = capsys.readouterr().out
    assert code == REFUSED
    assert output.startswith("new.yaml:")
    assert "  was at old.yaml:6:7\n" in output
    assert "since old.yaml\n" in output


def test_json_is_compared_with_yaml(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "old.yaml").write_text(CONTRACT)
    (root / "new.json").write_text(
        '{"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {"/x": {"get": '
        '{"operationId": "getX", "responses": {"204": {"description": "done"}}}}}}'
    )

    assert last_line(capsys, "old.yaml", "new.json") == (OK, "new: no change since old.yaml")


def test_references_of_two_files_lead_into_their_own_folders(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    contract = CONTRACT.replace("{description: done}", "{$ref: '../shared.yaml#/done'}")
    for name in ("old", "new"):
        (root / name / "api").mkdir(parents=True)
        (root / name / "api/openapi.yaml").write_text(contract)
        (root / name / "shared.yaml").write_text("done: {description: done}\n")
        (root / name / "apictl.yaml").touch()
    shared = "done: {description: d, headers: {Etag: {required: true, schema: {type: string}}}}\n"
    (root / "new/shared.yaml").write_text(shared)

    code = main(["diff", "old/api/openapi.yaml", "new/api/openapi.yaml", "-v"])

    output = capsys.readouterr().out
    assert code == OK
    assert "new/shared.yaml:1:" in output
    assert "was at old/shared.yaml:1:" in output


def test_two_workspaces_are_compared_service_by_service(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root / "old", CONTRACT, service="a")
    write_contract(root / "old", CONTRACT, service="b")
    write_contract(root / "new", CHANGED, service="a")
    write_contract(root / "new", CONTRACT, service="c")

    code = main(["diff", "old", "new"])

    lines = capsys.readouterr().out.splitlines()
    assert code == REFUSED
    assert [line for line in lines if line.startswith("old/specs/b/openapi.yaml: error: ")]
    assert "c: new, there is no contract in old" in lines
    assert [line for line in lines if line.startswith("a: 1 breaking change")]


def test_word_is_a_service_before_it_is_a_folder(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root, CONTRACT)
    commit_all(root)
    (root / "a").mkdir()

    assert last_line(capsys, "a") == (OK, "a: the same as main")


# Revisions


def test_file_alone_is_compared_with_what_it_was(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "api.yaml").write_text(CONTRACT)
    commit_all(root)
    git(root, "tag", "v1")
    (root / "api.yaml").write_text(CHANGED)
    commit_all(root)

    assert last_line(capsys, "api.yaml") == (OK, "api: the same as main")
    for arguments in (["api.yaml", "--against", "v1"], ["api.yaml@v1"], ["api.yaml@v1", "api.yaml"]):
        assert last_line(capsys, *arguments)[0] == REFUSED
    assert last_line(capsys, "api.yaml@v1", "api.yaml@main")[0] == REFUSED
    assert last_line(capsys, "api.yaml@main", "api.yaml@v1")[0] == REFUSED
    assert last_line(capsys, "api.yaml@v1", "api.yaml@v1") == (OK, "api: the same as v1")


def test_workspace_of_a_revision_is_compared_with_another(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root, CONTRACT)
    commit_all(root)
    git(root, "tag", "v1")
    write_contract(root, CHANGED)
    commit_all(root)

    for arguments in (["@v1"], [".@v1", "."], [".", "--against", "v1"], [".@v1", ".@main"], ["--against", "v1"]):
        code, line = last_line(capsys, *arguments)
        assert (code, line.split(" since ")[1]) == (REFUSED, "v1"), arguments


def test_file_that_is_gone_or_new_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "api.yaml").write_text(CONTRACT)
    commit_all(root)
    (root / "api.yaml").rename(root / "moved.yaml")

    assert last_line(capsys, "api.yaml") == (REFUSED, "api: 1 breaking change since main")
    assert last_line(capsys, "moved.yaml") == (OK, "moved: new, there is no contract in main")
    assert last_line(capsys, "api.yaml@main", "moved.yaml") == (OK, "moved: the same as main")


def test_only_the_text_of_the_lines_differs_on_another_system(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root, CONTRACT)
    commit_all(root)
    (root / "specs/a/openapi.yaml").write_bytes(CONTRACT.replace("\n", "\r\n").encode())

    assert last_line(capsys) == (OK, "a: no change since main")


def test_run_from_below_the_workspace_says_the_same(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_contract(root, CONTRACT)
    commit_all(root)
    write_contract(root, CHANGED)
    main(["diff"])
    above = capsys.readouterr().out

    monkeypatch.chdir(root / "specs/a")

    for arguments in ([], ["a"], ["openapi.yaml"]):
        main(["diff", *arguments])
        assert capsys.readouterr().out == above


def test_workspace_below_the_top_of_the_repository(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_contract(root / "team", CONTRACT)
    (root / "team/apictl.yaml").touch()
    commit_all(root)
    write_contract(root / "team", CHANGED)
    monkeypatch.chdir(root / "team")

    code = main(["diff"])

    assert code == REFUSED
    assert "was at main:specs/a/openapi.yaml:6:7\n" in capsys.readouterr().out


def test_link_out_of_the_repository_is_followed_in_no_revision(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root.parent / "outside", CONTRACT)
    (root / "specs").mkdir()
    (root / "specs/a").symlink_to(root.parent / "outside/specs/a")
    commit_all(root)

    code = main(["diff"])

    captured = capsys.readouterr()
    assert (code, captured.out) == (2, "")
    assert captured.err == "error: file 'specs/a/openapi.yaml' is outside the workspace\n"


def test_repository_that_is_gone_half_way_is_no_bug(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root, CONTRACT)
    commit_all(root)
    write_contract(root, CHANGED)
    shutil.rmtree(root / ".git/objects")
    (root / ".git/objects").mkdir()

    assert main(["diff", "--against", "main"]) == 2
    assert "error: " in capsys.readouterr().err
