"""`apictl lint`: sets of rules, what a team has set, what is not to be told, and rules of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest

from apictl.cli.main import OK, REFUSED, UNABLE, main
from apictl.report.lint.formats import FORMATS
from apictl.workspace import custom_rules
from tests.cli.workspaces import write_contract

CONTRACT: Final = """openapi: 3.1.0
info: {title: T, version: "1", description: D}
servers: [{url: /v1}]
paths:
  /rides/:
    get:
      operationId: listRides
      summary: List.
      responses: {"204": {description: done}, default: {description: not}}
components:
  schemas:
    Kind: {type: string, enum: [a, a]}
"""
SLASH: Final = "specs/a/openapi.yaml:5:3: warning: path '/rides/' ends with a slash [path-trailing-slash]"
TWICE: Final = "specs/a/openapi.yaml:12:36: warning: 'a' is listed twice [enum-duplicate]"
UNUSED: Final = "specs/a/openapi.yaml:12:5: warning: schema 'Kind' is never referred to [component-unused]"
HOUSE: Final = '''"""House rules."""
from apictl.rules.custom import Flaw, OpenApi, RuleSet, Severity, lint_rule


@lint_rule("owner-missing", OpenApi.OPERATION, sets={RuleSet.RECOMMENDED: Severity.ERROR})
def owner_missing(node, scope):
    print("this is seen nowhere")
    if "x-owner" not in node.fields:
        yield Flaw("nobody owns this", node.place.key(), hint="add x-owner")
'''


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    write_contract(tmp_path, CONTRACT)
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str]]:
    """Return the exit code and the lines of findings."""
    capsys.readouterr()
    code = main(["lint", *arguments])
    return code, [line for line in capsys.readouterr().out.splitlines() if line.endswith("]") and line[0] != " "]


def manifest(root: Path, text: str) -> None:
    (root / "apictl.yaml").write_text(text)


def test_what_is_recommended_is_asked_where_nobody_says_what(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys) == (OK, [SLASH, UNUSED, TWICE])
    assert told(capsys, "--fail-on", "warning")[0] == REFUSED
    assert told(capsys, "--rules", "minimal") == (OK, [])


def test_sets_and_rules_are_added_and_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "--rules", "enum-duplicate") == (OK, [TWICE])
    assert told(capsys, "--rules", "!enum-duplicate,!component-unused") == (OK, [SLASH])
    assert told(capsys, "--rules", "codegen, path-trailing-slash") == (OK, [SLASH, TWICE])


def test_manifest_says_what_is_asked_and_the_command_line_overrules_it(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest(root, "lint: {rules: [codegen], severities: {enum-duplicate: error}}")

    assert told(capsys) == (REFUSED, [TWICE.replace("warning", "error")])
    assert told(capsys, "--rules", "minimal") == (OK, [])
    manifest(root, "lint: {severities: {path-trailing-slash: 'off', component-unused: info}}")
    assert told(capsys) == (OK, [UNUSED.replace("warning", "info"), TWICE])


@pytest.mark.parametrize(
    "text,message",
    [
        ("rules: [recomended]", "apictl.yaml:1:16: there is no set of rules and no rule 'recomended', did you mean"),
        ("severities: {enum-duplicated: error}", "apictl.yaml:1:21: there is no set of rules and no rule"),
        ("ignores: [{rule: enum-duplicated, reason: r}]", "apictl.yaml:1:25: there is no rule 'enum-duplicated', did"),
        ("ignores: [{rule: enum-duplicate}]", '"reason" is a required property'),
        ("ignores: [{rule: enum-duplicate, reason: ' '}]", "lint.ignores.0.reason"),
        ("severities: {enum-duplicate: fatal}", "lint.severities.enum-duplicate"),
        ("rulez: []", "apictl.yaml:1:8: unknown key 'rulez', did you mean 'rules'?"),
        ("custom: [../house.py]", "leads out of the workspace"),
    ],
)
def test_manifest_that_names_what_is_not_there_is_two(
    root: Path, capsys: pytest.CaptureFixture[str], text: str, message: str
) -> None:
    manifest(root, f"lint: {{{text}}}")

    assert main(["lint"]) == UNABLE
    assert message in capsys.readouterr().err


def test_an_object_ignores_a_rule_for_itself_and_what_is_below(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ignored = CONTRACT.replace("[a, a]}", "[a, a], x-apictl-ignore: [{rule: enum-duplicate, reason: A partner.}]}")
    write_contract(root, ignored)
    assert told(capsys) == (OK, [SLASH, UNUSED])

    elsewhere = "x-apictl-ignore: [{rule: enum-duplicate, reason: R, pointer: /components/schemas/Kind}]\n"
    write_contract(root, CONTRACT + elsewhere)
    assert told(capsys) == (OK, [SLASH, UNUSED, TWICE][:2])


def test_an_ignore_that_ignores_nothing_is_told_unless_its_rule_was_not_asked(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_contract(root, CONTRACT + "x-apictl-ignore: [{rule: path-query, reason: R}]\n")

    unused = "specs/a/openapi.yaml:13:19: warning: nothing is ignored: 'path-query' finds nothing here [ignore-unused]"
    assert told(capsys)[1][-1] == unused
    assert told(capsys, "--rules", "minimal") == (OK, [])


@pytest.mark.parametrize(
    "entry,message",
    [
        ("{rule: enum-duplicate}", "'reason' is missing"),
        ("{reason: R}", "'rule' is missing"),
        ("{rule: enum-dupe, reason: R}", "there is no rule 'enum-dupe'"),
        ("{rule: enum-duplicate, reason: R, file: x}", "field 'file' is unknown here"),
        ("{rule: enum-duplicate, reason: R, pointer: x}", "'x' is no JSON Pointer"),
        ("enum-duplicate", "an entry is no mapping"),
    ],
)
def test_an_ignore_that_is_not_understood_ignores_nothing(
    root: Path, capsys: pytest.CaptureFixture[str], entry: str, message: str
) -> None:
    write_contract(root, f"{CONTRACT}x-apictl-ignore: [{entry}]\n")

    _, findings = told(capsys)
    assert TWICE in findings
    assert findings[-1] == f"specs/a/openapi.yaml:13:19: warning: {message} [ignore-malformed]"


def test_manifest_ignores_by_file_and_pointer(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entries = "{rule: enum-duplicate, file: specs/*/openapi.yaml, pointer: /components/*, reason: R}"
    manifest(root, f"lint: {{ignores: [{entries}, {{rule: path-query, reason: R}}]}}")

    unused = "apictl.yaml:1:105: warning: nothing is ignored: 'path-query' finds nothing here [ignore-unused]"
    assert told(capsys) == (OK, [unused, SLASH, UNUSED])
    assert told(capsys, "a") == (OK, [SLASH, UNUSED])


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_tells_of_rules_of_the_workspace_and_of_the_manifest(
    root: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (root / "house.py").write_text(HOUSE)
    manifest(root, "lint: {custom: [house.py], ignores: [{rule: path-query, reason: R}]}")

    assert main(["lint", "--trust-rules", "--format", name]) == REFUSED

    output = capsys.readouterr().out
    assert all(rule in output for rule in ("owner-missing", "ignore-unused", "enum-duplicate"))
    assert "apictl.yaml" in output


def test_component_that_another_service_refers_to_is_used(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kind = "{$ref: '../a/openapi.yaml#/components/schemas/Kind'}"
    answer = f'"200": {{description: d, content: {{a/b: {{schema: {kind}}}}}}}'
    assert UNUSED in told(capsys, "a")[1]
    write_contract(root, CONTRACT.partition("components")[0].replace('"204": {description: done}', answer), service="b")

    for operands in ([], ["a"], ["specs/a/openapi.yaml"]):
        assert UNUSED not in told(capsys, *operands)[1]


def test_baseline_hides_what_is_known_and_only_shrinks(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "--baseline", "known.json", "--write-baseline") == (OK, [])
    assert told(capsys, "--baseline", "known.json", "--fail-on", "warning") == (OK, [])
    before = (root / "known.json").read_text()

    write_contract(root, CONTRACT.replace("[a, a]", "[a, b]").replace("/rides/", "/rides/{/"))
    assert told(capsys, "--baseline", "known.json", "--write-baseline")[0] == REFUSED

    kept = json.loads((root / "known.json").read_text())["findings"]
    assert {entry["rule"] for entry in kept} < {entry["rule"] for entry in json.loads(before)["findings"]}


def test_baseline_tells_what_was_mended_and_what_is_new(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told(capsys, "--baseline", "known.json", "--write-baseline")
    write_contract(root, CONTRACT.replace("[a, a]", "[a, b]").replace("/v1", "/v1/"))

    new = "specs/a/openapi.yaml:3:17: warning: url '/v1/' ends with a slash [server-trailing-slash]"
    fixed = "'enum-duplicate' finds nothing at '/components/schemas/Kind/enum/1' of specs/a/openapi.yaml any more"
    code, findings = told(capsys, "--baseline", "known.json")
    assert (code, findings) == (OK, [f"known.json:3:1: info: {fixed} [baseline-entry-fixed]", new])
    told(capsys, "--baseline", "known.json", "--write-baseline")
    assert told(capsys, "--baseline", "known.json") == (OK, [new])
    told(capsys, "--baseline", "known.json", "--write-baseline", "--grow")
    assert told(capsys, "--baseline", "known.json") == (OK, [])


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"version": 2, "findings": []}', '{"version": 1, "findings": [1]}']
)
def test_baseline_that_is_none_is_two_and_stays_as_it_is(
    root: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    (root / "known.json").write_text(content)

    assert main(["lint", "--baseline", "known.json", "--write-baseline"]) == UNABLE
    assert (root / "known.json").read_text() == content
    assert "known.json:" in capsys.readouterr().err


def test_rules_of_the_workspace_run_only_where_they_are_trusted(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "house.py").write_text(HOUSE + "\nopen('ran', 'w').close()\n")
    manifest(root, "lint: {custom: [house.py]}")

    assert main(["lint"]) == UNABLE
    assert "run with --trust-rules" in capsys.readouterr().err
    assert not (root / "ran").exists()

    owner = "specs/a/openapi.yaml:6:5: error: nobody owns this [owner-missing]"
    assert told(capsys, "--trust-rules") == (REFUSED, [SLASH, owner, UNUSED, TWICE])
    assert told(capsys, "--trust-rules", "--rules", "!owner-missing")[0] == OK
    manifest(root, "lint: {custom: [house.py], severities: {owner-missing: info}}")
    assert owner.replace("error", "info") in told(capsys, "--trust-rules")[1]


@pytest.mark.parametrize(
    "body,message",
    [
        (
            "    raise KeyError('x')",
            "rule 'owner-missing' failed for specs/a/openapi.yaml: KeyError at house.py:7: 'x'",
        ),
        ("    while True: pass", "rule 'owner-missing' took longer than 0.2 s for specs/a/openapi.yaml"),
        ("    return [Flaw('x', 'y')]", "a Flaw has a text, a Place and, perhaps, a hint"),
        ("    return [Flaw(3, node.place)]", "a Flaw has a text, a Place and, perhaps, a hint"),
        ("    return ['no flaw']", "it yields str, which is no Flaw"),
    ],
)
def test_rule_that_fails_is_named_and_the_others_run(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, body: str, message: str
) -> None:
    monkeypatch.setattr(custom_rules, "SECONDS", 0.2)
    (root / "house.py").write_text(HOUSE.partition("    print")[0] + body + "\n")
    manifest(root, "lint: {custom: [house.py]}")

    assert main(["lint", "--trust-rules"]) == UNABLE

    captured = capsys.readouterr()
    assert TWICE in captured.out
    assert message in captured.err


@pytest.mark.parametrize(
    "text,message",
    [
        ("x = 1\n", "house.py holds no rule"),
        ("1 / 0\n", "house.py failed while it was loaded: ZeroDivisionError at house.py:1"),
        ("import sys\nsys.exit(0)\n", "house.py failed while it was loaded: SystemExit"),
        (HOUSE.replace("owner-missing", "enum-duplicate"), "there are two rules 'enum-duplicate'"),
        (HOUSE.replace("owner-missing", "Owner"), "'Owner' is no id of a rule"),
    ],
)
def test_file_of_rules_that_can_not_be_used_is_two(
    root: Path, capsys: pytest.CaptureFixture[str], text: str, message: str
) -> None:
    (root / "house.py").write_text(text)
    manifest(root, "lint: {custom: [house.py]}")

    assert main(["lint", "--trust-rules"]) == UNABLE
    assert message in capsys.readouterr().err


def test_fix_mends_what_is_hidden_behind_other_flaws_too(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_contract(
        root, CONTRACT.replace("3.1.0", "3.1").replace("title", "titel").replace("/v1}]", "/v1/}] # here")
    )

    assert told(capsys, "--fix") == (OK, [SLASH, UNUSED, TWICE])

    assert path.read_text() == CONTRACT.replace("3.1.0", "'3.1.0'").replace("/v1}]", "/v1}] # here")


def test_paths_mean_the_same_from_a_folder_below(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told(capsys, "--baseline", "known.json", "--write-baseline")
    (root / "below").mkdir()
    monkeypatch.chdir(root / "below")

    assert told(capsys, "--baseline", "../known.json") == (OK, [])
    assert told(capsys, "--baseline", "../known.json", "../specs/a/openapi.yaml") == (OK, [])
    path = write_contract(root, CONTRACT.replace("title", "titel"))
    assert told(capsys, "--baseline", "../known.json", "--fix") == (OK, [])
    assert path.read_text() == CONTRACT


def test_diff_shows_a_patch_and_writes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_contract(root, CONTRACT.replace("title", "titel"))
    before = path.read_text()

    assert main(["lint", "--diff"]) == REFUSED

    assert capsys.readouterr().out.splitlines()[:6] == [
        "--- a/specs/a/openapi.yaml",
        "+++ b/specs/a/openapi.yaml",
        "@@ -1,5 +1,5 @@",
        " openapi: 3.1.0",
        '-info: {titel: T, version: "1", description: D}',
        '+info: {title: T, version: "1", description: D}',
    ]
    assert path.read_text() == before
    write_contract(root, CONTRACT)
    assert main(["lint", "--diff"]) == OK
    assert main(["lint", "--diff", "--fix"]) == UNABLE


def test_fix_is_not_kept_from_where_a_baseline_hides_it(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root, CONTRACT.replace("/v1", "/v1/"))
    told(capsys, "--baseline", "known.json", "--write-baseline")

    _, findings = told(capsys, "--baseline", "known.json", "--fix")

    assert [line.rpartition(" ")[2] for line in findings] == ["[baseline-entry-fixed]"]
