"""The page of a rule is true: what it shows happens, and hurts whom it says."""

from __future__ import annotations

import re
from typing import Any, Final

import pytest

from apictl.diff.law import Effect
from apictl.rules.catalogue import breaking_rules
from apictl.rules.dials import Dials
from apictl.rules.rule import Rule
from tests.rules.contracts import between, breaking, rules

_BLOCK: Final = re.compile(r"^```yaml (before|after)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_DIALS: Final = {
    "deprecation_days=180": Dials(deprecation_days=180),
}
_HARMLESS: Final = {
    "binding-changed", "binding-group-changed", "binding-partitions-changed", "binding-retention-changed",
    "callback-added", "channel-added", "channel-parameter-renamed", "deprecated-added", "deprecated-removed",
    "documentation-changed", "event-operation-added", "event-operation-id-changed", "event-server-added",
    "event-server-version-changed", "extensible-enum-value-added", "link-added", "message-renamed",
    "operation-added", "operation-id-changed", "operation-tags-changed", "parameter-optional",
    "parameter-repeatable", "parameter-reserved-allowed", "path-parameter-renamed", "payload-source-changed",
    "request-body-optional", "response-status-named", "security-alternative-added", "security-scheme-added",
    "security-scheme-bearer-format-changed", "security-scheme-flow-added", "security-scheme-removed",
    "security-scheme-scope-added", "security-scope-removed", "server-added", "stability-raised", "sunset-added",
    "sunset-moved-away", "tag-added", "tag-removed", "webhook-added",
}  # fmt: skip
"""Rules whose example hurts nobody."""


def _blocks(rule: Rule[Any]) -> tuple[str, str, Dials]:
    found = {kind: (options.strip(), text) for kind, options, text in _BLOCK.findall(rule.page)}
    dials = _DIALS[found["before"][0]] if found["before"][0] else Dials()
    return found["before"][1], found["after"][1], dials


@pytest.mark.parametrize("rule", breaking_rules(), ids=lambda rule: str(rule.id))
def test_example_of_a_page_is_what_the_rule_sees(rule: Rule[Any]) -> None:
    before, after, dials = _blocks(rule)

    found = between(before, after, dials)

    assert rule.id in rules(found)
    assert (rule.id in breaking(found)) == (rule.id not in _HARMLESS)


@pytest.mark.parametrize("rule", breaking_rules(), ids=lambda rule: str(rule.id))
def test_nothing_happens_between_an_example_and_itself(rule: Rule[Any]) -> None:
    before, after, dials = _blocks(rule)

    assert between(before, before, dials) == ()
    assert between(after, after, dials) == ()


@pytest.mark.parametrize("rule", breaking_rules(), ids=lambda rule: str(rule.id))
def test_way_back_mirrors_the_way_there(rule: Rule[Any]) -> None:
    """What narrows on the way there widens on the way back."""
    mirrored = {Effect.NARROWS: Effect.WIDENS, Effect.WIDENS: Effect.NARROWS}
    before, after, _ = _blocks(rule)

    there, back = between(before, after), between(after, before)

    expected = sorted((mirrored.get(each.effect, each.effect).value, each.side.value) for each in there)
    found = sorted((each.effect.value, each.side.value) for each in back)
    assert found == expected


def test_ways_to_the_dials_of_pages_are_used() -> None:
    used = {options.strip() for rule in breaking_rules() for _, options, _ in _BLOCK.findall(rule.page)}

    assert used - {""} == _DIALS.keys()


def test_harmless_rules_are_rules() -> None:
    assert {rule.id for rule in breaking_rules()} >= _HARMLESS
