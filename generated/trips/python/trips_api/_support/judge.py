"""Judges JSON values by the schemas of the contract."""

from __future__ import annotations

import importlib.resources
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, TypeAlias
from urllib.parse import quote, unquote

import jsonschema_rs
import orjson

from .pointers import escape_token, join_pointer, unescape_token

Schema: TypeAlias = "dict[str, Any] | bool"

MAX_REFUSALS: Final = 10
MAX_MESSAGE: Final = 200

_MANY: Final = 1000
"""So many definitions are compiled for one validator and another before all are for one, which shares them."""
_FEW: Final = 8
"""A schema that needs no more than so many definitions always has a validator of its own."""
_REFERENCE: Final = re.compile(r"#/\$defs/([^/]+)")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a value is refused.

    Attributes:
        pointer: JSON pointer of the offending part; "" for the whole value.
        message: what is wrong with it, at most `MAX_MESSAGE` characters.
    """

    pointer: str
    message: str


class Refused(ValueError):
    """A value that the contract refuses."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        """Keep the reasons, of which there is at least one."""
        super().__init__("; ".join(f"{refusal.pointer}: {refusal.message}".removeprefix(": ") for refusal in refusals))
        self.refusals = refusals


class Judge:
    """The schemas of one contract: JSON Schema 2020-12 with formats asserted.

    A schema is compiled, with those it refers to, when the first value asks for it. Once so many were that compiling
    the whole contract would have been less, it is: of hundreds of schemas that refer to one another, each on its own
    takes as much as all together. Threads may share a judge: at worst two of them compile the same schema.
    """

    def __init__(self, package: str) -> None:
        """Judge by `contract.json` of *package*, which is read on first use."""
        self._package = package
        self._loaded: Mapping[str, Schema] | None = None
        self._validators: dict[int, jsonschema_rs.Draft202012Validator] = {}
        self._by_key: dict[str, Callable[[Any], bool]] = {}
        self._whole: jsonschema_rs.Draft202012Validator | None = None
        self._shared: set[str] = set()
        """Keys of the schemas that the one for all judges by."""
        self._is_sharing = True
        """Whether all definitions may be compiled at once."""
        self._taken = 0
        """How many definitions all validators together were compiled from."""

    @classmethod
    def of(cls, definitions: Mapping[str, Schema]) -> Judge:
        """Return a judge by *definitions*, whose references are `#/$defs/<key>`."""
        judge = cls("")
        judge._loaded = definitions
        return judge

    def refusals(self, key: str, value: Any) -> tuple[Refusal, ...]:
        """Return why the schema *key* refuses *value*, at most `MAX_REFUSALS` reasons; empty when it is accepted."""
        if self.accepts(key, value):
            return ()
        schema = self.schema(key)
        if isinstance(schema, bool):
            return (Refusal("", "no value is accepted"),)
        try:
            errors = tuple(islice(self._errors(key, value), MAX_REFUSALS))
        except (ValueError, RecursionError) as error:
            return (Refusal("", f"is no JSON value: {error}"[:MAX_MESSAGE]),)
        depth = key in self._shared
        return tuple(Refusal(join_pointer(error.instance_path[depth:]), _shortened(error.message)) for error in errors)

    def _errors(self, key: str, value: Any) -> Iterator[jsonschema_rs.ValidationError]:
        schema = self.schema(key)
        if isinstance(schema, bool):
            return
        if self._whole is not None and key in self._shared:
            yield from self._whole.iter_errors({key: value})
        else:
            yield from self._validator(schema).iter_errors(value)

    def accepts(self, key: str, value: Any) -> bool:
        """Return whether the schema *key* accepts *value*."""
        accepting = self._by_key.get(key)
        if accepting is None:
            schema = self.schema(key)
            if isinstance(schema, bool):
                return schema
            accepting = self._by_key[key] = self._accepting(key, schema)
        return _is_accepted(accepting, value)

    def _accepting(self, key: str, schema: dict[str, Any]) -> Callable[[Any], bool]:
        if self._whole is None and self._is_sharing and self._taken > max(_MANY, len(self._definitions)):
            self._compile_whole()
        whole = self._whole
        if whole is None or len(self._reachable(schema)) <= _FEW:
            return self._validator(schema).is_valid
        self._shared.add(key)
        return lambda value: whole.is_valid({key: value})

    def _compile_whole(self) -> None:
        """Let one validator judge by each schema: as a property with its key."""
        properties = {key: {"$ref": f"#/$defs/{quote(escape_token(key))}"} for key in self._definitions}
        closed = {"properties": properties, "$defs": dict(self._definitions)}
        try:
            self._whole = jsonschema_rs.Draft202012Validator(closed, validate_formats=True, offline=True)
        except (ValueError, jsonschema_rs.ReferencingError):
            self._is_sharing = False  # one that nobody may ask for can't be compiled: each goes on by itself
            return
        self._validators, self._by_key = {}, {}

    def schema(self, key: str) -> Schema:
        """Return the schema *key* as it stands, references included.

        Raises:
            KeyError: the contract has no such schema.
        """
        return self._definitions[key]

    def resolve(self, reference: str) -> Schema:
        """Return the schema that *reference* points at; `True` when it points at none of the contract's."""
        found = _REFERENCE.fullmatch(reference)
        return True if found is None else self._definitions.get(_key(found[1]), True)

    def fits(self, schema: Schema, value: Any) -> bool:
        """Return whether *schema*, one of this judge's or a part of one, accepts *value*."""
        if isinstance(schema, bool):
            return schema
        reference = _REFERENCE.fullmatch(schema.get("$ref", "")) if len(schema) == 1 else None
        if reference is not None and (key := _key(reference[1])) in self._definitions:
            return self.accepts(key, value)
        return _is_accepted(self._validator(schema).is_valid, value)

    @property
    def _definitions(self) -> Mapping[str, Schema]:
        if self._loaded is not None:
            return self._loaded
        content = importlib.resources.files(self._package).joinpath("contract.json").read_bytes()
        loaded: Mapping[str, Schema] = orjson.loads(content)["$defs"]
        self._loaded = loaded
        return loaded

    def _validator(self, schema: dict[str, Any]) -> jsonschema_rs.Draft202012Validator:
        # By identity: parts of schemas are asked for too, and this judge keeps them all alive.
        validator = self._validators.get(id(schema))
        if validator is None:
            reachable = self._reachable(schema)
            closed = {**schema, "$defs": reachable}
            self._taken += len(reachable) + 1
            validator = jsonschema_rs.Draft202012Validator(closed, validate_formats=True, offline=True)
            self._validators[id(schema)] = validator
        return validator

    def _reachable(self, schema: Schema) -> dict[str, Schema]:
        """Return the definitions that *schema* needs; handing over all of a large contract takes 100 times longer."""
        reachable: dict[str, Schema] = {}
        waiting = list(_references(schema))
        while waiting:
            key = waiting.pop()
            if key in self._definitions and key not in reachable:
                reachable[key] = self._definitions[key]
                waiting.extend(_references(reachable[key]))
        return reachable


def _is_accepted(accepting: Callable[[Any], bool], value: Any) -> bool:
    try:
        return accepting(value)
    except jsonschema_rs.ValidationError:
        raise
    except (ValueError, RecursionError):
        # No JSON value at all: a lone surrogate, bytes.
        return False


def _references(schema: Any) -> Iterator[str]:
    waiting = [schema]
    while waiting:
        match waiting.pop():
            case dict() as node:
                reference = node.get("$ref")
                if isinstance(reference, str) and (found := _REFERENCE.match(reference)):
                    yield _key(found[1])
                waiting.extend(node.values())
            case list() as node:
                waiting.extend(node)
            case _:
                pass


def _key(token: str) -> str:
    return unescape_token(unquote(token))


def _shortened(message: str) -> str:
    """Return *message* without the middle of the value that it begins with."""
    if len(message) <= MAX_MESSAGE:
        return message
    half = MAX_MESSAGE // 2
    return f"{message[: half - 1]}…{message[-half:]}"
