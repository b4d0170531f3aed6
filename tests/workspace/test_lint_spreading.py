"""Documents linted on all cores: what is said of them is what is said of them in turn."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from apictl.workspace.fetching import disk_fetch
from apictl.workspace.lint_settings import LintSettings, ManifestIgnore
from apictl.workspace.lint_spreading import (
    Demand,
    LintTask,
    is_worth_spreading,
    observe,
    observed_on_all_cores,
    size_of,
)
from apictl.workspace.lint_subjects import Subject, Text
from apictl.workspace.linting import Linted, Linter
from apictl.workspace.sightings import sight, together
from apictl.workspace.snapshots import Snapshot
from apictl.workspace.standard import standard_of

SETTINGS: Final = LintSettings(
    ignores=(
        ManifestIgnore("path-trailing-slash", "b.yaml", "", "as it is"),
        ManifestIgnore("enum-duplicate", "*", "", "nobody needs this"),
    )
)
DEMAND: Final = Demand(SETTINGS, (), b"")
HEAD: Final = 'openapi: 3.1.0\ninfo: {title: T, version: "1", description: D}\nservers: [{url: /v1}]\npaths:\n'
# What `a` refers to in `b` is used; what the shared document ignores only `b` has; each has an ignore of its own.
DOCUMENTS: Final = {
    "a.yaml": HEAD
    + """  /a:
    get:
      summary: A
      operationId: getA
      x-apictl-ignore: [{rule: client-error-undeclared, reason: no}, {rule: tag-undeclared, reason: no}]
      responses: {"200": {description: a, content: {text/x: {schema: {$ref: "b.yaml#/components/schemas/B"}}}}}
    post:
      operationId: postA
      responses: {"200": {description: a, content: {application/json: {schema: {$ref: "shared.yaml#/S"}}}}}
""",
    "b.yaml": HEAD
    + """  /b/:
    get:
      operationId: getB
      responses: {"200": {description: b, content: {application/json: {schema: {$ref: "shared.yaml#/S"}}}}}
components: {schemas: {B: {$ref: "#/components/schemas/C"}, C: {type: string}, D: {type: string}}}
""",
    "c.yaml": HEAD + "  /c/: {get: {operationId: getC, responses: {'204': {description: c}}}}\n",
    "shared.yaml": """S:
  type: string
  nullable: true
  x-apictl-ignore: [{rule: keyword-of-other-version, reason: old}, {rule: enum-duplicate, reason: x}, {rule: nope}]
""",
}


@pytest.fixture(autouse=True)
def root(tmp_path: Path) -> Path:
    for name, text in DOCUMENTS.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def subjects(root: Path, names: str = "abc") -> tuple[Subject, ...]:
    folder = Snapshot("here", "shown/", disk_fetch(root))
    return tuple(Subject(name, folder, (Text(f"{name}.yaml"),)) for name in names)


def tasks(subjects: tuple[Subject, ...], root: Path) -> list[LintTask]:
    return [LintTask(each.name, str(root), "shown/", each.documents, DEMAND) for each in subjects]


def linter() -> Linter:
    return Linter(standard_of(SETTINGS, (), b""))


def findings(linted: tuple[Linted, ...]) -> list[tuple[str, int | None, str]]:
    return [(each.place.path, each.place.line, each.rule) for document in linted for each in document.findings]


def test_what_documents_say_of_each_other_is_the_same_on_all_cores(root: Path) -> None:
    wanted = subjects(root)
    one, all_of_them = linter(), linter()
    told: list[tuple[str, int, int]] = []

    in_turn = one.linted(wanted)
    sights = observed_on_all_cores(
        tasks(wanted, root), [1, 3, 2], progress=lambda name, done, total: told.append((name, done, total))
    )
    spread = all_of_them.settled(wanted, [each.observations for each in sights])

    assert spread == in_turn
    assert all_of_them.unused() == one.unused()
    assert {**together(each.seen for each in sights)} == one.seen["shown/"]
    assert sorted(name for name, _, _ in told) == ["a", "b", "c"]
    assert [(done, total) for _, done, total in told] == [(1, 3), (2, 3), (3, 3)]
    rules = findings(in_turn)
    assert ("shown/b.yaml", 9, "component-unused") in rules
    assert len([each for each in rules if each[2] == "component-unused"]) == 1
    assert ("shown/c.yaml", 5, "path-trailing-slash") in rules
    assert ("shown/shared.yaml", 4, "ignore-malformed") in rules
    assert ("shown/shared.yaml", 4, "ignore-unused") in rules
    assert not any(rule == "keyword-of-other-version" for _, _, rule in rules)
    assert [each.place.pointer for each in one.unused()] == ["/lint/ignores/1"]


def test_bystander_that_refers_to_a_component_is_heard_on_all_cores_too(root: Path) -> None:
    judged, others = subjects(root, "bc"), subjects(root, "a")

    in_turn = linter().linted(judged, bystanders=others)
    sights = [observe(each) for each in tasks(judged, root)]
    spread = linter().settled(judged, [each.observations for each in sights], bystanders=others)
    alone = linter().linted(judged)

    assert spread == in_turn
    assert len([each for each in findings(alone) if each[2] == "component-unused"]) == 3
    assert len([each for each in findings(spread) if each[2] == "component-unused"]) == 1


def test_document_that_can_not_be_had_is_a_failure_and_no_other_suffers(root: Path) -> None:
    (root / "b.yaml").unlink()

    sights = observed_on_all_cores(tasks(subjects(root, "bc"), root), [1, 2])

    assert sights[0].failure == "file 'b.yaml' does not exist"
    assert sights[0].observations == ()
    assert sights[1].failure == ""
    assert len(sights[1].observations) == 1


def test_documents_are_spread_where_enough_is_left_for_other_cores(root: Path) -> None:
    assert not is_worth_spreading([])
    assert not is_worth_spreading([64_000_000])
    assert not is_worth_spreading([10_000_000, 10_000])
    assert [size_of(each) for each in tasks(subjects(root, "c"), root)] == [len(DOCUMENTS["c.yaml"])]


def test_document_that_changed_while_it_was_looked_at_was_seen_as_nothing(root: Path) -> None:
    before = sight(disk_fetch(root), "c.yaml")
    (root / "c.yaml").write_text("another")

    after = sight(disk_fetch(root), "c.yaml")

    assert together([{"c.yaml": before}, {"c.yaml": before}]) == {"c.yaml": before}
    assert together([{"c.yaml": before}, {"c.yaml": after}])["c.yaml"] not in {before, after}
