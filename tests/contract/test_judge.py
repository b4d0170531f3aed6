"""Judging by many definitions: all of them compiled as one say what each says by itself."""

from __future__ import annotations

import pytest

from apictl.contract.schema import JsonValue, Schema, definition_reference
from apictl.contract.values.judge import Judge, Unjudgeable

MANY = 20
VALUES: tuple[JsonValue, ...] = (
    None, 1, "a", [], {}, {"id": 1}, {"id": "a"}, {"id": "a", "next": {}}, {"id": "a", "next": {"id": "b"}},
)  # fmt: skip


def _definitions() -> dict[str, Schema]:
    return {
        f"Kind/{number} %": {
            "type": ["object", "null"] if number % 3 else "object",
            "required": ["id"],
            "properties": {
                "id": {"type": "string", "minLength": number % 2},
                "next": definition_reference(f"Kind/{(number + 1) % MANY} %"),
            },
        }
        for number in range(MANY)
    }


@pytest.mark.parametrize("value", VALUES)
def test_many_definitions_judge_as_each_does_alone(value: JsonValue) -> None:
    definitions = _definitions()
    judge = Judge(definitions)

    together = [judge.validator(definition_reference(name)) for name in definitions]
    alone = [Judge(definitions).explaining(definition_reference(name)) for name in definitions]

    assert [each.is_valid(value) for each in together] == [each.is_valid(value) for each in alone]
    assert [[error.message for error in each.iter_errors(value)] for each in together] == [
        [error.message for error in each.iter_errors(value)] for each in alone
    ]


def test_one_that_cannot_be_compiled_spoils_no_other() -> None:
    definitions: dict[str, Schema] = {**_definitions(), "Wrong": {"type": "nothing"}}
    judge = Judge(definitions)

    sound = [judge.validator(definition_reference(name)) for name in definitions if name != "Wrong"]

    assert [each.is_valid({"id": "a"}) for each in sound] == [True] * MANY
    with pytest.raises(Unjudgeable):
        judge.validator(definition_reference("Wrong"))
