"""`apictl lint`: documents named, documents of services, and what is told of them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import pytest

from apictl.cli.main import OK, REFUSED, UNABLE, main
from apictl.report.lint.formats import FORMATS
from apictl.workspace import fetching
from apictl.workspace.linting import Linter, Subject, Text
from apictl.workspace.snapshots import Snapshot
from tests.cli.workspaces import CONTRACT, environment, write_contract

FLAWED: Final = CONTRACT.replace("operationId: getX", "operationID: getX")
WARNED: Final = CONTRACT.replace("/x:", "'/{x}':")
EVENTS: Final = """asyncapi: 2.6.0
info: {title: T, version: "1"}
channels:
  rides: {subscribe: {operationId: onRide, message: {payload: {type: object}}}}
"""
MANY: Final = """openapi: 3.1.0
info: {title: T, version: "1"}
paths: {}
components:
  schemas:
""" + "".join(f"    S{number}: {{type: string, nullable: true}}\n" for number in range(12))


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    capsys.readouterr()
    code = main(["lint", "--rules", "minimal", *arguments])
    return code, capsys.readouterr().out


def test_error_has_its_place_its_line_a_hint_and_exit_code_one(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root, FLAWED)

    code, output = told(capsys)

    assert code == REFUSED
    assert output.splitlines() == [
        "specs/a/openapi.yaml:6:7: error: field 'operationID' is unknown here [field-unknown]",
        "  6 |       operationID: getX",
        "    |       ^",
        "  hint: did you mean 'operationId'?",
        "1 error in 1 document",
    ]


def test_warnings_and_notes_are_told_and_fail_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root, WARNED)

    code, output = told(capsys)

    assert code == OK
    assert "specs/a/openapi.yaml:4:3: warning: path '/{x}' names 'x', which no parameter declares" in output
    assert told(capsys, "--quiet") == (OK, "nothing found in 1 document\n")


def test_sound_documents_are_counted(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root)
    write_contract(root, service="b")
    (root / "specs/b/asyncapi.yaml").write_text("asyncapi: 3.0.0\ninfo: {title: T, version: '1'}\nchannels: {}\n")

    assert told(capsys) == (OK, "nothing found in 3 documents\n")
    assert told(capsys, "b") == (OK, "nothing found in 2 documents\n")
    assert told(capsys, "b", "specs/b/openapi.yaml", "./specs/a/openapi.yaml")[1] == "nothing found in 3 documents\n"


def test_files_of_both_languages_are_read_wherever_they_are(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "old.json").write_text('{"openapi": "3.1.0", "info": {"title": "T", "version": "1"}}')
    (root / "events.yaml").write_text(EVENTS)
    (root / "below").mkdir()
    monkeypatch.chdir(root / "below")

    code, output = told(capsys, "../old.json", "../events.yaml")

    assert code == REFUSED
    places = [line.split(": ")[:2] for line in output.splitlines() if line.endswith("]")]
    assert places == [["../events.yaml:4:11", "warning"], ["../old.json:1:1", "error"]]


def test_perspective_of_the_manifest_holds_for_a_file_too(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "specs/a").mkdir(parents=True)
    (root / "specs/a/asyncapi.yaml").write_text(EVENTS)
    assert "[perspective-doubtful]" in told(capsys, "a")[1]

    (root / "apictl.yaml").write_text("services: {a: {perspective: client}}\n")

    assert told(capsys, "a") == (OK, "nothing found in 1 document\n")
    assert told(capsys, "specs/a/asyncapi.yaml") == (OK, "nothing found in 1 document\n")


def test_definitions_of_one_service_that_clash_are_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root, CONTRACT + "components: {schemas: {Ride: {type: object}}}\n")
    (root / "specs/a/asyncapi.yaml").write_text(
        "asyncapi: 3.0.0\ninfo: {title: T, version: '1'}\ncomponents: {schemas: {Ride: {type: string}}}\n"
    )

    code, output = told(capsys, "a")

    assert code == REFUSED
    assert "specs/a/asyncapi.yaml:3:30: error: 'Ride' is another schema here" in output


def test_flaw_of_a_shared_document_is_told_once_and_fails_all_who_use_it(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "specs/common").mkdir(parents=True)
    (root / "specs/common/shared.yaml").write_text("Id: {type: strin}\n")
    using = CONTRACT + "components: {schemas: {Id: {$ref: '../common/shared.yaml#/Id'}}}\n"
    for service in ("a", "b"):
        write_contract(root, using, service=service)

    code, output = told(capsys)

    assert code == REFUSED
    assert output.count("specs/common/shared.yaml:1:12: error: ") == 1
    assert output.endswith("1 error in 2 documents\n")
    document = told(capsys, "--format", "junit")[1]
    cases = ET.fromstring(document).findall("testsuite/testcase")  # noqa: S314 - our own
    assert [(case.get("classname"), case.get("name"), len(case.findall("failure"))) for case in cases] == [
        ("a", "specs/a/openapi.yaml", 1),
        ("b", "specs/b/openapi.yaml", 1),
    ]


def test_no_document_is_fetched_or_parsed_twice(root: Path) -> None:
    (root / "specs/common").mkdir(parents=True)
    (root / "specs/common/shared.yaml").write_text("Id: {type: string}\n")
    using = CONTRACT + "components: {schemas: {Id: {$ref: '../common/shared.yaml#/Id'}}}\n"
    for service in ("a", "b", "c"):
        write_contract(root, using, service=service)
    fetch, seen = fetching.disk_fetch(root), Counter[str]()

    def counted(path: str) -> bytes:
        seen[path] += 1
        return fetch(path)

    folder = Snapshot("here", "", counted)
    wanted = [Subject(name, folder, (Text(f"specs/{name}/openapi.yaml"),)) for name in "abc"]
    linter = Linter()

    linted = linter.linted(wanted)

    assert [(each.subject, each.findings) for each in linted] == [("a", ()), ("b", ()), ("c", ())]
    linter.texts(seen)
    assert seen == {"specs/common/shared.yaml": 1, **{f"specs/{name}/openapi.yaml": 1 for name in "abc"}}


def test_many_findings_of_one_rule_are_counted_unless_all_are_asked_for(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "many.yaml").write_text(MANY)

    output = told(capsys, "many.yaml")[1]

    assert output.count("warning: ") == 5
    assert "... and 7 more warnings [keyword-of-other-version]" in output
    assert output.endswith("12 warnings in 1 document\n")
    assert told(capsys, "many.yaml", "--verbose")[1].count("warning: ") == 12
    assert len(json.loads(told(capsys, "many.yaml", "--format", "json")[1])["findings"]) == 12


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_tells_the_finding_and_has_the_same_exit_code(
    root: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    write_contract(root, FLAWED)

    code, output = told(capsys, "--format", name)

    assert code == REFUSED
    assert "field-unknown" in output
    assert "specs/a/openapi.yaml" in output


def test_reports_are_written_besides_the_text(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root, FLAWED)
    plain = told(capsys)[1]

    code, output = told(capsys, *(f"--report={name}={name}.out" for name in FORMATS))

    assert (code, output) == (REFUSED, plain)
    for name in FORMATS:
        assert (root / f"{name}.out").read_text() == told(capsys, "--format", name)[1]


def test_json_has_places_and_counts(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root, FLAWED)

    report = json.loads(told(capsys, "--format", "json")[1])

    assert report["counts"] == {"error": 1, "warning": 0, "info": 0}
    assert report["documents"] == [{"path": "specs/a/openapi.yaml", "suite": "a"}]
    assert report["findings"][0]["place"] == {
        "path": "specs/a/openapi.yaml",
        "line": 6,
        "column": 7,
        "pointer": "/paths/~1x/get/operationID",
    }


def test_sarif_holds_the_page_of_the_rule(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root, FLAWED)

    (run,) = json.loads(told(capsys, "--format", "sarif")[1])["runs"]

    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["id"] == "field-unknown"
    assert "misspelled" in rule["help"]["markdown"]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (6, 7)


@pytest.mark.parametrize(
    "arguments,message",
    [
        (["--rules", "recomended"], "there is no set of rules and no rule 'recomended', did you mean 'recommended'?"),
        (["--rules", "strict,!enum-duplicated"], "no rule 'enum-duplicated', did you mean 'enum-duplicate'"),
        (["--baseline", "gone.json"], "gone.json does not exist\n  hint: `--write-baseline` makes it"),
        (["--write-baseline"], "name the file with --baseline FILE"),
        (["--grow", "--baseline", "a.json"], "add --write-baseline"),
        (["gone.yaml"], "file 'gone.yaml' does not exist"),
        (["b"], "there is no service 'b'"),
        (["specs/a"], "specs/a is no document"),
        (["specs/a/openapi.yaml@main"], "specs/a/openapi.yaml@main does not exist"),
        (["--report", "html=a.html"], "there is no format 'html'\n  hint: one of text, json, sarif"),
        (["--report", "json=gone/a.json"], "there is no folder gone"),
        (["--quiet", "--verbose"], "it tells errors only, so --verbose"),
        (["--format", "html"], "'html' is not one of"),
    ],
)
def test_what_can_not_be_done_is_two(
    root: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    write_contract(root)

    assert main(["lint", *arguments]) == UNABLE

    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err


def test_nothing_to_read_is_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint"]) == UNABLE
    assert "no contract found" in capsys.readouterr().err


def test_text_that_is_no_document_is_shown_with_its_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "broken.yaml").write_text("openapi: 3.1.0\ninfo: {title: T: U\n")

    code, output = told(capsys, "broken.yaml")

    assert code == REFUSED
    assert "[yaml-syntax]" in output
    assert "  2 | info: {title: T: U" in output


def test_documents_of_several_folders_show_their_own_lines(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("here", "there"):
        (root / folder / "specs").mkdir(parents=True)
        (root / folder / "a.yaml").write_text(f"openapi: 3.1.0\ninfo: {{title: {folder}: U\n")
    monkeypatch.chdir(root / "here")

    output = told(capsys, "a.yaml", "../there/a.yaml")[1]

    assert "../there/a.yaml:2:20: error: " in output
    assert "  2 | info: {title: here: U" in output
    assert "  2 | info: {title: there: U" in output


def test_the_package_is_a_command_too(root: Path) -> None:
    write_contract(root)
    command = [sys.executable, "-m", "apictl", "lint", "--rules", "minimal"]

    done = subprocess.run(command, cwd=root, env=environment(), capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (OK, "nothing found in 1 document\n", "")


HOSTILE: Final = "\x1b[31m\u202e]]>--><b>`|@all\n::error::%0A\ud800"


@pytest.mark.parametrize("name", FORMATS)
def test_text_of_a_document_stays_text_in_every_format(
    root: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (root / "a.json").write_text(
        json.dumps({"openapi": "3.1.0", "info": {"title": "T", "version": "1", HOSTILE[:-1]: 1}, "paths": {}})
    )
    (root / "b.json").write_text(json.dumps({"asyncapi": HOSTILE[:-1], "x": "y" * 100_000}))
    (root / "c.json").write_text(json.dumps({"asyncapi": "3.0.0", "info": {HOSTILE: 1}}))

    code, output = told(capsys, "a.json", "b.json", "c.json", "--format", name)

    assert code == REFUSED
    assert "\x1b" not in output
    assert "\u202e" not in output
    assert len(output) < 30_000
    match name:
        case "json" | "sarif" | "gitlab":
            json.loads(output)
        case "junit":
            assert len(ET.fromstring(output).findall("testsuite/testcase/failure")) == 3  # noqa: S314 - our own
        case "github":
            assert all(line.startswith("::error file=") for line in output.splitlines())
        case _:
            assert output.endswith(" errors in 3 documents\n")
