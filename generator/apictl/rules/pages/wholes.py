"""Pages of differences in arrays, alternatives and conditions, and in schemas as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from apictl.diff.law import Effect, Side
from apictl.rules.pages.page import Example, Page, changing, narrowing, widening

_TAXI_BUS: Final = (
    "oneOf: [{title: Taxi, type: object, required: [plate]},\n  {title: Bus, type: object, required: [line]}"
)


def whole_pages() -> Iterator[Page]:
    """Yield the pages about arrays, alternatives, conditions and whole schemas."""
    yield from _arrays()
    yield from _alternatives()
    yield from _conditions()
    yield from _schemas()


def _arrays() -> Iterator[Page]:
    yield narrowing(
        "unique-items-added",
        "No two items of an array may be the same.",
        "Arrays that hold one twice are refused.",
        "type: array",
        "type: array\nuniqueItems: true",
    )
    yield widening(
        "unique-items-removed",
        "Items of an array may be the same.",
        "Readers that make a set of them lose some.",
        "type: array\nuniqueItems: true",
        "type: array",
    )
    yield narrowing(
        "contains-added",
        "An array must hold an item that matches a schema.",
        "Arrays without one are refused.",
        "type: array",
        "type: array\ncontains: {const: vip}",
    )
    yield widening(
        "contains-removed",
        "An array need not hold an item that matches a schema any more.",
        "Readers may look for one in vain.",
        "type: array\ncontains: {const: vip}",
        "type: array",
    )
    yield changing(
        "contains-changed",
        "An array must hold an item that matches another schema.",
        "Arrays that held the old one need not hold the new one, and the other way round.",
        "type: array\ncontains: {const: vip}",
        "type: array\ncontains: {const: gold}",
    )


def _alternatives() -> Iterator[Page]:
    yield narrowing(
        "branch-removed",
        "An alternative is gone.",
        "Keep accepting it until nobody sends it any more.",
        _TAXI_BUS + ",\n  {title: Boat, type: object, required: [pier]}]",
        _TAXI_BUS + "]",
    )
    yield widening(
        "branch-added",
        "There is a new alternative.",
        "Readers that tell the alternatives apart have no code for it. Send it only to who asks for it.",
        _TAXI_BUS + "]",
        _TAXI_BUS + ",\n  {title: Boat, type: object, required: [pier]}]",
    )


def _conditions() -> Iterator[Page]:
    yield narrowing(
        "not-changed",
        "What a value must not be is something else.",
        "`not` turns everything round: forbidding more allows less. So it is told as a whole.",
        "type: string",
        "type: string\nnot: {const: root}",
    )
    yield narrowing(
        "condition-changed",
        "What is asked under a condition is something else.",
        "`if`, `then` and `else` are told as a whole, because a condition that holds more often may allow less or "
        "more.",
        "type: object",
        "type: object\nif: {required: [card]}\nthen: {required: [expiry]}",
    )
    yield narrowing(
        "dependent-schemas-changed",
        "What a member asks of the whole object is something else.",
        "It is told as a whole, as a condition is.",
        "type: object",
        "type: object\ndependentSchemas: {card: {required: [expiry]}}",
    )


def _schemas() -> Iterator[Page]:
    yield narrowing(
        "schema-changed",
        "A schema allows other values, and no single keyword tells why.",
        "As when keywords work together in another way, or when what is left unevaluated changes. Where it breaks, the "
        "value that shows it says what happened.",
        "type: array\nprefixItems: [{type: string}]",
        "type: array\nprefixItems: [{type: string}]\nunevaluatedItems: false",
    )
    yield Page(
        "schema-respelled",
        "A schema is written otherwise and allows the same.",
        "It is told only on request (`apictl diff --equivalent`): nobody is hurt, and nothing has to be done.",
        Effect.NEUTRAL,
        Example(
            "type: integer\nminimum: 1", "type: integer\nminimum: 1\nexclusiveMinimum: 0", Side.PRODUCES, hurts=False
        ),
    )
