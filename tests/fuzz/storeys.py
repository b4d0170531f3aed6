"""What apictl does with documents, storey by storey, in memory; whatever isn't a finding is a failure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from apictl.contract.contract import Contract
from apictl.contract.graph import Consumption, Member, graph_of
from apictl.contract.joining import joined
from apictl.findings import Finding, Place, Severity, is_refused
from apictl.pages.page import PageSet
from apictl.pages.rendering import render
from apictl.readers.parts import Parts
from apictl.readers.read import read
from apictl.readers.reading import Reading
from apictl.report.graph.formats import FORMATS as GRAPH_FORMATS
from apictl.report.graph.view import GraphReport
from apictl.report.lint.formats import FORMATS as LINT_FORMATS
from apictl.report.lint.report import Judgement, LintReport
from apictl.report.text import Style
from apictl.report.text import text as shown
from apictl.rules.dials import Dials
from apictl.rules.graph.catalogue import judged
from apictl.rules.lint.catalogue import lint_rules
from apictl.rules.lint.judging import Judge
from apictl.rules.lint.scope import Scope
from apictl.rules.walk import changes
from apictl.source.library import DocumentMissing, Library
from apictl.workspace.excerpts import text_excerpts
from apictl.workspace.fixing import mended
from apictl.workspace.locating import located, located_place
from apictl.workspace.targets import TargetOptions, emit
from tests.fuzz.splitting import MAIN

_LONGEST: Final = 200


class House:
    """One set of files on its way through the storeys."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        """Begin with *files*, of which one is `MAIN`."""
        self._library = Library(lambda path: _fetched(files, path))
        self._texts = {path: raw.decode("utf-8-sig", "backslashreplace") for path, raw in files.items()}
        self._findings: tuple[Finding, ...] = ()

    def read(self) -> Reading:
        """Read the document, and show what is found."""
        reading = read(self._library, MAIN, service="fuzzed")
        self._findings = self._judged(reading.findings)
        assert is_refused(self._findings) == (reading.contract is None), "neither refused nor accepted"
        "\n".join(shown(self._findings, text_excerpts(self._texts))).encode()
        return reading

    def lint(self, parts: Parts, contract: Contract | None) -> None:
        """Ask all rules, whichever set they are of."""
        rules = lint_rules()
        judge = Judge(rules, {rule.id: Severity.WARNING for rule in rules})
        found = tuple(located(finding, self._library) for finding in judge.findings(Scope(parts, contract)))
        self._findings += self._judged(found)

    def report(self) -> None:
        """Write what was found in every format."""
        report = LintReport((Judgement("fuzzed", MAIN, self._findings),), text_excerpts(self._texts))
        for lines in LINT_FORMATS.values():
            "\n".join(lines(report, Style())).encode()

    def fix(self) -> None:
        """Mend what leaves no choice; what was mended is no longer found."""
        found = [finding for finding in self._findings if finding.place.path == MAIN]
        mended(MAIN, self._texts[MAIN], found).text.encode("utf-8", "surrogatepass")

    def _judged(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        result = tuple(located(finding, self._library) for finding in findings)
        for finding in result:
            _judge(finding)
        return result

    def draw(self, contract: Contract, other: Contract) -> None:
        """Let the service call *other*, and send it what it can; draw that in every format."""
        calls = [Consumption("other", operation.id, operation.place) for operation in other.operations]
        members = (_member("fuzzed", contract, (*calls, Consumption("other", "nothing", Place("apictl.yaml", "")))),)
        graph = graph_of((*members, _member("other", other)))
        report = GraphReport(graph, judged(graph), locate=lambda place: located_place(place, self._library))
        for lines in GRAPH_FORMATS.values():
            "\n".join(lines(report, Style())).encode()


def compare(old: Contract, new: Contract) -> None:
    """Ask what a change from *old* to *new* breaks, and one back."""
    changes(old, new, Dials())
    changes(new, old, Dials(is_respelling_told=True))


def emitted(contract: Contract, other: Contract | None) -> PageSet | None:
    """Return all that *contract* becomes, together with *other* where that has the other half of a service."""
    whole = contract
    if other is not None and (contract.events is None) != (other.events is None):
        both = (contract, other) if contract.events is None else (other, contract)
        found = joined(*both)
        whole = found if isinstance(found, Contract) else contract
    emission = emit(whole, TargetOptions())
    return None if is_refused(emission.findings) else emission.pages


def rendered(pages: PageSet) -> None:
    """Write *pages* as files, in memory."""
    render(pages)


def _fetched(files: Mapping[str, bytes], path: str) -> bytes:
    if path not in files:
        raise DocumentMissing(path)
    return files[path]


def _member(name: str, contract: Contract, consumes: tuple[Consumption, ...] = ()) -> Member:
    requests = contract if contract.events is None else None
    return Member(name, requests, contract if requests is None else None, consumes=consumes)


def _judge(finding: Finding) -> None:
    assert len(finding.message) <= _LONGEST, f"long message [{finding.rule}]"
    for place in (finding.place, *(related.place for related in finding.related)):
        assert place.line is not None, f"no line [{finding.rule}]"
        assert place.line >= 1, f"line below 1 [{finding.rule}]"
        assert place.column is not None, f"no column [{finding.rule}]"
