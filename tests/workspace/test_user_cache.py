"""The folder in which runs leave what the next one may tell: where it is, and that it is never trouble."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from apictl.workspace.cache import program_key
from apictl.workspace.user_cache import UserCache, user_cache


@pytest.mark.parametrize(
    "environment, place",
    [
        ({"APICTL_CACHE": "{0}/own", "XDG_CACHE_HOME": "{0}/caches", "HOME": "{0}/home"}, "own/lint"),
        ({"XDG_CACHE_HOME": "{0}/caches", "HOME": "{0}/home"}, "caches/apictl/lint"),
        ({"XDG_CACHE_HOME": "caches", "HOME": "{0}/home"}, "home/.cache/apictl/lint"),
        ({"USERPROFILE": "{0}/home"}, "home/.cache/apictl/lint"),
    ],
)
def test_it_is_where_caches_of_the_person_are(environment: dict[str, str], place: str, tmp_path: Path) -> None:
    cache = user_cache({name: value.format(tmp_path) for name, value in environment.items()})

    assert cache is not None
    cache.write("x", [1])
    assert json.loads((tmp_path / place / "x.json").read_text()) == [1]
    assert (tmp_path / place).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("environment", [{}, {"HOME": ""}, {"HOME": "home", "XDG_CACHE_HOME": ""}])
def test_there_is_none_where_nobody_knows_its_place(environment: dict[str, str]) -> None:
    assert user_cache(environment) is None


def test_code_that_runs_is_hashed_once_and_then_only_looked_at(tmp_path: Path) -> None:
    assert UserCache(tmp_path).tool() == program_key()

    (kept,) = tmp_path.glob("tool-*.json")
    stamp, _ = json.loads(kept.read_text())
    kept.write_text(json.dumps([stamp, "remembered"]))
    assert UserCache(tmp_path).tool() == "remembered"
    kept.write_text(json.dumps(["another state of the files", "remembered"]))
    assert UserCache(tmp_path).tool() == program_key()


def test_what_can_not_be_kept_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = UserCache(tmp_path / "file" / "below")

    cache.write("x", [1])

    assert cache.read("x") is None
    assert cache.tool() == program_key()
