"""What CIs and hooks run: the very lines of their files, in a workspace with a branch that breaks somebody."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from apictl.cli.main import main
from tests.check.fleets import break_pricing, commit
from tests.cli.workspaces import environment
from tests.workspace.repositories import git

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "generator" / "apictl" / "workspace" / "starter" / "ci"


@pytest.fixture
def branch(sound: Path) -> Path:
    """Return a workspace on a branch with a breaking change, as a CI checks it out."""
    git(sound, "checkout", "--quiet", "-b", "work")
    break_pricing(sound)
    commit(sound)
    git(sound, "update-ref", "refs/remotes/origin/main", "main")
    git(sound, "remote", "add", "origin", sound.as_uri())
    return sound


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """Return the environment of a job, with `apictl` on PATH and nothing to install it with."""
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "apictl").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m apictl.cli.main "$@"\n')
    (tools / "apictl").chmod(0o755)
    temp = tmp_path / "runner"
    temp.mkdir()
    return environment(
        PATH=f"{tools}{os.pathsep}{os.environ['PATH']}",
        RUNNER_TEMP=str(temp),
        GITHUB_STEP_SUMMARY=str(temp / "summary.md"),
        GITHUB_BASE_REF="main",
    )


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _run(lines: str, folder: Path, surroundings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    # As runners do: bash that ends at the first failure (GitHub), and what follows an error in a pipe counts.
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", lines]
    return subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, check=False, text=True)


def test_action_of_github_fails_annotates_and_leaves_a_summary(branch: Path, surroundings: dict[str, str]) -> None:
    steps = _yaml(ROOT / "action.yml")["runs"]["steps"]
    inputs = {"SOURCE": "installed", "PYTHON": "python3", "ARGUMENTS": "--skip tests", "SARIF": "a.sarif"}

    assert _run(steps[0]["run"], branch, surroundings | inputs).returncode == 0
    done = _run(steps[1]["run"], branch, surroundings | inputs)

    assert done.returncode == 1
    assert "::error file=specs/common/values.yaml,line=1," in done.stdout
    assert "hits trips (team-b)" in done.stdout
    summary = Path(surroundings["GITHUB_STEP_SUMMARY"]).read_text(encoding="utf-8")
    assert "**`pricing` breaks `trips`**" in summary
    assert json.loads((branch / "a.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"


def test_action_of_github_passes_where_nothing_is_broken(sound: Path, surroundings: dict[str, str]) -> None:
    steps = _yaml(ROOT / "action.yml")["runs"]["steps"]
    del surroundings["GITHUB_BASE_REF"]

    done = _run(steps[1]["run"], sound, surroundings | {"ARGUMENTS": "--only lint", "SARIF": ""})

    assert (done.returncode, done.stdout) == (0, "")


def test_action_takes_every_input_through_the_environment() -> None:
    action = _yaml(ROOT / "action.yml")

    for step in action["runs"]["steps"]:
        assert "${{" not in step["run"], "text of others would become a part of the program"
        assert {text.strip("${} ").removeprefix("inputs.") for text in step["env"].values()} <= set(action["inputs"])
    assert all("uses" not in step for step in action["runs"]["steps"])


def test_action_installs_itself_unless_told_otherwise() -> None:
    action = _yaml(ROOT / "action.yml")

    assert action["inputs"]["source"]["default"] == ""
    assert "${SOURCE:-$GITHUB_ACTION_PATH}" in action["runs"]["steps"][0]["run"]
    assert (ROOT / "pyproject.toml").is_file()


def test_workflow_that_init_writes_fails_and_leaves_a_summary(
    branch: Path, surroundings: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", "--ci", "github"]) == 0
    assert "made .github/workflows/apictl.yml" in capsys.readouterr().out
    workflow = _yaml(branch / ".github" / "workflows" / "apictl.yml")
    steps = [step["run"] for step in workflow["jobs"]["check"]["steps"] if "run" in step]

    done = [_run(lines, branch, surroundings | workflow["env"]) for lines in steps]

    assert [each.returncode for each in done] == [0, 1, 0]
    assert "hits trips (team-b)" in done[1].stdout
    assert "pricing" in Path(surroundings["GITHUB_STEP_SUMMARY"]).read_text(encoding="utf-8")
    assert workflow["jobs"]["check"]["steps"][0]["with"]["fetch-depth"] == 0


def test_job_of_gitlab_fails_and_leaves_its_reports(branch: Path, surroundings: dict[str, str]) -> None:
    assert main(["init", "--ci", "gitlab", "--source", "git+https://git.example.org/apictl.git@v1"]) == 0
    assert _yaml(branch / ".gitlab-ci.yml") == {"include": [{"local": ".gitlab/apictl.yml"}]}
    job = _yaml(branch / ".gitlab" / "apictl.yml")["contracts"]
    assert job["variables"]["APICTL_SOURCE"] == "git+https://git.example.org/apictl.git@v1"
    variables = {**job["variables"], "CI_DEFAULT_BRANCH": "main", "APICTL_ARGUMENTS": "--skip tests"}

    done = _run("\n".join([*job["before_script"], *job["script"]]), branch, surroundings | variables)

    assert done.returncode == 1, done.stderr
    assert "pricing breaks trips" in done.stdout
    issues = json.loads((branch / job["artifacts"]["reports"]["codequality"]).read_text(encoding="utf-8"))
    assert "enum-value-removed" in {issue["check_name"] for issue in issues}
    assert (branch / job["artifacts"]["reports"]["junit"]).is_file()
    assert (branch / job["artifacts"]["paths"][0]).is_file()


def test_template_of_gitlab_is_the_one_that_init_writes() -> None:
    shipped = (SHIPPED / "gitlab.yml").read_text(encoding="utf-8")

    assert (ROOT / ".gitlab" / "apictl.yml").read_text(encoding="utf-8") == shipped.replace("{source}", "apictl")


def test_pipeline_that_was_there_is_kept_and_what_is_left_to_do_is_said(
    sound: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (sound / ".gitlab-ci.yml").write_text("stages: [test]\n", encoding="utf-8")

    assert main(["init", "--ci", "gitlab"]) == 0

    told = capsys.readouterr().out
    assert "kept .gitlab-ci.yml, it was there" in told
    assert "add to .gitlab-ci.yml: include: [{local: .gitlab/apictl.yml}]" in told
    assert (sound / ".gitlab-ci.yml").read_text(encoding="utf-8") == "stages: [test]\n"


@pytest.mark.parametrize("arguments", [["--ci", "jenkins"], ["--source", "x"], ["--ci", "github", "--source", "a\nb"]])
@pytest.mark.usefixtures("sound")
def test_pipeline_that_can_not_be_meant_is_two(arguments: list[str]) -> None:
    assert main(["init", *arguments]) == 2


def test_pipeline_is_never_written_through_a_link_out(sound: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (sound / ".github").symlink_to(tmp_path / "outside")

    assert main(["init", "--ci", "github"]) == 2
    assert list((tmp_path / "outside").iterdir()) == []


HOOKS = {hook["id"]: hook for hook in _yaml(ROOT / ".pre-commit-hooks.yaml")}


@pytest.mark.parametrize("hook,code", [("apictl-lint", 0), ("apictl-generate", 1), ("apictl-check", 1)])
def test_hook_runs_what_it_says(branch: Path, surroundings: dict[str, str], hook: str, code: int) -> None:
    entry = HOOKS[hook]

    done = _run(entry["entry"], branch, surroundings)

    assert done.returncode == code, done.stderr
    assert entry["pass_filenames"] is False
    assert entry["language"] == "python"


def test_hooks_are_all_tried() -> None:
    assert set(HOOKS) == {"apictl-lint", "apictl-generate", "apictl-check"}
