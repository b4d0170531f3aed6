"""Operations that are consumed and are not there."""

from __future__ import annotations

from dataclasses import replace

from apictl.findings import Severity
from apictl.rules.graph.catalogue import GRAPH_PAGES
from tests.rules.graph.traffic import consuming, offering, told


def test_operation_that_is_not_there_is_an_error_where_it_is_named() -> None:
    (found,) = told(consuming("a", "b", "getX", "getTrips"), offering("b", "getX", "getTrip")).values()

    assert found.finding.severity is Severity.ERROR
    assert found.finding.message == "'a' consumes 'getTrips', which 'b' does not offer"
    assert found.finding.hint == "did you mean 'getTrip'?"
    assert found.finding.place.pointer == "/services/a/consumes/b/1"


def test_operation_of_a_contract_that_could_not_be_read_may_be_there() -> None:
    assert told(consuming("a", "b", "getX"), replace(offering("b"), requests=None, is_whole=False)) == {}


def test_every_rule_has_a_page_with_a_fact_and_an_explanation() -> None:
    assert list(GRAPH_PAGES) == ["channel-orphaned", "messages-incompatible", "operation-unknown"]
    for page in GRAPH_PAGES.values():
        fact, blank, *rest = page.splitlines()
        assert fact.endswith(".")
        assert blank == ""
        assert len(rest[0]) > 20
