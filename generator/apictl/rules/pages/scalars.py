"""Pages of differences in single values: types, listed values, patterns, formats."""

from __future__ import annotations

from collections.abc import Iterator

from apictl.rules.pages.page import Page, changing, narrowing, widening


def scalar_pages() -> Iterator[Page]:
    """Yield the pages about single values."""
    yield from _types()
    yield from _listed_values()
    yield from _lists()
    yield from _patterns()
    yield from _formats()
    yield from _steps()


def _types() -> Iterator[Page]:
    yield narrowing(
        "type-narrowed",
        "Fewer types are allowed.",
        "A value of a type that is gone is not of the contract any more. Keep the old type, too.",
        "type: [string, integer]",
        "type: string",
    )
    yield widening(
        "type-widened",
        "More types are allowed.",
        "Readers meet a type that they have no code for. Add a member of another name for the new type.",
        "type: string",
        "type: [string, integer]",
    )
    yield changing(
        "type-changed",
        "Other types are allowed.",
        "Nobody can write or read the old one and the new one alike. Add a member of another name instead. In a path, "
        "a query or a header everything is text: there 1 and '1' are the same.",
        "type: string",
        "type: integer",
    )
    yield narrowing(
        "null-removed",
        "Null is not allowed any more.",
        "Whoever wrote null for nothing is refused. Keep accepting null as if the member were missing.",
        "type: [string, 'null']",
        "type: string",
    )
    yield widening(
        "null-added",
        "Null is allowed.",
        "Readers that never had to look for null meet it. If the member is optional, leave it out instead.",
        "type: string",
        "type: [string, 'null']",
    )


def _listed_values() -> Iterator[Page]:
    yield narrowing(
        "enum-value-removed",
        "A listed value is gone.",
        "Keep accepting it until nobody sends it any more.",
        "enum: [taxi, gift]",
        "enum: [taxi]",
    )
    yield widening(
        "enum-value-added",
        "A value is listed that was not.",
        "Readers that tell the values apart have no code for it. Send it only to who asks for it, or tell readers "
        "from the start to expect unknown values: with the dial `open-enums`, or by `x-extensible-enum`.",
        "enum: [taxi]",
        "enum: [taxi, gift]",
    )


def _lists() -> Iterator[Page]:
    yield narrowing(
        "enum-added",
        "Values are listed where any were allowed.",
        "All other values are not of the contract any more.",
        "type: string",
        "type: string\nenum: [taxi, gift]",
    )
    yield widening(
        "enum-removed",
        "Values are not listed any more.",
        "Any other value may come.",
        "type: string\nenum: [taxi, gift]",
        "type: string",
    )
    yield changing(
        "enum-changed",
        "Other values are listed.",
        "Of long lists, of more than 500 values, this is told as a whole, not value by value.",
        "enum: [1, 2, 3]  # and so on, up to 600",
        "enum: [2, 3, 4]  # and so on, up to 601",
    )
    yield changing(
        "const-changed",
        "The one value that is allowed is another one.",
        "Whoever writes the old value is refused, and whoever reads meets the new one.",
        "const: v1",
        "const: v2",
    )


def _patterns() -> Iterator[Page]:
    yield narrowing(
        "pattern-added",
        "Texts must match a pattern.",
        "Texts that don't are not of the contract any more.",
        "type: string",
        "type: string\npattern: '^[A-Z]+$'",
    )
    yield widening(
        "pattern-removed",
        "Texts must not match a pattern any more.",
        "Texts that don't match may come.",
        "type: string\npattern: '^[A-Z]+$'",
        "type: string",
    )
    yield changing(
        "pattern-changed",
        "Texts must match another pattern.",
        "Whether the new pattern allows less, more or other texts is found out where it can be: a pattern that allows "
        "all that the old one did narrows nothing, and one that is only written otherwise is no change.",
        "type: string\npattern: '^[A-Z]+$'",
        "type: string\npattern: '^[A-F0-9]+$'",
    )


def _formats() -> Iterator[Page]:
    yield narrowing(
        "format-added",
        "Texts or numbers must be of a format.",
        "Values that are not are refused. A format that no validator knows is only a hint and breaks nobody.",
        "type: string",
        "type: string\nformat: date",
    )
    yield widening(
        "format-removed",
        "Texts or numbers must not be of a format any more.",
        "Others may come.",
        "type: string\nformat: date",
        "type: string",
    )
    yield changing(
        "format-changed",
        "Texts or numbers must be of another format.",
        "Nobody can write or read the old one and the new one alike. A format that no validator knows is only a hint.",
        "type: string\nformat: date",
        "type: string\nformat: date-time",
    )


def _steps() -> Iterator[Page]:
    yield narrowing(
        "multiple-of-added",
        "Numbers must be multiples of another.",
        "Numbers between the steps are not of the contract any more.",
        "type: integer",
        "type: integer\nmultipleOf: 5",
    )
    yield widening(
        "multiple-of-removed",
        "Numbers must not be multiples of another any more.",
        "Numbers between the steps may come.",
        "type: integer\nmultipleOf: 5",
        "type: integer",
    )
    yield changing(
        "multiple-of-changed",
        "Numbers must be multiples of something else.",
        "A step that divides the old one allows more, and one that the old one divides allows less.",
        "type: integer\nmultipleOf: 5",
        "type: integer\nmultipleOf: 3",
    )
