"""Where a request on the wire may mean more than one value, so that no sender can break the schema for certain."""

from __future__ import annotations

from collections.abc import Mapping

from apictl.contract.definition import Definition
from apictl.contract.operation import MediaType, Operation, Parameter, ParameterLocation, Style
from apictl.contract.schema import JsonValue, Schema, as_schema
from apictl.pages.python.contents import is_text_of_yaml, resolve

_DEPTH_LIMIT = 8


def ambiguities(operation: Operation, definitions: Mapping[str, Definition]) -> dict[str, JsonValue]:
    """Return what the tests must know of *operation*.

    `arrays` are query parameters that may be arrays, `array_headers` headers that may, `packed` query parameters whose
    items share one pair with commas between them, `files` the properties of forms that are files, `objects` the
    declared properties of `deepObject` parameters, `texts` the media types whose body is text as it stands, `integers`
    query parameters that may be integers.
    """
    headers = [each for each in operation.parameters if each.location is ParameterLocation.HEADER]
    query = [each for each in operation.parameters if each.location is ParameterLocation.QUERY]
    request = operation.request_body
    contents = request.contents if request else ()
    multipart = [content for content in contents if content.name.startswith("multipart/")]
    return {
        "arrays": [each.name for each in query if "array" in _types(each.schema, definitions, 0)],
        "array_headers": [each.name.lower() for each in headers if "array" in _types(each.schema, definitions, 0)],
        "packed": [each.name for each in query if _is_packed(each, definitions)],
        "files": [*sorted({name for form in multipart for name in _files(form, definitions)})],
        "objects": {
            each.name: [*_properties(each.schema, definitions)] for each in query if each.style is Style.DEEP_OBJECT
        },
        "texts": [
            each.name for each in contents if each.name.startswith("text/") or is_text_of_yaml(each, definitions)
        ],
        "integers": [each.name for each in query if "integer" in _types(each.schema, definitions, 0)],
    }


def _is_packed(parameter: Parameter, definitions: Mapping[str, Definition]) -> bool:
    is_one_pair = parameter.style is Style.FORM and not parameter.explode and parameter.media_type is None
    return is_one_pair and bool(_types(parameter.schema, definitions, 0) & {"array", "object"})


def _types(schema: Schema, definitions: Mapping[str, Definition], depth: int) -> frozenset[str]:
    """Return the types that *schema* names, through references and branches; all when it names none."""
    resolved = resolve(schema, definitions)
    if not isinstance(resolved, Mapping) or depth > _DEPTH_LIMIT:
        return frozenset({"array", "object"})
    match resolved.get("type"):
        case str(name):
            return frozenset({name})
        case list(names):
            return frozenset(str(name) for name in names)
        case _:
            found = [
                _types(as_schema(branch), definitions, depth + 1)
                for keyword in ("allOf", "anyOf", "oneOf")
                for branch in _listed(resolved.get(keyword))
            ]
            return frozenset[str]().union(*found) if found else frozenset({"array", "object"})


def _listed(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else []


def _files(form: MediaType, definitions: Mapping[str, Definition]) -> list[str]:
    return [
        name
        for name, each in _properties(form.schema, definitions).items()
        if is_file(as_schema(each), definitions) or _is_typed_as_file(form, name)
    ]


def _properties(schema: Schema | None, definitions: Mapping[str, Definition]) -> dict[str, JsonValue]:
    """Return the properties that *schema*, or what it refers to, declares itself."""
    resolved = resolve(schema, definitions)
    properties = resolved.get("properties") if isinstance(resolved, Mapping) else None
    return properties if isinstance(properties, dict) else {}


def _is_typed_as_file(form: MediaType, name: str) -> bool:
    encoding = form.encodings.get(name)
    declared = encoding.content_type if encoding else None
    return declared is not None and not declared.startswith(("text/", "application/json"))


def is_file(schema: Schema, definitions: Mapping[str, Definition]) -> bool:
    """Whether *schema*, or that of its items, describes bytes (OpenAPI 3.1, Considerations for File Uploads)."""
    resolved = resolve(schema, definitions)
    if not isinstance(resolved, Mapping):
        return False
    if resolved.get("type") == "array" and "items" in resolved:
        return is_file(as_schema(resolved["items"]), definitions)
    return resolved.get("format") == "binary" or "contentMediaType" in resolved
