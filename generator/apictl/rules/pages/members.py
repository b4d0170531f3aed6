"""Pages of differences in the members of objects."""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect, Side
from apictl.rules.pages.page import Example, Page, changing, narrowing, widening


def member_pages() -> Iterator[Page]:
    """Yield the pages about members of objects."""
    yield from _declared()
    yield from _required()
    yield from _forbidden()
    yield from _others()
    yield from _names()
    yield from _dependent()


def _declared() -> Iterator[Page]:
    yield Page(
        "property-added",
        "A member is declared that was not.",
        "A required one in a request breaks: who keeps to the old contract does not send it. An optional one does "
        "not, as nobody sends members that the contract does not declare; but a member that the old contract "
        "described as one of many (`additionalProperties`) may be sent. Of an answer, readers ignore members that "
        "they do not know; the dial `tolerant-readers` says otherwise. Make it optional, with a default that means "
        "what was done before.",
        Effect.NARROWS,
        Example(
            "type: object\nproperties: {seats: {type: integer}}",
            "type: object\nproperties: {seats: {type: integer}, fare: {type: number}}\nrequired: [fare]",
        ),
    )
    yield Page(
        "property-removed",
        "A member is not declared any more.",
        "A required one in an answer breaks: readers rely on it. An optional one was never sure to come, so its end "
        "is a warning: who shows it never sees it again. In a request that is closed (`additionalProperties: false`) "
        "it breaks, too; in an open one it is a warning, as it is still accepted and not heard any more. Keep it, "
        "deprecated, until nobody reads or sends it.",
        Effect.WIDENS,
        Example(
            "type: object\nproperties: {fare: {type: number}}\nrequired: [fare]",
            "type: object\nproperties: {}",
            Side.PRODUCES,
        ),
    )


def _required() -> Iterator[Page]:
    yield narrowing(
        "property-required",
        "A member is required that was optional.",
        "Whoever leaves it out is refused. Keep it optional, with a default that means what was done before.",
        "type: object\nproperties: {seats: {type: integer}}",
        "type: object\nproperties: {seats: {type: integer}}\nrequired: [seats]",
    )
    yield widening(
        "property-optional",
        "A member is optional that was required.",
        "Readers rely on it and don't find it. Keep sending it always.",
        "type: object\nproperties: {fare: {type: number}}\nrequired: [fare]",
        "type: object\nproperties: {fare: {type: number}}",
    )


def _forbidden() -> Iterator[Page]:
    yield narrowing(
        "property-forbidden",
        "A member is forbidden that was not named.",
        "As when it becomes `readOnly`, and so has no place in requests. Who keeps to the old contract does not send "
        "members that it does not name; but one that the old contract described as one of many "
        "(`additionalProperties`) may be sent.",
        "type: object\nadditionalProperties: {type: string}",
        "type: object\nadditionalProperties: {type: string}\nproperties: {id: false}",
    )
    yield Page(
        "property-allowed",
        "A member is not forbidden any more.",
        "As when it is `writeOnly` no longer, and so may come in answers. Readers ignore members that they do not "
        "know; the dial `tolerant-readers` says otherwise.",
        Effect.WIDENS,
        Example(
            "type: object\nproperties: {id: false}",
            "type: object",
            Side.PRODUCES,
            hurts=False,
        ),
    )


def _others() -> Iterator[Page]:
    yield narrowing(
        "additional-properties-forbidden",
        "Members that are not declared are refused.",
        "Let them pass, as before: whoever sends one is refused for what did no harm.",
        "type: object\nproperties: {seats: {type: integer}}",
        "type: object\nproperties: {seats: {type: integer}}\nadditionalProperties: false",
    )
    yield Page(
        "additional-properties-allowed",
        "Members that are not declared may be there.",
        "Readers ignore members that they do not know; the dial `tolerant-readers` says otherwise. In requests it "
        "hurts nobody: all that was accepted still is.",
        Effect.WIDENS,
        Example(
            "type: object\nproperties: {seats: {type: integer}}\nadditionalProperties: false",
            "type: object\nproperties: {seats: {type: integer}}",
            Side.PRODUCES,
            hurts=False,
        ),
    )
    yield narrowing(
        "additional-properties-changed",
        "Members that are not declared must be otherwise.",
        "This is told as a whole where one of the contracts says nothing, or says it in several places.",
        "type: object",
        "type: object\nadditionalProperties: {type: string}",
    )


def _names() -> Iterator[Page]:
    yield narrowing(
        "pattern-properties-added",
        "Members whose names match a pattern must be otherwise.",
        "They were any other member until now.",
        "type: object",
        "type: object\npatternProperties: {'^x-': {type: string}}",
    )
    yield widening(
        "pattern-properties-removed",
        "Nothing is said of members whose names match a pattern any more.",
        "They are any other member now.",
        "type: object\npatternProperties: {'^x-': {type: string}}",
        "type: object",
    )
    yield narrowing(
        "property-names-added",
        "Names of members must keep to a schema.",
        "Objects with other names are not of the contract any more.",
        "type: object",
        "type: object\npropertyNames: {maxLength: 8}",
    )
    yield widening(
        "property-names-removed",
        "Names of members must not keep to a schema any more.",
        "Objects with other names may come.",
        "type: object\npropertyNames: {maxLength: 8}",
        "type: object",
    )


def _dependent() -> Iterator[Page]:
    yield narrowing(
        "dependent-required-added",
        "A member asks for others.",
        "Whoever sends it without them is refused.",
        "type: object\nproperties: {card: {type: string}}",
        "type: object\nproperties: {card: {type: string}}\ndependentRequired: {card: [expiry]}",
    )
    yield widening(
        "dependent-required-removed",
        "A member does not ask for others any more.",
        "Readers may meet it without them.",
        "type: object\nproperties: {card: {type: string}}\ndependentRequired: {card: [expiry]}",
        "type: object\nproperties: {card: {type: string}}",
    )
    yield changing(
        "dependent-required-changed",
        "A member asks for other members than before.",
        "One more that it asks for allows less, and one less allows more.",
        "type: object\ndependentRequired: {card: [expiry]}",
        "type: object\ndependentRequired: {card: [holder]}",
    )
