"""What `apictl.yaml` says about changes: who is hit by them, and how they are judged."""

from __future__ import annotations

import datetime as dt

import pytest

from apictl.errors import ApictlError
from apictl.findings import Severity
from apictl.rules.dials import Dials, SeverityOverride
from apictl.workspace.judging import Judging
from apictl.workspace.manifest import Manifest, read_manifest

TODAY = dt.date(2026, 1, 2)


def test_fields_that_a_consumer_reads_are_told_beside_its_operations() -> None:
    manifest = read_manifest(b"""
services:
  trips:
    consumes:
      drivers: [getDriver]
      pricing:
        getQuote: {fields: [fare, lines.amount]}
        listZones:
        getZone: {}
        setZone: {fields: []}
""")

    assert manifest.services[0].consumes == (
        ("drivers", ("getDriver",)),
        ("pricing", ("getQuote", "listZones", "getZone", "setZone")),
    )
    assert manifest.services[0].reads == (
        ("pricing", "getQuote", ("fare", "lines.amount")),
        ("pricing", "setZone", ()),
    )


@pytest.mark.parametrize(
    "consumes,spot",
    [
        ("{getQuote: 7}", "apictl.yaml:1:47"),
        ("{getQuote: {field: []}}", "apictl.yaml:1:48"),
        ("{getQuote: {fields: fare}}", "apictl.yaml:1:56"),
        ("{getQuote: {fields: ['']}}", "apictl.yaml:1:57"),
        ("getQuote", "apictl.yaml:1:36"),
    ],
)
def test_what_no_consumer_can_say_is_told_with_its_line(consumes: str, spot: str) -> None:
    with pytest.raises(ApictlError) as caught:
        read_manifest(f"services: {{a: {{consumes: {{pricing: {consumes}}}}}}}".encode())
    assert str(caught.value).startswith(f"{spot}: ")


def test_judging_has_defaults() -> None:
    assert Manifest().judging == read_manifest(b"diff: {}").judging == Judging()
    assert Judging().of("a", TODAY) == Dials(today=TODAY)


def test_all_that_can_be_said_about_judging() -> None:
    judging = read_manifest(b"""
diff:
  open-enums: true
  tolerant-readers: false
  open-statuses: false
  unpromised: [draft]
  deprecation-days: 90
  sunset-needed: false
  severities:
    - {rule: "description-*", severity: "off"}
    - {path: "/internal/*", severity: warning}
    - {service: maps, rule: maximum-tightened, severity: info}
""").judging

    everywhere = (
        SeverityOverride("description-*", "*", None),
        SeverityOverride("*", "/internal/*", Severity.WARNING),
    )
    dials = Dials(
        today=TODAY,
        open_enums=True,
        tolerant_readers=False,
        open_statuses=False,
        unpromised=frozenset({"draft"}),
        deprecation_days=90,
        is_sunset_needed=False,
        severities=everywhere,
    )
    assert judging.of("pricing", TODAY) == dials
    maps = SeverityOverride("maximum-tightened", "*", Severity.INFO)
    assert judging.of("maps", TODAY).severities == (*everywhere, maps)


@pytest.mark.parametrize(
    "text,message",
    [
        ("diff: {open-enum: true}", "apictl.yaml:1:8: unknown key 'open-enum', did you mean 'open-enums'?"),
        ("diff: {severities: [{severity: info, rul: x}]}", "apictl.yaml:1:38: unknown key 'rul', did you mean 'rule'?"),
        ("diff: {severities: [{severity: fatal}]}", "apictl.yaml:1:32: "),
        ("diff: {severities: [{rule: x}]}", "apictl.yaml:1:21: "),
        ("diff: {deprecation-days: -1}", "apictl.yaml:1:26: "),
        ("diff: {unpromised: [gamma]}", "apictl.yaml:1:21: "),
    ],
)
def test_what_judging_can_not_be_is_told_with_its_line(text: str, message: str) -> None:
    with pytest.raises(ApictlError) as caught:
        read_manifest(text.encode())
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("rule", ["operation-removed", "enum-value-added", "service-removed", "enum-*", "*"])
def test_weight_of_a_rule_or_of_several_may_be_set(rule: str) -> None:
    judging = read_manifest(f"diff: {{severities: [{{rule: '{rule}', severity: info}}]}}".encode()).judging

    assert judging.severities == (("", SeverityOverride(rule, "*", Severity.INFO)),)


@pytest.mark.parametrize(
    "rule, rest",
    [
        ("enum-value-remove", "'enum-value-remove', did you mean 'enum-value-removed'?"),
        ("enmu-*", "'enmu-*', `apictl rules` lists them"),
        ("x" * 200, "'" + "x" * 60 + "'..., `apictl rules` lists them"),
    ],
)
def test_weight_of_a_rule_that_is_none_is_told_with_its_line(rule: str, rest: str) -> None:
    text = f"diff:\n  severities:\n    - {{rule: '*', severity: info}}\n    - {{rule: '{rule}', severity: off}}\n"

    with pytest.raises(ApictlError) as caught:
        read_manifest(text.encode())

    assert str(caught.value) == f"apictl.yaml:4:14: there is no rule {rest}"
