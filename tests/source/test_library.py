"""References between documents: what they lead to, and what they are refused for."""

from __future__ import annotations

import pytest

from apictl.findings import Finding, Place
from apictl.source.library import DocumentMissing, FetchError, Library, NotRegularFile, OutsideWorkspace, Target
from apictl.source.tree import JsonValue

BASE = Place("specs/pricing/openapi.yaml", "/paths/~1a/get/$ref")


class Shelf:
    """Documents by path, and what has been asked for."""

    def __init__(self, files: dict[str, str]) -> None:
        """Put *files* beside the contract that every test begins in."""
        self.files = {"specs/pricing/openapi.yaml": "components: {schemas: {Pet: {type: object}}}"} | files
        self.asked: list[str] = []

    def fetch(self, path: str) -> bytes:
        self.asked.append(path)
        if path not in self.files:
            raise DocumentMissing(path)
        return self.files[path].encode()


def library(**files: str) -> tuple[Library, Shelf]:
    shelf = Shelf({name.replace("__", "/") + ".yaml": text for name, text in files.items()})
    return Library(shelf.fetch), shelf


def refused(reference: object, **files: str) -> Finding:
    finding = library(**files)[0].resolve(BASE, reference)
    assert isinstance(finding, Finding)
    assert finding.place.pointer == BASE.pointer
    return finding


@pytest.mark.parametrize(
    "reference,path,pointer,node",
    [
        ("#/components/schemas/Pet/type", "specs/pricing/openapi.yaml", "/components/schemas/Pet/type", "object"),
        (
            "openapi.yaml#/components/schemas/Pet/type",
            "specs/pricing/openapi.yaml",
            "/components/schemas/Pet/type",
            "object",
        ),
        ("other.yaml#/a", "specs/pricing/other.yaml", "/a", 1),
        ("./other.yaml#/a", "specs/pricing/other.yaml", "/a", 1),
        ("../common/x.yaml#/a~1b/c%20d/0", "specs/common/x.yaml", "/a~1b/c d/0", "deep"),
        ("../common/x.yaml#/%61~1b/c%20d/0", "specs/common/x.yaml", "/a~1b/c d/0", "deep"),
        ("../../specs/common/%78.yaml#/e%25f", "specs/common/x.yaml", "/e%f", 2),
        ("other.yaml", "specs/pricing/other.yaml", "", {"a": 1}),
        ("other.yaml#", "specs/pricing/other.yaml", "", {"a": 1}),
    ],
)
def test_a_reference_leads_to_one_place_however_it_is_spelled(
    reference: str, path: str, pointer: str, node: JsonValue
) -> None:
    shelf, _ = library(specs__pricing__other="a: 1", specs__common__x="{a/b: {c d: [deep]}, 'e%f': 2}")

    assert shelf.resolve(BASE, reference) == Target(Place(path, pointer), node)


@pytest.mark.parametrize(
    "reference",
    [
        "/etc/passwd",
        "/etc/passwd#/root",
        "../../../etc/passwd",
        "../../..",
        "..%2f..%2f..%2fetc/passwd",
        "%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "x/../../../../etc/passwd",
        "%2Fetc/passwd",
        "file:///etc/passwd",
        "FILE:/etc/passwd",
        "C:/Windows/win.ini",
        "..\\..\\secret.yaml",
        "a%5c..%5cb.yaml",
        "a%00.yaml",
    ],
)
def test_a_reference_out_of_the_workspace_is_refused_without_asking_for_it(reference: str) -> None:
    shelf, asked = library()

    finding = shelf.resolve(BASE, reference)

    assert isinstance(finding, Finding)
    assert finding.rule == "reference-outside-workspace"
    assert asked.asked == []


@pytest.mark.parametrize(
    "reference",
    [
        "http://127.0.0.1/x.yaml",
        "https://example.com/x.yaml#/a",
        "//example.com/x.yaml",
        "HTTP://[::ffff:127.0.0.1]/",
        "http://0x7f.1/",
        "ftp://a/b",
        "urn:isbn:1",
        "data:text/plain,x",
    ],
)
def test_a_remote_reference_is_refused_without_asking_for_it(reference: str) -> None:
    shelf, asked = library()

    finding = shelf.resolve(BASE, reference)

    assert isinstance(finding, Finding)
    assert finding.rule == "reference-remote"
    assert asked.asked == []


@pytest.mark.parametrize("reference", [42, None, True, ["#/a"], {"a": 1}, 1.5])
def test_a_reference_must_be_a_string(reference: object) -> None:
    assert refused(reference).rule == "reference-not-a-string"


@pytest.mark.parametrize(
    "reference,fixed",
    [
        ("#components/schemas/Pet", "'#/components/schemas/Pet'"),
        ("#/a/~2", "'#/a/~02'"),
        ("#/paths/~1a~1{id}", "'#/paths/~1a~1%7Bid%7D'"),
        ("#/a b", "'#/a%20b'"),
        ("#/a%zz", "'#/a%25zz'"),
        ("#/a#b", "'#/a%23b'"),
    ],
)
def test_a_malformed_pointer_is_told_with_the_likely_one(reference: str, fixed: str) -> None:
    finding = refused(reference)

    assert finding.rule == "reference-pointer-malformed"
    assert finding.hint == f"write {fixed}"


def test_a_missing_node_is_told_with_the_nearest_name() -> None:
    finding = refused("#/components/schemas/Pets")

    assert finding.rule == "reference-unresolved"
    assert finding.hint == "did you mean '#/components/schemas/Pet'?"


def test_a_missing_node_of_another_file_is_told_with_the_file() -> None:
    finding = refused("other.yaml#/schema/Pet", specs__pricing__other="schemas: {Pet: {}}")

    assert finding.hint == "did you mean 'specs/pricing/other.yaml#/schemas/Pet'?"


def test_a_missing_file_is_told_with_the_path_that_was_tried() -> None:
    finding = refused("../common/nope.yaml#/a")

    assert finding.rule == "reference-file-missing"
    assert "'specs/common/nope.yaml'" in finding.message


@pytest.mark.parametrize(
    "failure,rule",
    [
        (OutsideWorkspace("x.yaml"), "reference-outside-workspace"),
        (NotRegularFile("x.yaml"), "reference-file-irregular"),
    ],
)
def test_what_the_fetcher_refuses_is_told_at_the_reference(failure: FetchError, rule: str) -> None:
    def fetch(_path: str) -> bytes:
        raise failure

    finding = Library(fetch).resolve(BASE, "x.yaml")

    assert isinstance(finding, Finding)
    assert finding.rule == rule
    with pytest.raises(FetchError):
        Library(fetch).document("x.yaml")


def test_a_flaw_of_a_referenced_file_is_told_in_that_file() -> None:
    shelf, _ = library(specs__pricing__other="a: [1\n")

    finding = shelf.resolve(BASE, "other.yaml#/a")

    assert isinstance(finding, Finding)
    assert finding.rule == "reference-file-refused"
    assert [(each.place.path, each.rule, each.place.line) for each in shelf.findings()] == [
        ("specs/pricing/other.yaml", "yaml-syntax", 1)
    ]


def test_a_document_is_fetched_once_whether_it_is_there_or_not() -> None:
    shelf, asked = library(specs__pricing__other="a: 1")

    for reference in ("other.yaml#/a", "./other.yaml", "nope.yaml", "nope.yaml#/a"):
        shelf.resolve(BASE, reference)

    assert asked.asked == ["specs/pricing/other.yaml", "specs/pricing/nope.yaml"]
    assert [document.path for document in shelf.documents()] == ["specs/pricing/other.yaml"]


def test_a_chain_of_references_is_followed_to_its_end() -> None:
    shelf, _ = library(a="x: {$ref: 'b.yaml#/y'}", b="{y: {$ref: '#/z'}, z: {type: string}}")

    assert shelf.follow(Place("a.yaml", "/x"), {"$ref": "b.yaml#/y"}) == Target(
        Place("b.yaml", "/z"), {"type": "string"}
    )


def test_a_node_without_reference_is_its_own_target() -> None:
    assert library()[0].follow(BASE, {"type": "string"}) == Target(BASE, {"type": "string"})


def test_a_reference_to_itself_is_a_cycle() -> None:
    shelf, _ = library(a="x: {$ref: '#/x'}")

    finding = shelf.follow(Place("a.yaml", "/x"), {"$ref": "#/x"})

    assert isinstance(finding, Finding)
    assert (finding.rule, finding.place) == ("reference-cycle", Place("a.yaml", "/x/$ref"))
    assert finding.message.endswith("'/x' -> '/x'")


def test_a_cycle_is_told_with_all_its_places_wherever_one_enters_it() -> None:
    shelf, _ = library(a="{x: {$ref: '#/y'}, y: {$ref: '#/z'}, z: {$ref: '#/y'}}")

    finding = shelf.follow(Place("a.yaml", "/x"), {"$ref": "#/y"})

    assert isinstance(finding, Finding)
    assert finding.rule == "reference-cycle"
    assert [finding.place.pointer, *(related.place.pointer for related in finding.related)] == ["/y/$ref", "/z/$ref"]


def test_a_chain_of_a_thousand_files_is_followed() -> None:
    files = {f"f{number}": f"x: {{$ref: 'f{number + 1}.yaml#/x'}}" for number in range(1000)} | {"f1000": "x: 1"}
    shelf, _ = library(**files)

    assert shelf.follow(Place("f0.yaml", "/x"), {"$ref": "#/x"}) != Target(Place("f0.yaml", "/x"), 1)
    assert shelf.follow(Place("f.yaml", "/x"), {"$ref": "f0.yaml#/x"}) == Target(Place("f1000.yaml", "/x"), 1)


@pytest.mark.parametrize(
    "reference",
    [
        "x" * 100_000,
        "#/" + "a/" * 2000,
        "../" * 1000 + "x",
        "#" + "~" * 4000,
        "\u202e#/\ud800",
        "\U0010fffe" * 99,
        "#/" + "\U0010fffe" * 99,
    ],
)
def test_a_message_stays_short_and_printable_whatever_the_reference(reference: str) -> None:
    finding = refused(reference)

    assert len(finding.message) <= 200
    assert finding.message.isprintable()
