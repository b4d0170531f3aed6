"""`apictl lint` again: what an earlier run came to is told as long as nothing changed, and never afterwards."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from apictl.cli.main import OK, REFUSED, UNABLE, main
from apictl.report.lint.formats import FORMATS
from tests.cli.workspaces import CONTRACT, environment, write_contract

REFERRING: Final = CONTRACT + 'components: {schemas: {Ride: {$ref: "../common.yaml#/Ride"}}}\n'
COMMON: Final = "Ride: {type: string, nullable: true}\n"
MANIFEST: Final = "version: 1\n"
RULES: Final = '''"""House rules."""
from apictl.rules.custom import Flaw, OpenApi, RuleSet, Severity, lint_rule


@lint_rule("owner-missing", OpenApi.OPERATION, sets={RuleSet.RECOMMENDED: Severity.WARNING})
def owner_missing(node, scope):
    yield Flaw("nobody owns this", node.place.key())
'''


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of what runs leave; the current one has a workspace and a document beside it."""
    root = tmp_path / "root"
    write_contract(root, REFERRING)
    (root / "specs" / "common.yaml").write_text(COMMON)
    (root / "apictl.yaml").write_text(MANIFEST)
    monkeypatch.chdir(root)
    monkeypatch.setenv("APICTL_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("NO_COLOR", "1")
    return tmp_path / "cache" / "lint"


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Return a function that gives exit code and output of a run."""

    def run(*arguments: str) -> tuple[int, str]:
        capsys.readouterr()
        code = main(["lint", *arguments])
        return code, capsys.readouterr().out

    return run


def entries(cache: Path) -> list[Path]:
    return sorted(path for path in cache.glob("*.json") if not path.name.startswith("tool-"))


def mark(cache: Path) -> None:
    """Change what is remembered, so that whoever tells it is found out."""
    for path in entries(cache):
        text = path.read_text()
        assert '"message":"' in text
        path.write_text(text.replace('"message":"', '"message":"REMEMBERED '))


Told = Callable[..., tuple[int, str]]


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_remembered_is_told_to_the_byte_in_every_format(name: str, cache: Path, told: Told) -> None:
    fresh = told("--format", name, "--no-cache")
    assert entries(cache) == []

    first, second = told("--format", name), told("--format", name)

    assert len(entries(cache)) == 1
    assert first == second == fresh
    mark(cache)
    assert "REMEMBERED" in told("--format", name)[1]


def test_colours_and_lines_of_documents_are_as_in_the_first_run(
    cache: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)

    first, second = told("--rules", "strict"), told("--rules", "strict")

    assert first == second
    assert "\x1b[" in first[1]
    assert "nullable: true" in first[1]
    assert len(entries(cache)) == 1


def test_run_that_remembers_imports_no_reader_no_rule_and_no_validator() -> None:
    program = (
        "import sys; from apictl.cli.main import main; main(['lint'])\n"
        "heavy = 'apictl.readers', 'apictl.rules', 'apictl.contract.contract', 'jsonschema', 'yaml'\n"
        "print('imported', [name for name in sys.modules if name.startswith(heavy)])\n"
    )

    def imported() -> str:
        done = subprocess.run(
            [sys.executable, "-c", program], env=environment(), capture_output=True, text=True, check=True
        )
        return done.stdout.splitlines()[-1]

    assert "apictl.readers.read" in imported()
    assert imported() == "imported []"


@pytest.mark.parametrize(
    "path, text",
    [
        ("specs/a/openapi.yaml", REFERRING.replace("getX", "getY")),
        ("specs/common.yaml", COMMON.replace("Ride", "Trip")),
        ("specs/common.yaml", None),
        ("specs/a/openapi.yaml", None),
        ("apictl.yaml", MANIFEST + "lint: {rules: [minimal]}\n"),
        ("apictl.yaml", None),
        ("specs/b/openapi.yaml", CONTRACT),
        ("specs/a/asyncapi.yaml", "asyncapi: 3.0.0\ninfo: {title: T, version: '1'}\n"),
    ],
)
def test_nothing_is_remembered_once_a_file_changed_came_or_went(
    path: str, text: str | None, cache: Path, told: Told
) -> None:
    told()
    mark(cache)
    assert "REMEMBERED" in told()[1]

    if text is None:
        Path(path).unlink()
    else:
        Path(path).parent.mkdir(exist_ok=True)
        Path(path).write_text(text)

    after = told()
    assert "REMEMBERED" not in after[1]
    assert after == told("--no-cache")


def test_document_that_was_missing_is_read_when_it_is_there(cache: Path, told: Told) -> None:
    Path("specs/common.yaml").unlink()
    assert told()[0] == REFUSED
    mark(cache)
    assert "REMEMBERED" in told()[1]

    Path("specs/common.yaml").write_text(COMMON)

    assert told()[0] == OK


def test_documents_that_are_named_are_remembered_for_themselves(cache: Path, told: Told) -> None:
    Path("one.yaml").write_text(CONTRACT)

    service, document, both = told("a"), told("one.yaml"), told("a", "one.yaml")

    assert len(entries(cache)) == 3
    assert (service, document, both) == (told("a"), told("one.yaml"), told("a", "one.yaml"))
    assert len({service, document, both}) == 3


def test_other_rules_are_another_question(cache: Path, told: Told) -> None:
    assert told("--rules", "minimal") != told("--rules", "strict")
    assert told("--rules", "minimal") != told("--rules", "strict")
    assert len(entries(cache)) == 2


def test_same_words_in_another_folder_are_another_question(
    cache: Path, told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told()
    mark(cache)
    write_contract(tmp_path / "other")
    monkeypatch.chdir(tmp_path / "other")

    assert "REMEMBERED" not in told()[1]


def test_manifest_above_a_document_that_was_in_no_workspace_is_seen(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "loose"
    folder.mkdir()
    (folder / "one.yaml").write_text(CONTRACT)
    monkeypatch.chdir(folder)
    before = told("one.yaml")
    assert "note" in before[1] or "warning" in before[1]

    (folder / "apictl.yaml").write_text("version: 1\nlint: {rules: [minimal]}\n")

    assert told("one.yaml") == (OK, "nothing found in 1 document\n")


def test_what_another_version_of_the_tool_left_is_not_told(cache: Path, told: Told) -> None:
    told()
    mark(cache)
    (entry,) = entries(cache)
    content = json.loads(entry.read_text())
    content["tool"] = "0" * 64
    entry.write_text(json.dumps(content))

    assert "REMEMBERED" not in told()[1]


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", "{}", '"x"', "[1, 2]"])
def test_damaged_entries_are_as_good_as_none(damage: str, cache: Path, told: Told) -> None:
    before = told()
    for path in cache.iterdir():
        path.write_text(damage)

    assert told() == before


@pytest.mark.parametrize("part", ["question", "settings", "seen", "outcome"])
@pytest.mark.parametrize("value", [None, 1, [], {}, [["x"]], {"": 1}, {"linted": [[1]]}])
def test_entries_of_another_shape_are_as_good_as_none(part: str, value: object, cache: Path, told: Told) -> None:
    before = told()
    mark(cache)
    (entry,) = entries(cache)
    content = json.loads(entry.read_text())
    content[part] = value
    entry.write_text(json.dumps(content))

    after = told()

    # Of what was never looked at nothing can have changed.
    assert after == before or (part == "seen" and value in ([], {}))


def test_unwritable_place_harms_nobody(told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("APICTL_CACHE", str(tmp_path / "file"))

    assert told() == told() == told("--no-cache")


def test_nothing_is_left_in_the_workspace(told: Told) -> None:
    before = sorted(Path().rglob("*"))

    told()

    assert sorted(Path().rglob("*")) == before


def test_failure_is_not_remembered(cache: Path, told: Told) -> None:
    assert told("missing.yaml")[0] == UNABLE
    assert told("--rules", "no-such-rule")[0] == UNABLE
    assert entries(cache) == []


def test_mending_neither_reads_nor_leaves_anything(cache: Path, told: Told) -> None:
    told()
    mark(cache)

    assert "REMEMBERED" not in told("--diff")[1]
    assert "REMEMBERED" not in told("--no-cache")[1]


def test_rules_of_the_workspaces_own_are_asked_every_time(cache: Path, told: Told) -> None:
    Path("house.py").write_text(RULES)
    Path("apictl.yaml").write_text(MANIFEST + "lint: {custom: [house.py]}\n")
    assert "owner-missing" in told("--trust-rules")[1]
    assert entries(cache) == []

    assert told()[0] == UNABLE


def test_baseline_and_quiet_have_their_say_about_what_is_remembered(cache: Path, told: Told) -> None:
    told()
    told("--baseline", "known.json", "--write-baseline")

    assert told("--baseline", "known.json") == (OK, "nothing found in 1 document\n")
    assert told("--quiet") == (OK, "nothing found in 1 document\n")
    assert told("--fail-on", "warning")[0] == REFUSED
    assert len(entries(cache)) == 1


def test_what_was_left_longest_ago_goes_first(cache: Path, told: Told) -> None:
    told()
    (oldest,) = entries(cache)
    for number in range(600):
        cache.joinpath(f"{number}.json").write_text("0")

    told("--rules", "minimal")

    assert len([*cache.iterdir()]) == 500
    assert not oldest.exists()
