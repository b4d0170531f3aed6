"""What contracts mean and schemathesis takes by the letter: values of discriminators, names required twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from .implied import items_of, operations_of
from .typed_schemas import schemas_of

_COMPONENTS: Final = "#/components/schemas/"
_PARAMETERS: Final = "#/components/parameters/"
_IGNORED: Final = frozenset({"accept", "authorization", "content-type"})
_ALTERNATIVES: Final = ("oneOf", "anyOf")
_LISTS: Final = ("allOf", *_ALTERNATIVES, "enum")


def say_plainly(contract: dict[str, Any]) -> None:
    """Change *contract* to what it means: no value becomes valid by it, and none stops to be.

    Without a mapping the values of a discriminator are the names of its schemas (OpenAPI 3.1, Discriminator Object),
    but a schema that says itself which values the property has would refuse its own name: then these are mapped to it.
    `nullable` says nothing since OpenAPI 3.1, an `enum` without values never does, nor an `allOf` without branches; no
    value is one of no alternatives. Header parameters that describe what others describe are ignored (OpenAPI 3.1,
    Parameter Object).
    """
    _leave_out_headers(contract)
    named = contract.get("components", {}).get("schemas", {})
    has_nullable = str(contract.get("openapi", "")).startswith("3.0.")
    for schema, _ in schemas_of(contract):
        _map_values(schema, named)
        if isinstance(schema.get("required"), list):
            schema["required"] = list(dict.fromkeys(schema["required"]))
        for keyword in _LISTS:
            if schema.get(keyword) == []:
                del schema[keyword]
                schema.update({"not": {}} if keyword in _ALTERNATIVES else {})
        if not has_nullable:
            schema.pop("nullable", None)


def _leave_out_headers(contract: dict[str, Any]) -> None:
    shared = contract.get("components", {}).get("parameters", {})
    for holder in (*items_of(contract), *operations_of(contract)):
        parameters = holder.get("parameters")
        if isinstance(parameters, list):
            holder["parameters"] = [each for each in parameters if not _is_ignored(each, shared)]


def _is_ignored(parameter: Any, shared: Mapping[str, Any]) -> bool:
    fields = parameter if isinstance(parameter, dict) else {}
    reference = fields.get("$ref")
    if isinstance(reference, str):
        fields = shared.get(reference.removeprefix(_PARAMETERS), {})
    return fields.get("in") == "header" and str(fields.get("name")).lower() in _IGNORED


def _map_values(node: dict[str, Any], schemas: Mapping[str, Any]) -> None:
    discriminator = node.get("discriminator")
    name = discriminator.get("propertyName") if isinstance(discriminator, dict) else None
    if not isinstance(discriminator, dict) or not isinstance(name, str):
        return
    branches = [branch for keyword in _ALTERNATIVES for branch in node.get(keyword) or () if isinstance(branch, dict)]
    named = [branch for branch in branches if isinstance(branch.get("$ref"), str)]
    found = {value: branch["$ref"] for branch in named for value in _Values(name, schemas).of(branch)}
    if found:
        node["discriminator"] = discriminator | {"mapping": found | (discriminator.get("mapping") or {})}


class _Values:
    """Finds the texts that schemas name as values of a property."""

    def __init__(self, name: str, schemas: Mapping[str, Any]) -> None:
        """Look for those of the property *name*; references lead to *schemas*."""
        self._name = name
        self._schemas = schemas
        self._seen: set[tuple[str, bool]] = set()

    def of(self, schema: Any, *, is_property: bool = False) -> Iterator[str]:
        """Yield those that *schema* names, be it of the object or of the property itself; no reference counts twice."""
        if not isinstance(schema, dict):
            return
        reference = schema.get("$ref")
        if isinstance(reference, str) and (reference, is_property) not in self._seen:
            self._seen.add((reference, is_property))
            yield from self.of(self._schemas.get(reference.removeprefix(_COMPONENTS)), is_property=is_property)
        if is_property:
            named = [schema.get("const"), *(schema.get("enum") or ())]
            yield from (value for value in named if isinstance(value, str))
        elif isinstance(properties := schema.get("properties"), dict):
            yield from self.of(properties.get(self._name), is_property=True)
        for keyword in ("allOf", *_ALTERNATIVES):
            for branch in schema.get(keyword) or ():
                yield from self.of(branch, is_property=is_property)
