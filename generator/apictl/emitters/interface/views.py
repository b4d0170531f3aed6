"""What the templates of operations and results see."""

from __future__ import annotations

from dataclasses import dataclass

from apictl.emitters.interface.fields import FieldView
from apictl.pages.nodes import DocText, Expression, Identifier, Literal


@dataclass(frozen=True, slots=True)
class NamedValue:
    """A name and the expression it stands for."""

    name: Identifier
    value: Expression


@dataclass(frozen=True, slots=True)
class OperationView:
    """One declaration of `operations.py`."""

    constant: Identifier
    annotation: Expression
    arguments: tuple[NamedValue, ...]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One class of `results.py`."""

    name: Identifier
    doc: DocText
    body: Expression
    has_body: bool
    has_status: bool
    status: Literal
    status_doc: DocText
    fields: tuple[FieldView, ...]
