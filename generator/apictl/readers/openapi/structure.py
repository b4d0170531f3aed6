"""Structure: every object has the fields and types that the published meta-schema demands."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import Final

from jsonschema_rs import ValidationError, ValidationErrorKind

from apictl.contract.schema import JsonValue
from apictl.findings import Finding, Place, error, warning
from apictl.readers.access import items, mapping, texts
from apictl.readers.openapi.inventory import Node
from apictl.readers.openapi.kinds import METHODS
from apictl.readers.openapi.metaschemas import Version, metaschema_at, validator
from apictl.readers.schemas.keywords import IN_PLACE_LISTED

SHOWN_CHARACTERS: Final = 40
_TYPES: Final = {
    "object": "a mapping",
    "array": "a list",
    "string": "a string",
    "integer": "an integer",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}
_BOOLEAN_ONCE: Final = {
    "$recursiveAnchor": "remove it",
    "exclusiveMaximum": "write the bound itself, instead of 'maximum'",
    "exclusiveMinimum": "write the bound itself, instead of 'minimum'",
    "required": "list the required properties in the object's schema",
}
_DECIDING: Final = frozenset({"in", "type"})
"""Fields that say which branch of a union an object means to be."""


def structure_findings(node: Node, version: Version) -> Iterator[Finding]:
    """Yield what is wrong in the structure of *node*, an object that stands by itself."""
    judge = validator(version, node.kind)
    if judge.is_valid(node.value):
        return
    errors = [cause for found in judge.iter_errors(node.value) for cause in _causes(found)]
    seen: set[Finding] = set()
    for found in errors:
        if _is_empty_composition(found):
            continue  # told by the rules for schemas, in every version
        for finding in _findings(found, errors, node.place, version):
            if finding not in seen:
                seen.add(finding)
                yield finding


def _is_empty_composition(found: ValidationError) -> bool:
    return found.kind.name == "minItems" and found.instance_path[-1] in IN_PLACE_LISTED


def _causes(found: ValidationError) -> Iterator[ValidationError]:
    """The errors of the branch that was meant, for an error of a union; else the error itself."""
    match found.kind:
        case ValidationErrorKind.AnyOf(context) | ValidationErrorKind.OneOfNotValid(context):
            branch = _meant(context, len(found.instance_path))
        case _:
            branch = None
    if branch is None:
        yield found
    else:
        for inner in branch:
            yield from _causes(inner)


def _meant(branches: list[list[ValidationError]], depth: int) -> list[ValidationError] | None:
    """The one branch whose deciding field fits; None when several are as near."""
    near = [errors for errors in branches if not any(_decides(inner, depth) for inner in errors)]
    if len(near) != 1 and not any(_names_alternatives(errors) for errors in branches):
        # A value of another type than the branch judges was not meant for it.
        near = [errors for errors in branches if not any(_is_type_at(inner, depth) for inner in errors)]
    return near[0] if len(near) == 1 else None


def _is_type_at(found: ValidationError, depth: int) -> bool:
    return found.kind.name == "type" and len(found.instance_path) == depth


def _decides(found: ValidationError, depth: int) -> bool:
    return (
        len(found.instance_path) > depth
        and found.instance_path[-1] in _DECIDING
        and found.kind.name in {"enum", "const"}
    )


def _names_alternatives(errors: list[ValidationError]) -> bool:
    return all(inner.kind.name in {"required", "not"} for inner in errors)


def _findings(
    found: ValidationError, errors: list[ValidationError], root: Place, version: Version
) -> Iterator[Finding]:
    place = root.child(*found.instance_path)
    forgivable = _forgivable(found, place)
    if forgivable is not None:
        yield forgivable
        return
    match found.kind:
        case ValidationErrorKind.AdditionalProperties(unexpected):
            yield from (_unknown(place, name, found, version) for name in unexpected)
        case ValidationErrorKind.UnevaluatedProperties(unexpected):
            certain = [name for name in unexpected if not _is_consequence(name, found, errors, version)]
            yield from (_unknown(place, name, found, version) for name in certain)
        case ValidationErrorKind.Required(name):
            yield error("field-missing", place, f"{name!r} is missing")
        case ValidationErrorKind.Type(types):
            expected = " or ".join(_TYPES[name] for name in sorted(types))
            yield error("type-wrong", place, f"{_shown(found.instance)} stands where {expected} is expected")
        case ValidationErrorKind.PropertyNames(inner):
            yield _bad_name(place, inner)
        case ValidationErrorKind.Format("regex"):
            yield error("pattern-uncompilable", place, f"{_shown(found.instance)} is no regular expression")
        case ValidationErrorKind.Enum(options):
            yield _not_allowed(place, found.instance, options)
        case ValidationErrorKind.Constant(expected):
            yield _not_allowed(place, found.instance, [expected])
        case _:
            yield error("structure", place, _sentence(found, version))


def _forgivable(found: ValidationError, place: Place) -> Finding | None:
    """What a schema says in the words of another draft, while its meaning is beyond doubt; None for other errors."""
    keyword = str(found.instance_path[-1]) if found.instance_path else ""
    if found.kind.name == "uniqueItems" and keyword == "required":
        return warning("required-repeated", place, "a name is required twice")
    # Parameters and bodies have a boolean `required` of their own, which is never of the wrong type when it is one.
    if isinstance(found.instance, bool) and found.kind.name == "type" and keyword in _BOOLEAN_ONCE:
        message = f"{keyword!r} is a boolean, as in an older draft of JSON Schema"
        return warning("keyword-ill-formed", place, message, hint=_BOOLEAN_ONCE[keyword])
    return None


def _bad_name(place: Place, inner: ValidationError) -> Finding:
    name = str(inner.instance)
    return error(
        "component-name", place.child(name).key(), f"name {_shown(name)} has other than letters, digits, . - _"
    )


def _not_allowed(place: Place, value: object, options: Sequence[object]) -> Finding:
    names = [option for option in options if isinstance(option, str)]
    close = difflib.get_close_matches(value, names, n=1) if isinstance(value, str) else []
    allowed = ", ".join(repr(option) for option in options)
    return error("value-not-allowed", place, f"{_shown(value)} is none of {allowed}", hint=_did_you_mean(close))


def _unknown(place: Place, name: str, found: ValidationError, version: Version) -> Finding:
    owner = found.schema_path[-2] if len(found.schema_path) > 1 else ""
    spot = place.child(name).key()
    if str(owner).lower() == "paths":
        return error("path-without-slash", spot, f"path {_shown(name)} does not begin with '/'")
    if str(owner).lower() == "responses":
        return error("status-unknown", spot, f"{_shown(name)} is no status", hint="'200', '2XX' or 'default'")
    known = _declared(metaschema_at(version, found.schema_path[:-1]))
    if str(owner) == "PathItem":
        known |= set(METHODS)
    close = difflib.get_close_matches(name, sorted(known), n=1)
    return error("field-unknown", spot, f"field {_shown(name)} is unknown here", hint=_did_you_mean(close))


def _is_consequence(name: str, found: ValidationError, errors: list[ValidationError], version: Version) -> bool:
    """Whether *name* is declared, and only unevaluated because something below it or beside it is wrong."""
    owner = metaschema_at(version, found.schema_path[:-1])
    is_named = bool(mapping(owner).get("patternProperties")) and (name.startswith("/") or name[:1].isdigit())
    if not is_named and name not in _declared(owner) | {"example", "examples"}:
        return False
    depth = len(found.instance_path)
    return any(
        other is not found
        and other.instance_path[:depth] == found.instance_path
        and other.kind.name != "unevaluatedProperties"
        for other in errors
    )


def _declared(node: JsonValue) -> set[str]:
    """The names of all properties declared in a meta-schema, at any depth."""
    names: set[str] = set()
    stack = [node]
    while stack:
        current = stack.pop()
        names.update(mapping(mapping(current).get("properties")))
        stack.extend(mapping(current).values())
        stack.extend(items(current))
    return names


def _sentence(found: ValidationError, version: Version) -> str:
    schema = mapping(metaschema_at(version, found.schema_path[:-1]))
    keyword = found.kind.name
    alternatives = [name for branch in items(schema.get("oneOf")) for name in texts(mapping(branch).get("required"))]
    excluded = texts(mapping(schema.get("not")).get("required"))
    if keyword in {"oneOf", "anyOf"} and alternatives:
        names = _names(sorted(set(alternatives)))
        return f"exactly one of {names} is required"
    if keyword == "anyOf" and schema.get("anyOf"):
        required = [name for branch in items(schema["anyOf"]) for name in texts(mapping(branch).get("required"))]
        if required:
            return f"at least one of {_names(required)} is required"
    if keyword == "not" and excluded:
        return f"{_names(excluded)} exclude each other"
    if keyword == "minProperties":
        return "nothing is declared, at least one field is required"
    return _cut(found.message, 4 * SHOWN_CHARACTERS)


def _names(names: Sequence[str]) -> str:
    return " and ".join(repr(name) for name in names)


def _did_you_mean(close: list[str]) -> str | None:
    return f"did you mean {close[0]!r}?" if close else None


def _shown(value: object) -> str:
    match value:
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case None:
            return "null"
        case _:
            return _cut(repr(value), SHOWN_CHARACTERS)


def _cut(message: str, length: int) -> str:
    return message if len(message) <= length else message[: length - 1] + "…"
