"""What tells the schemas of a contract apart whatever is added, removed or moved around them."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from apictl.contract.contract import Contract
from apictl.contract.definition import Definition, View
from apictl.contract.operation import Operation
from apictl.contract.schema import JsonValue, reference_name
from apictl.findings import Place
from apictl.support.pointers import escape_token

_BRANCHES: Final = frozenset({"oneOf", "anyOf"})
_LISTS: Final = frozenset({"allOf", "parameters"})
_COMPONENTS: Final = ("/components/schemas/", "/definitions/")
_DIGITS: Final = 8
_LONGEST: Final = 100


@dataclass(frozen=True, slots=True)
class Identity:
    """What is kept of a definition.

    Attributes:
        key: no other definition has it.
        likes: other keys that it may have been kept under.
        is_component: the document itself names it.
    """

    key: str
    likes: tuple[str, ...]
    is_component: bool


def operation_key(operation: Operation) -> str:
    """Return what is kept of *operation*: its id, or method and path of one that has none."""
    return escape_token(operation.id if operation.has_declared_id else f"{operation.method} {operation.path}")


def identities(contract: Contract) -> Mapping[str, Identity]:
    """Return what tells each definition of *contract* from the others, by name.

    It is made of the pointer, from the operation on, with words for positions in lists: name and location of a
    parameter; title, constant or required properties of a branch.
    """
    return _Identifying(contract).identities()


@dataclass(frozen=True)
class _Identifying:
    contract: Contract

    def identities(self) -> Mapping[str, Identity]:
        definitions = self.contract.definitions
        bare = {name: self._bare(each) for name, each in definitions.items()}
        counts = Counter(bare.values())
        found: dict[str, Identity] = {}
        taken: set[str] = set()
        for name, each in sorted(definitions.items()):
            is_alone = counts[bare[name]] == 1
            key = bare[name] if is_alone else f"{bare[name]}~{self._digest(each)}"
            while key in taken:  # equal in place and content
                key += f"~{escape_token(name)}"
            taken.add(key)
            found[name] = Identity(key, () if is_alone else (bare[name],), self._is_component(each))
        return found

    def _bare(self, definition: Definition) -> str:
        steps = "/".join(self._steps(definition.place))
        return steps if definition.view is View.BOTH else f"{steps}~{definition.view.value}"

    def _steps(self, place: Place) -> Iterator[str]:
        """Yield the steps to *place*, from what lasts."""
        start, steps = self._start(place)
        yield start
        at = place.pointer[: len(place.pointer) - sum(len(step) + 1 for step in steps)]
        before = start.rpartition("/")[2]
        for step in steps:
            at += f"/{step}"
            if step.isdigit() and before in _BRANCHES:
                yield self._word(place.path, at)
            elif step.isdigit() and before in _LISTS:
                yield from filter(None, [self._parameters.get((place.path, at), "")])
            else:
                yield step
            before = step

    def _start(self, place: Place) -> tuple[str, list[str]]:
        """Return what *place* is in, and the steps from there."""
        tokens = place.pointer.split("/")[1:]
        for length in range(min(len(tokens), _DEEPEST), 0, -1):
            key = self._operations.get((place.path, "/" + "/".join(tokens[:length])))
            if key is not None:
                return key, tokens[length:]
        is_root = place.path == self.contract.place.path
        if is_root and place.pointer.startswith(_COMPONENTS):
            return "schemas", tokens[-(len(tokens) - (2 if tokens[0] == "components" else 1)) :]
        return ("" if is_root else escape_token(place.path)), tokens

    @cached_property
    def _operations(self) -> Mapping[tuple[str, str], str]:
        contract = self.contract
        return {
            (each.place.path, each.place.pointer): operation_key(each)
            for each in _with_callbacks((*contract.operations, *contract.webhooks))
        }

    @cached_property
    def _parameters(self) -> Mapping[tuple[str, str], str]:
        contract = self.contract
        return {
            (each.place.path, each.place.pointer): escape_token(f"{each.location.value}.{each.name}")
            for operation in _with_callbacks((*contract.operations, *contract.webhooks))
            for each in operation.parameters
        }

    @cached_property
    def _by_place(self) -> Mapping[tuple[str, str], Definition]:
        return {(each.place.path, each.place.pointer): each for each in self.contract.definitions.values()}

    def _word(self, path: str, pointer: str) -> str:
        """Return a word for the branch of a union at *pointer* that does not depend on the other branches."""
        definition = self._by_place.get((path, pointer))
        schema = None if definition is None else definition.schema
        if definition is None or not isinstance(schema, Mapping):
            return "branch"
        title, required = schema.get("title"), schema.get("required")
        if isinstance(title, str) and 0 < len(title) <= _LONGEST:
            return escape_token(title)
        constant = next(_constants(schema), "")
        if constant:
            return escape_token(constant)
        needed = "+".join(sorted(map(str, required))) if isinstance(required, list) else ""
        if 0 < len(needed) <= _LONGEST:
            return escape_token(needed)
        return self._digest(definition)

    def _digest(self, definition: Definition) -> str:
        """Return digits that only the content decides; names of other definitions are none of it."""
        text = json.dumps(self._nameless(definition.schema), sort_keys=True)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]

    def _nameless(self, value: object) -> JsonValue:
        match value:
            case Mapping():
                name = reference_name(value)
                known = self.contract.definitions.get(name) if name is not None else None
                is_lasting = known is not None and self._is_component(known)
                plain = {str(key): self._nameless(each) for key, each in value.items() if key != "discriminator"}
                return plain if name is None or is_lasting else plain | {"$ref": ""}
            case list():
                return [self._nameless(each) for each in value]
            case bool() | int() | float() | str() | None:
                return value
            case _:
                return str(value)

    def _is_component(self, definition: Definition) -> bool:
        pointers = {prefix + escape_token(definition.name) for prefix in _COMPONENTS}
        return definition.place.path == self.contract.place.path and definition.place.pointer in pointers


_DEEPEST: Final = 8
"""Steps of a pointer in which an operation is looked for: that of a callback of a webhook has the most."""


def _with_callbacks(operations: tuple[Operation, ...]) -> Iterator[Operation]:
    for operation in operations:
        yield operation
        for callback in operation.callbacks:
            yield from _with_callbacks(callback.operations)


def _constants(schema: Mapping[str, JsonValue]) -> Iterator[str]:
    """Yield the texts that properties of *schema* are bound to."""
    properties = schema.get("properties")
    for name, each in sorted(properties.items()) if isinstance(properties, dict) else ():
        values = [each["const"]] if isinstance(each, dict) and "const" in each else []
        listed = each.get("enum") if isinstance(each, dict) else None
        values += listed if not values and isinstance(listed, list) and len(listed) == 1 else []
        yield from (f"{name}={value}" for value in values if isinstance(value, str) and 0 < len(value) <= _LONGEST)
