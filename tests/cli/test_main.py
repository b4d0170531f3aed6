"""Exit codes, messages and what the commands say."""

from __future__ import annotations

from pathlib import Path

import pytest

from apictl.cli.main import BUG, INTERRUPTED, OK, REFUSED, UNABLE, main
from apictl.version import VERSION
from tests.cli.workspaces import CONTRACT, write_contract


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    return tmp_path


def test_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == OK
    assert capsys.readouterr().out == f"apictl {VERSION}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["generate", "--help"], ["init", "--help"]])
def test_help_goes_to_stdout(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert main(arguments) == OK
    assert "Usage: apictl" in capsys.readouterr().out


def test_help_shows_examples_and_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--help"])

    output = capsys.readouterr().out
    assert "apictl generate --check" in output
    assert "Exit codes:" in output


@pytest.mark.parametrize(
    "arguments,suggestion",
    [(["genrate"], "'generate'"), (["generate", "--chek"], "--check")],
)
def test_wrong_usage_is_two_with_a_suggestion(  # J11
    capsys: pytest.CaptureFixture[str], arguments: list[str], suggestion: str
) -> None:
    assert main(arguments) == UNABLE

    captured = capsys.readouterr()
    assert suggestion in captured.err
    assert "Usage:" in captured.err
    assert captured.out == ""


def test_first_run_writes_and_second_finds_nothing_to_do(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root)

    assert main(["generate"]) == OK
    assert capsys.readouterr().out.startswith("wrote ")
    assert main(["generate"]) == OK
    assert capsys.readouterr().out == "generated is up to date\n"
    assert main(["generate", "--check"]) == OK


def test_check_lists_what_would_change(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root)
    main(["generate"])
    write_contract(root, CONTRACT.replace("getX", "getY"))
    capsys.readouterr()

    assert main(["generate", "--check"]) == REFUSED
    output = capsys.readouterr().out
    assert "would write generated/a/python/a_api/client.py\n" in output
    assert output.endswith("generated is out of date, run `apictl generate`\n")


def test_file_changed_by_hand_is_named_and_force_overwrites_it(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root)  # I06
    main(["generate"])
    client = root / "generated/a/python/a_api/client.py"
    written = client.read_bytes()
    client.write_text("mine")
    capsys.readouterr()

    assert main(["generate"]) == REFUSED
    assert capsys.readouterr().out.startswith("generated/a/python/a_api/client.py: not as apictl left it\n")
    assert client.read_text() == "mine"
    assert main(["generate", "--force"]) == OK
    assert client.read_bytes() == written


def test_refused_contract_is_one_with_the_place_and_a_count(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root, CONTRACT.replace("/x:", "x:"))

    assert main(["generate"]) == REFUSED
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("specs/a/openapi.yaml:4:3: error: ")
    assert lines[-2:] == ["1 error", "nothing was written"]


def test_output_of_the_command_line_is_used(root: Path) -> None:
    write_contract(root)

    assert main(["generate", "--output", "out"]) == OK
    assert (root / "out/a/python/pyproject.toml").is_file()
    assert not (root / "generated").exists()


def test_faulty_manifest_is_two_on_stderr(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "apictl.yaml").write_text("zzz: 1")

    assert main(["generate"]) == UNABLE
    captured = capsys.readouterr()
    assert captured.err.startswith("error: apictl.yaml:1:1: unknown key 'zzz'")
    assert captured.out == ""


def test_text_of_the_manifest_makes_no_line_of_its_own(root: Path, capsys: pytest.CaptureFixture[str]) -> None:  # H19
    (root / "apictl.yaml").write_text('services: {a: {package: "x\\u2028error: all is lost\\x85"}}')

    assert main(["generate"]) == UNABLE
    assert len(capsys.readouterr().err.split("\n")) == 2


def test_init_makes_a_contract_that_generates_without_a_warning(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init"]) == OK
    assert (root / "specs/hello/openapi.yaml").is_file()
    capsys.readouterr()

    assert main(["generate", "--verbose"]) == OK
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("wrote ")


def test_init_overwrites_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root)
    (root / "apictl.yaml").write_text("")

    assert main(["init"]) == OK

    assert "kept apictl.yaml, it was there" in capsys.readouterr().out
    assert (root / "apictl.yaml").read_text() == ""
    assert [path.name for path in (root / "specs").iterdir()] == ["a"]


def test_init_writes_through_no_symlink(root: Path) -> None:
    project = root / "project"
    project.mkdir()
    (root / "elsewhere").mkdir()
    (project / "specs").symlink_to(root / "elsewhere")

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        assert main(["init"]) == UNABLE

    assert list((root / "elsewhere").iterdir()) == []


class _Broken:
    """A stream that fails in a way nobody foresaw."""

    def __init__(self, fault: BaseException) -> None:
        self._fault = fault

    def writelines(self, _lines: object) -> None:
        raise self._fault

    def isatty(self) -> bool:
        return False

    def flush(self) -> None:
        pass

    closed = False


def broken(monkeypatch: pytest.MonkeyPatch, fault: BaseException) -> None:
    monkeypatch.setattr("sys.stdout", _Broken(fault))


def test_bug_is_three_and_one_line_without_what_was_in_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:  # J14, J15
    broken(monkeypatch, TypeError("a secret"))

    assert main(["--version"]) == BUG
    errors = capsys.readouterr().err
    assert errors.startswith(f"bug in apictl {VERSION}: TypeError at test_main.py:")
    assert "secret" not in errors
    assert "Traceback" not in errors


def test_bug_shows_its_traceback_when_asked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:  # J14
    broken(monkeypatch, TypeError("x"))

    assert main(["--debug", "--version"]) == BUG
    assert "Traceback (most recent call last)" in capsys.readouterr().err


@pytest.mark.parametrize(
    "fault,code", [(KeyboardInterrupt(), INTERRUPTED), (OSError(28, "No space left"), UNABLE), (MemoryError(), UNABLE)]
)
def test_what_happens_becomes_its_exit_code(monkeypatch: pytest.MonkeyPatch, fault: BaseException, code: int) -> None:
    broken(monkeypatch, fault)

    assert main(["--version"]) == code
