"""Headers of an answer as attributes of the class that carries it."""

from __future__ import annotations

from dataclasses import dataclass

from apictl.pages.nodes import DocText, Expression, Identifier
from apictl.pages.python import docs
from apictl.pages.python.spelling import SpelledAnswer


@dataclass(frozen=True, slots=True)
class FieldView:
    """An attribute of a result or an error."""

    name: Identifier
    annotation: Expression
    doc: DocText
    is_required: bool


def fields_of(answer: SpelledAnswer) -> tuple[FieldView, ...]:
    """Return the attributes of the class of *answer*, required ones first."""
    return tuple(
        FieldView(
            name=Identifier(header.attribute),
            annotation=Expression(header.attribute_annotation),
            doc=DocText(docs.one_line(header.header.description) or f"Header {header.header.name}."),
            is_required=header.header.is_required,
        )
        for header in sorted(answer.headers, key=lambda header: not header.header.is_required)
    )
