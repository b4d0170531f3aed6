"""Components that nobody reaches."""

from __future__ import annotations

from textwrap import dedent

from tests.rules.lint.documents import HEAD, found, judged

RULE = "component-unused"


def document(*lines: str, security: str = "") -> str:
    """Return a document with *lines* of components from line 8 on, and an operation that refers to `Ride`."""
    content = "{a/b: {schema: {$ref: '#/components/schemas/Ride'}}}"
    answer = f"{{'200': {{description: d, content: {content}}}}}"
    head = f"paths:\n  /rides: {{get: {{operationId: a, {security} responses: {answer}}}}}\ncomponents:\n  schemas:\n"
    ride = "    Ride: {type: object, properties: {car: {$ref: '#/components/schemas/Car'}}}"
    return "\n".join([HEAD + head + ride, *lines, ""])


def test_what_used_components_refer_to_is_used() -> None:
    assert judged(document("    Car: {type: object}"), RULE) == []


def test_components_that_only_refer_to_each_other_are_unused() -> None:
    text = document(
        "    Car: {type: object}",
        "    Bus: {type: object, properties: {van: {$ref: '#/components/schemas/Van'}}}",
        "    Van: {type: object, properties: {bus: {$ref: '#/components/schemas/Bus'}}}",
    )

    assert found(text, RULE) == [9, 10]


def test_schema_that_values_name_by_a_discriminator_is_used() -> None:
    text = document(
        "    Car: {type: object, required: [k], properties: {k: {type: string}}, discriminator: {propertyName: k}}",
        "    Van: {allOf: [{$ref: '#/components/schemas/Car'}, {type: object}]}",
        "    Sum: {type: object, properties: {car: {$ref: '#/components/schemas/Car'}}}",
    )

    assert found(text, RULE) == [10]


def test_security_scheme_is_used_by_its_name() -> None:
    schemes = ("  securitySchemes:", "    key: {type: http, scheme: bearer}", "    old: {type: http, scheme: bearer}")
    text = document("    Car: {type: object}", *schemes, security="security: [key: []],")

    assert found(text, RULE) == [11]


def test_sections_of_all_kinds_are_looked_at() -> None:
    text = document(
        "    Car: {type: object}",
        "  parameters: {Q: {name: q, in: query, schema: {type: string}}}",
        "  responses: {R: {description: d}}",
        "  headers: {H: {schema: {type: string}}}",
    )

    assert found(text, RULE) == [9, 10, 11]


def test_document_of_components_alone_is_for_others() -> None:
    assert judged(HEAD + "paths: {}\ncomponents: {schemas: {Ride: {type: object}}}\n", RULE) == []


def test_file_that_is_only_referred_to_is_not_searched() -> None:
    others = {"shared.yaml": "Used: {type: string}\nOther: {type: string}\n"}
    text = document("    Car: {$ref: 'shared.yaml#/Used'}")

    assert judged(text, RULE, others=others) == []


def test_channels_operations_and_messages_use_components_of_events() -> None:
    text = dedent("""\
        asyncapi: 3.0.0
        info: {title: Rides, version: '1'}
        channels:
          rides: {address: rides, messages: {begun: {$ref: '#/components/messages/Begun'}}}
        components:
          messages:
            Begun: {payload: {$ref: '#/components/schemas/Ride'}}
            Ended: {payload: {$ref: '#/components/schemas/Ride'}}
          schemas: {Ride: {type: object}}
        """)

    assert found(text, RULE) == [8]
