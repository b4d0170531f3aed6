"""Examples of bodies, parameters, headers, schemas and messages are judged by the schemas that they stand beside."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.rules.lint.documents import HEAD, found

RULE = "example-mismatch"
EVENTS = "asyncapi: 3.0.0\ninfo: {title: Rides, version: '1'}\n"


def ride(content: str) -> str:
    """Return a document whose one answer has *content*; it begins in line 7."""
    return (
        HEAD
        + dedent("""\
        paths:
          /rides:
            get:
              operationId: a
              responses: {'200': {description: One., content: {application/json: %s}}}
        components:
          schemas:
            Ride:
              type: object
              required: [id, pin]
              properties: {id: {type: integer, readOnly: true}, pin: {type: string, writeOnly: true}}
        """)
        % content
    )


@pytest.mark.parametrize(
    "content,lines",
    [
        ("{schema: {type: integer}, example: one}", [7]),
        ("{schema: {type: integer}, example: 1}", []),
        ("{schema: {type: integer}, examples: {a: {value: 1}, b: {value: b}}}", [7]),
        ("{schema: {type: integer}, examples: {a: {externalValue: 'https://x'}}}", []),
        ("{schema: {$ref: '#/components/schemas/Ride'}, example: {id: 1}}", []),
        ("{schema: {$ref: '#/components/schemas/Ride'}, example: {id: 1, pin: x}}", [7]),
        ("{schema: {oneOf: [{type: integer}, {type: string}]}, example: 1.5}", [7]),
        ("{schema: {type: integer, format: date}, example: 1}", []),
        ("{schema: {enum: [a]}, example: b}", [7]),
        ("{schema: false, example: b}", [7]),
        ("{example: b}", []),
        ("{schema: {type: string, pattern: '^(a+)+$'}, example: '" + 40 * "a" + "b'}", [7]),
    ],
)
def test_body(content: str, lines: list[int]) -> None:
    assert found(ride(content), RULE) == lines


def test_text_of_another_media_type_is_on_the_wire_as_it_is() -> None:
    document = ride("{schema: {type: object}, example: '<ride/>'}").replace("application/json", "application/xml")

    assert found(document, RULE) == []


def test_nullable_of_openapi_3_0_takes_null() -> None:
    schemas = "paths: {}\ncomponents:\n  schemas:\n    A: {type: string, nullable: true, example: null}\n"
    document = (HEAD + schemas).replace("3.1.0", "3.0.3")

    assert found(document, RULE) == []
    assert found(document.replace("nullable: true, ", ""), RULE) == [6]


def test_schema_with_properties_of_one_direction_may_leave_them_out() -> None:
    base = ride("{schema: {type: string}}")

    assert found(base + "      examples: [{id: 1}, {pin: x}]\n", RULE) == []
    assert found(base + "      examples: [{id: x}]\n", RULE) == [14]


def test_parameter_and_header() -> None:
    document = HEAD + dedent("""\
        paths:
          /rides:
            parameters: [{name: q, in: query, schema: {type: integer}, example: x}]
            get:
              operationId: a
              responses:
                '204': {description: None., headers: {X-A: {schema: {type: boolean}, example: x}}}
        """)

    assert found(document, RULE) == [5, 9]


def test_example_of_components_is_told_where_it_is_written() -> None:
    document = ride("{schema: {type: integer}, examples: {a: {$ref: '#/components/examples/A'}}}")

    assert found(document + "  examples:\n    A: {value: x}\n", RULE) == [15]


def test_place_is_that_of_the_member_that_is_wrong() -> None:
    content = "{schema: {type: object, properties: {a: {type: array, items: {type: integer}}}}, example:\n{a: [1,\nx]}}"

    assert found(ride(content), RULE) == [9]


def test_messages_of_events_and_their_headers() -> None:
    document = EVENTS + dedent("""\
        channels:
          rides:
            address: rides
            messages:
              begun:
                payload: {type: object, required: [id]}
                headers: {type: object, properties: {n: {type: integer}}}
                examples:
                  - payload: {}
                  - payload: {id: 1}
                    headers: {n: x}
        """)

    assert found(document, RULE) == [11, 13]
