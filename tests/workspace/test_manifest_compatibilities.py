"""What `apictl.yaml` asks of messages that are kept in a log."""

from __future__ import annotations

import datetime as dt

import pytest

from apictl.errors import ApictlError
from apictl.rules.dials import ChannelCompatibility, Compatibility
from apictl.workspace.manifest import read_manifest

TODAY = dt.date(2026, 1, 2)


def test_compatibility_holds_for_a_service_and_its_channels() -> None:
    judging = read_manifest(b"""
diff:
  compatibilities:
    - {compatibility: full, service: trips, channel: 'trip.*'}
    - {compatibility: backward}
""").judging

    everywhere = ChannelCompatibility("*", Compatibility.BACKWARD)
    assert judging.of("maps", TODAY).compatibilities == (everywhere,)
    assert judging.of("trips", TODAY).compatibilities == (
        ChannelCompatibility("trip.*", Compatibility.FULL),
        everywhere,
    )


@pytest.mark.parametrize("word", ["backward", "forward", "full"])
def test_transitive_asks_what_its_base_asks(word: str) -> None:
    text = "diff: {compatibilities: [{compatibility: %s}]}"

    judging = read_manifest((text % f"{word}-transitive").encode()).judging

    assert judging == read_manifest((text % word).encode()).judging


@pytest.mark.parametrize("entry", ["{channel: a}", "{compatibility: none}", "{compatibility: full, topic: a}"])
def test_what_can_not_be_asked_is_told_with_its_line(entry: str) -> None:
    with pytest.raises(ApictlError) as caught:
        read_manifest(f"diff: {{compatibilities: [{entry}]}}".encode())

    assert str(caught.value).startswith("apictl.yaml:1:")
