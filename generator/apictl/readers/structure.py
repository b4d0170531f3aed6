"""Structure: every object has the fields and types that a published meta-schema demands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, TypeAlias

from jsonschema_rs import Draft7Validator, Draft202012Validator, ValidationError, ValidationErrorKind

from apictl.contract.schema import JsonValue
from apictl.findings import Finding, Place, error, warning
from apictl.readers.access import items, mapping, texts
from apictl.readers.consequences import without_misspelled
from apictl.readers.likeness import did_you_mean
from apictl.readers.schemas.keywords import IN_PLACE_LISTED
from apictl.readers.unions import Choice, causes

Judge: TypeAlias = Draft7Validator | Draft202012Validator

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
_BOOLEAN_WORDS: Final = {
    **dict.fromkeys(("true", "yes", "on", "y"), True),
    **dict.fromkeys(("false", "no", "off", "n"), False),
}


@dataclass(frozen=True, slots=True)
class MetaSchema:
    """What is published about the structure of one version's documents.

    Attributes:
        at: the node of the meta-schema at a schema path; None when it is elsewhere.
        special: by the name of a definition, what is wrong with a field that it does not declare; None for the usual.
        also_known: by the name of a definition, fields that it declares by their pattern.
        elsewhere: by name, what is to be said of fields that another version declares.
    """

    at: Callable[[Sequence[str | int]], JsonValue]
    special: Mapping[str, Callable[[Place, str], Finding | None]] = field(default_factory=lambda: MappingProxyType({}))
    also_known: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    elsewhere: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def structure_findings(judge: Judge, place: Place, value: JsonValue, published: MetaSchema) -> Iterator[Finding]:
    """Yield what *judge* finds wrong in the structure of *value*, an object that stands by itself at *place*."""
    if judge.is_valid(value):
        return
    errors = [
        cause for found in judge.iter_errors(value) for cause in causes(found) if not _is_empty_composition(cause)
    ]
    plain = [found for found in errors if isinstance(found, ValidationError)]
    told: dict[Finding, None] = {}
    for found in errors:
        if isinstance(found, Choice):
            told |= dict.fromkeys([_none_of(found, place)])
        elif not _is_of_wrong_type(found, plain):
            told |= dict.fromkeys(_findings(found, plain, place, published))
    yield from without_misspelled(list(told))


def _is_empty_composition(found: ValidationError | Choice) -> bool:
    """Whether that is told by the rules for schemas, in every version."""
    return (
        isinstance(found, ValidationError)
        and found.kind.name == "minItems"
        and found.instance_path[-1] in IN_PLACE_LISTED
    )


def _is_of_wrong_type(found: ValidationError, errors: list[ValidationError]) -> bool:
    """Whether the value is wrong whatever it says, which is told with its type."""
    return found.kind.name != "type" and any(
        other.kind.name == "type" and other.instance_path == found.instance_path for other in errors
    )


def _findings(
    found: ValidationError, errors: list[ValidationError], root: Place, published: MetaSchema
) -> Iterator[Finding]:
    place = root.child(*found.instance_path)
    forgivable = _forgivable(found, place)
    if forgivable is not None:
        yield forgivable
        return
    match found.kind:
        case ValidationErrorKind.AdditionalProperties(unexpected):
            yield from (_unknown(place, name, found, published) for name in unexpected)
        case ValidationErrorKind.UnevaluatedProperties(unexpected):
            certain = [name for name in unexpected if not _is_consequence(name, found, errors, published)]
            yield from (_unknown(place, name, found, published) for name in certain)
        case ValidationErrorKind.Required(name):
            yield error("field-missing", place, f"{name!r} is missing")
        case ValidationErrorKind.Type(types):
            yield _wrong_type(place, found.instance, sorted(types))
        case ValidationErrorKind.PropertyNames(inner):
            yield _bad_name(place, inner)
        case ValidationErrorKind.Format("regex"):
            yield error("pattern-uncompilable", place, f"{shown(found.instance)} is no regular expression")
        case ValidationErrorKind.Enum(options):
            yield _not_allowed(place, found.instance, options)
        case ValidationErrorKind.Constant(expected):
            yield _not_allowed(place, found.instance, [expected])
        case _:
            yield error("structure", place, _sentence(found, published))


def _none_of(choice: Choice, root: Place) -> Finding:
    place = root.child(*choice.path)
    if choice.types:
        return _wrong_type(place, choice.value, choice.types)
    return _not_allowed(place, choice.value, choice.options)


def _wrong_type(place: Place, value: object, types: Sequence[str]) -> Finding:
    expected = " or ".join(_TYPES[name] for name in sorted(types, key=tuple(_TYPES).index, reverse=True))
    message = f"{shown(value)} stands where {expected} is expected"
    return error("type-wrong", place, message, hint=_type_hint(place, value, types))


def _type_hint(place: Place, value: object, types: Sequence[str]) -> str | None:
    keyword = place.pointer.rpartition("/")[2]
    match value, keyword:
        case list(), "type" if "array" not in types:
            return "a list of types is of OpenAPI 3.1; here it is one, and 'nullable: true' for null"
        case ((int() | float()), ("exclusiveMinimum" | "exclusiveMaximum")) if "boolean" in types:
            bound = f"{keyword[9:10].lower()}{keyword[10:]}"
            return f"a bound is of OpenAPI 3.1; here it is {bound!r}, beside '{keyword}: true'"
        case ((bool() | int() | float()), _) if "string" in types:
            return "put it in quotes"
        case str(), _ if "boolean" in types and value.lower() in _BOOLEAN_WORDS:
            return f"write {str(_BOOLEAN_WORDS[value.lower()]).lower()}, without quotes"
        case str(), _ if list(types) == ["array"]:
            return "write a list, if only of one"
        case _:
            return None


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
    return error("component-name", place.child(name).key(), f"name {shown(name)} has other than letters, digits, . - _")


def _not_allowed(place: Place, value: object, options: Sequence[object]) -> Finding:
    names = [option for option in options if isinstance(option, str)]
    hint = did_you_mean(value, names) if isinstance(value, str) else None
    allowed = _cut(", ".join(repr(option) for option in options), 3 * SHOWN_CHARACTERS)
    return error("value-not-allowed", place, f"{shown(value)} is none of {allowed}", hint=hint)


def _unknown(place: Place, name: str, found: ValidationError, published: MetaSchema) -> Finding:
    owner = found.schema_path[-2] if len(found.schema_path) > 1 else ""
    spot = place.child(name).key()
    special = published.special.get(str(owner), _nothing)(spot, shown(name))
    if special is not None:
        return special
    known = _declared(published.at(found.schema_path[:-1])) | published.also_known.get(str(owner), frozenset())
    hint = published.elsewhere.get(name) or did_you_mean(name, known)
    return error("field-unknown", spot, f"field {shown(name)} is unknown here", hint=hint)


def _nothing(place: Place, name: str) -> None:
    del place, name


def _is_consequence(name: str, found: ValidationError, errors: list[ValidationError], published: MetaSchema) -> bool:
    """Whether *name* is declared, and only unevaluated because something below it or beside it is wrong."""
    owner = published.at(found.schema_path[:-1])
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


def _sentence(found: ValidationError, published: MetaSchema) -> str:
    schema = mapping(published.at(found.schema_path[:-1]))
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


def shown(value: object) -> str:
    """Return *value* as a message shows it: containers by their kind, text within quotes and cut."""
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
