"""Patterns for brokers match at least what the address does."""

from __future__ import annotations

import pytest

from apictl.support.events.addresses import Address
from apictl.support.events.transports.patterns import Wildcards, pattern

NATS = Wildcards(".", "*", ">")
MQTT = Wildcards("/", "+", "#")


@pytest.mark.parametrize(
    "template,wildcards,expected",
    [
        ("orders.placed", NATS, "orders.placed"),
        ("zones.{zone}.surge", NATS, "zones.*.surge"),
        ("zones.z-{zone}.{kind}", NATS, "zones.*.*"),
        ("zones/{zone}/surge", MQTT, "zones/+/surge"),
        # A parameter of `/` levels may hold dots, so nobody knows how many levels of NATS it makes.
        ("eu.zones/{zone}/surge", NATS, "eu.>"),
        ("zones.{zone}.surge", MQTT, "#"),
        ("fleet/zones", NATS, "fleet/zones"),
        ("{anything}", NATS, ">"),
    ],
)
def test_a_parameter_is_a_level_or_everything_that_follows(template: str, wildcards: Wildcards, expected: str) -> None:
    assert pattern(Address(template), wildcards) == expected


def test_an_address_that_was_given_is_no_template() -> None:
    assert pattern(Address.concrete("replies.{1}"), NATS) == "replies.{1}"
