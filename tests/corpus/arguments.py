"""Sample values for the arguments of a generated client's methods."""

from __future__ import annotations

import importlib.resources
from collections.abc import Callable, Iterator
from typing import Any

import orjson
from pydantic import ValidationError

from apictl.contract.samples import Sampler, Unsatisfiable

OCTETS = b"\x00octets\xff"


class Inexpressible(Exception):
    """A value that the contract allows and that can't be said: its type, or the style of its place, has no room."""


class Impossible(Exception):
    """A required value that the contract's own schema refuses, whatever it is: nobody can make this call."""


class ArgumentValues:
    """Makes arguments from the schemas of one package."""

    def __init__(self, package: str, support: Callable[[str], Any]) -> None:
        """Read the schemas of *package*, whose support modules *support* gives by name."""
        self._defs = orjson.loads(importlib.resources.files(package).joinpath("contract.json").read_bytes())["$defs"]
        self._sampler = Sampler(self._defs)
        self._from_json = support("shapes").from_json_value
        self._binary = support("binary").Binary

    def arguments(self, operation: Any, seed: int) -> dict[str, Any]:
        """Return the arguments of *operation* by name, with an even *seed* the required ones only.

        Raises:
            Inexpressible: another seed may do.
            Impossible: no seed will.
        """
        return dict(self._arguments(operation, seed))

    def _arguments(self, operation: Any, seed: int) -> Iterator[tuple[str, Any]]:
        for parameter in operation.parameters:
            if not parameter.is_required and seed % 2 == 0:
                continue
            try:
                value = self._sampler.sample(self._sayable_schema(parameter), seed=seed)
            except Unsatisfiable as nothing:
                if parameter.is_required:
                    raise _none(nothing) from None
                continue
            read = self._read(parameter.type, value)
            if read is not None:
                yield parameter.argument, read
        if operation.body is not None:
            body = self._body(operation.body.contents[0], seed)
            if body is not None or operation.body.is_required:
                yield "body", body

    def _sayable_schema(self, parameter: Any) -> Any:
        """Return the schema of *parameter* without the values that no style can write (OpenAPI 3.1, Style Examples)."""
        nothing: list[Any] = [[], {}, [""], ""] if parameter.location == "path" else [[], {}, [""]]
        return {"allOf": [self._defs[parameter.schema], {"not": {"enum": nothing}}]}

    def _body(self, content: Any, seed: int) -> Any:
        if content.type is bytes:
            return OCTETS
        if content.type is self._binary:
            return self._binary(OCTETS, content.media_type.replace("*", "octet-stream"))
        if content.schema is None and content.type is str:
            return "text"
        schema = True if content.schema is None else self._defs[content.schema]
        try:
            value = self._sampler.sample(schema, seed=seed)
        except Unsatisfiable as nothing:
            raise _none(nothing) from None
        if content.kind.value in {"lines", "sequence"}:
            value = [value]  # the schema is of one of the items that follow each other
        if content.kind.value in {"form", "multipart"}:
            value = without_nothing(value)
            if not self._sampler.is_valid(schema, value):
                raise Inexpressible("a form has neither null nor empty objects")
        return self._read(content.type, value)

    def _read(self, kind: Any, value: Any) -> Any:
        try:
            return self._from_json(kind, value)
        except ValidationError as error:
            raise Inexpressible(str(error)) from None


def _none(nothing: Unsatisfiable) -> Exception:
    return Impossible(str(nothing)) if nothing.is_proved else Inexpressible(str(nothing))


def without_nothing(value: Any) -> Any:
    """Return the JSON *value* without the members that are null or empty."""
    match value:
        case dict():
            members = {name: without_nothing(item) for name, item in value.items()}
            return {name: item for name, item in members.items() if item is not None and item not in ({}, [])}
        case list():
            return [item for item in map(without_nothing, value) if item not in ({}, [])]
        case _:
            return value


def sayable(value: Any) -> Any:
    """Return *value*, of a form, as far as a form can say it: no nulls, one item is no list, no file names."""
    match value:
        case dict():
            return {name: sayable(item) for name, item in value.items() if item is not None}
        case [only]:
            return sayable(only)
        case list():
            return [sayable(item) for item in value]
        case _:
            return getattr(value, "content", value)
