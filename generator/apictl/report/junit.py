"""Findings as JUnit XML: a suite for each service, a case for each operation; only errors fail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from apictl.findings import Severity
from apictl.report.checkout import Checkout
from apictl.report.statement import Statement
from apictl.report.text import printable, spot


@dataclass(frozen=True, slots=True)
class Suite:
    """What was looked at together.

    Attributes:
        name: of the service.
        cases: what may have passed; those that a statement names need not be among them.
        statements: what is told of the cases.
    """

    name: str
    cases: tuple[str, ...]
    statements: tuple[Statement, ...]


def junit(suites: Iterable[Suite], checkout: Checkout) -> Iterator[str]:
    """Yield an XML document of *suites*; it is ASCII, so that no encoding changes it.

    All text is printable, so nothing is in it that XML 1.0 has no way to say (2.2, Char).
    """
    root = ET.Element("testsuites", name="apictl")
    root.extend(_suite(each, checkout) for each in suites)
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    ET.indent(root)
    yield ET.tostring(root, encoding="us-ascii", xml_declaration=True).decode("ascii")


def _suite(suite: Suite, checkout: Checkout) -> ET.Element:
    cases: dict[str, list[Statement]] = {name: [] for name in suite.cases}
    for statement in suite.statements:
        cases.setdefault(statement.case, []).append(statement)
    element = ET.Element("testsuite", name=printable(suite.name))
    element.extend(_case(suite.name, name, told=told, checkout=checkout) for name, told in cases.items())
    counts = {"tests": len(element), "failures": len(element.findall("testcase/failure")), "errors": 0, "skipped": 0}
    for name, count in counts.items():
        element.set(name, str(count))
    return element


def _case(suite: str, name: str, *, told: list[Statement], checkout: Checkout) -> ET.Element:
    element = ET.Element("testcase", classname=printable(suite), name=printable(name or "the whole contract"), time="0")
    errors = [each for each in told if each.finding.severity is Severity.ERROR and not each.accepted]
    others = [each for each in told if each not in errors]
    if errors:
        place = errors[0].anchor or errors[0].finding.place
        element.set("file", printable(checkout.file(place.path).path))
        element.set("line", str(place.line or 1))
        rest = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        failure = ET.SubElement(element, "failure", type=errors[0].finding.rule)
        failure.set("message", printable(errors[0].message + rest))
        failure.text = "\n\n".join(map(_told, errors))
    if others:
        ET.SubElement(element, "system-out").text = "\n\n".join(map(_told, others))
    return element


def _told(statement: Statement) -> str:
    finding = statement.finding
    head = f"{spot(finding.place)}: {finding.severity.value}: {statement.message} [{finding.rule}]"
    return "\n".join(printable(line) for line in (head, *statement.details))
