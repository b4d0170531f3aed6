"""Damaged documents are compared like any other: nothing is raised, and each is equal to itself."""

from __future__ import annotations

import copy
import time
from typing import Any

import pytest
from hypothesis import given, settings

from apictl.rules.dials import ChannelCompatibility, Compatibility, Dials
from apictl.rules.walk import changes
from tests.readers.asyncapi.documents import read_tree, third
from tests.readers.asyncapi.test_hostile import BASES, HURTS, damage
from tests.readers.documents import contract_of
from tests.readers.test_hostile import pointers

FULL = Dials(compatibilities=(ChannelCompatibility("*", Compatibility.FULL),))
LONGEST = 230


@pytest.mark.parametrize("base", BASES)
@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(hurts=HURTS)
def test_damaged_documents_are_compared_and_never_raise(base: str, hurts: list[tuple[int, int, Any]]) -> None:
    tree = copy.deepcopy(BASES[base])
    for hurt in hurts:
        if len(list(pointers(tree))) > 1:
            damage(tree, hurt)
    damaged = read_tree(tree).contract
    if damaged is None:
        return
    whole = contract_of(read_tree(BASES[base]))

    found = (*changes(whole, damaged, FULL), *changes(damaged, whole, Dials()))

    assert all(len(change.message) <= LONGEST for change in found)
    assert changes(damaged, damaged, FULL) == ()


def test_many_channels_operations_and_messages_are_compared_in_time_that_grows_with_them() -> None:
    count = 1500
    channels = {
        f"c{at}": {"address": f"c{at}", "messages": {"m": {"$ref": "#/components/messages/m"}}} for at in range(count)
    }
    operations = {
        f"o{at}": {
            "action": "receive",
            "channel": {"$ref": f"#/channels/c{at}"},
            "reply": {"channel": {"$ref": f"#/channels/c{count - 1 - at}"}},
        }
        for at in range(count)
    }
    documents = [
        contract_of(read_tree(third(channels, operations, components={"messages": {"m": {"payload": {"type": kind}}}})))
        for kind in ("string", "integer")
    ]
    start = time.process_time()

    found = changes(documents[0], documents[1], Dials())

    assert {change.rule for change in found} == {"type-changed"}
    assert time.process_time() - start < 5
