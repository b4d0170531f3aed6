"""Python expressions as text; the safe node `Expression` checks what is built here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from apictl.pages.nodes import Literal


def literal(value: object) -> str:
    """Return *value*, a JSON value or a tuple of strings, as a Python literal."""
    return str(Literal(value))


def call(function: str, *positional: str, **named: str | None) -> str:
    """Return a call; named arguments that are None are left out."""
    arguments = [*positional, *(f"{name}={value}" for name, value in named.items() if value is not None)]
    return f"{function}({', '.join(arguments)})"


def tuple_of(items: Iterable[str]) -> str:
    """Return a tuple of *items*, which are expressions."""
    return "(" + "".join(f"{item}, " for item in items).rstrip() + ")"


def dict_of(items: Mapping[str, str]) -> str:
    """Return a dict of *items*: text keys to expressions."""
    return "{" + ", ".join(f"{literal(key)}: {value}" for key, value in items.items()) + "}"


def only_if(condition: bool, text: str) -> str | None:  # noqa: FBT001 - reads as a sentence where it is called
    """Return *text* if *condition* holds, else None, which `call` leaves out."""
    return text if condition else None
