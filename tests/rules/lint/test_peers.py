"""What other linters find is found, or somebody said why not."""

from __future__ import annotations

from collections import Counter

from apictl.rules.lint.catalogue import lint_pages
from apictl.rules.lint.peers import peers


def test_every_rule_named_is_one_of_ours() -> None:
    unknown = {(peer.id, name) for peer in peers() for name in peer.ours if name not in lint_pages()}

    assert unknown == set()


def test_a_rule_of_others_has_one_of_ours_or_a_reason() -> None:
    assert [peer.id for peer in peers() if bool(peer.ours) == bool(peer.why)] == []


def test_all_rules_of_the_sets_are_there() -> None:
    assert Counter(peer.tool for peer in peers()) == {"spectral:oas": 57, "spectral:asyncapi": 55, "redocly": 70}
