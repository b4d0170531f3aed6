"""What classes, methods, groups and arguments of a contract are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from apictl.contract.contract import Contract
from apictl.contract.definition import View
from apictl.contract.operation import Operation, Parameter, ParameterLocation, Response
from apictl.pages.python import names
from apictl.pages.python.identities import Identity, operation_key
from apictl.pages.python.keeping import NameKind, Names, Scope
from apictl.support.pointers import escape_token

_ARGUMENTS_TAKEN: Final = frozenset(
    {
        "self",
        "body",
        "content_type",
        "timeout_seconds",
        "deadline_seconds",
        "principal",
        "models",
        "errors",
        "results",
        "operations",
    }
)
_ATTRIBUTES_TAKEN: Final = frozenset(
    {"self", "body", "status", "args", "media_type", "headers", "add_note", "with_traceback", "declared_status"}
)
_GROUPS_TAKEN: Final = frozenset(
    {
        "self",
        "security",
        "errors",
        "models",
        "results",
        "operations",
        "http",
        "app",
        "router",
        "responses",
        "close",
        "aclose",
        "settings",
        "lifespan",
        "authentication",
        "handlers",
        "service",
        "contract_router",
    }
)
_COMPANIONS: Final = ("iterate_", "stream_")
"""What methods begin with that operations have beside their own."""
_CONSTANTS_TAKEN: Final = frozenset({"JUDGE", "OPERATIONS", "SECURITY_SCHEMES", "UUID"})
_METHODS_TAKEN: Final = frozenset(
    {"self", "list", "dict", "tuple", "str", "int", "float", "bool", "bytes", "object", "date", "datetime"}
)


@dataclass(frozen=True, slots=True)
class OperationNames:
    """What operations are called, each by its id.

    Attributes:
        functions: of methods.
        constants: of declarations.
        stems: what classes of answers begin with.
    """

    functions: Mapping[str, str]
    constants: Mapping[str, str]
    stems: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class GroupNames:
    """What groups are called, each by its tag.

    Attributes:
        attributes: in snake_case.
        class_stems: in PascalCase.
    """

    attributes: Mapping[str, str]
    class_stems: Mapping[str, str]


def class_names(contract: Contract, kept: Names, known: Mapping[str, Identity]) -> Mapping[str, str]:
    """Return the name of the class of each definition of *contract*, *known* by its identity."""

    def spell(name: str) -> str:
        wanted = names.pascal(name, "Model")
        is_answer = contract.definitions[name].view is View.RESPONSE
        key = f"{known[name].key.rpartition('~')[0]}~{View.REQUEST.value}"
        # What was there for requests alone is called so already.
        return f"{wanted}Output" if is_answer and kept.knows(NameKind.CLASS, key) == wanted else wanted

    scope = Scope(
        NameKind.CLASS,
        lambda name, spelled: _is_plain_class(known[name], contract.definitions[name].view, spelled),
        lambda name: known[name].key,
        lambda name: known[name].likes,
    )
    return kept.unique(scope, contract.definitions, spell)


def _is_plain_class(identity: Identity, view: View, spelled: str) -> bool:
    """Whether the document itself names the class *spelled*."""
    return identity.is_component and view is not View.REQUEST and _last(identity.key, view) == spelled


def _last(key: str, view: View) -> str:
    return key.rpartition("/")[2].removesuffix(f"~{view.value}")


def operation_names(operations: Sequence[Operation], kept: Names) -> OperationNames:
    """Return what *operations* are called."""
    by_id = {each.id: each for each in operations}

    def is_owner(wire: str, name: str) -> bool:
        is_companion = name.startswith(_COMPANIONS)
        return by_id[wire].has_declared_id and camel(name) == wire and not is_companion

    def key(wire: str) -> str:
        return operation_key(by_id[wire])

    scope = Scope(NameKind.METHOD, is_owner, key)

    def chosen(reserved: frozenset[str]) -> Mapping[str, str]:
        return kept.unique(scope, by_id, lambda wire: names.snake(wire, "operation"), reserved=reserved)

    functions = chosen(_METHODS_TAKEN)
    if kept.kept:
        # Another method of an operation that was there before is called so.
        had = {kept.knows(NameKind.METHOD, key(wire)) for wire in by_id}
        companions = {f"{prefix}{name}" for name in functions.values() for prefix in _COMPANIONS} - had
        functions = chosen(_METHODS_TAKEN | companions) if companions & {*functions.values()} else functions
    constants = kept.unique(
        Scope(NameKind.CONSTANT, lambda wire, name: name.lower() == functions[wire], key),
        by_id,
        lambda wire: functions[wire].rstrip("_").upper(),
        reserved=_CONSTANTS_TAKEN,
    )
    stems = kept.unique(
        Scope(NameKind.STEM, lambda wire, name: names.snake(name, "operation") == functions[wire], key),
        by_id,
        lambda wire: names.pascal(wire, "Operation"),
    )
    return OperationNames(functions, constants, stems)


def camel(name: str) -> str:
    """Return *name*, in snake_case, in camelCase."""
    first, *others = name.split("_")
    return first + "".join(word[:1].upper() + word[1:] for word in others)


def group_names(contract: Contract, tags: Sequence[str], kept: Names) -> GroupNames:
    """Return what the groups of *tags* are called; "" is the tag of operations that have none."""
    labels = {tag: tag or _label_of_untagged(contract.service, tags) for tag in tags}
    attributes = kept.unique(
        Scope(NameKind.GROUP, lambda tag, name: tag == name, tag_key),
        tags,
        lambda tag: names.snake(labels[tag], "group"),
        reserved=_GROUPS_TAKEN,
    )
    class_stems = kept.unique(
        Scope(NameKind.GROUP_CLASS, lambda tag, name: names.snake(name, "group") == attributes[tag], tag_key),
        tags,
        lambda tag: _class_stem(labels[tag]),
    )
    return GroupNames(attributes, class_stems)


def tag_key(tag: str) -> str:
    """Return what is kept of the group of *tag*."""
    return escape_token(tag) or "~untagged"


def _class_stem(label: str) -> str:
    """Return what the classes of a group begin or end with; the stub's `SampleSecurity` is of no group."""
    stem = names.pascal(label, "Group")
    return "SecurityGroup" if stem == "Security" else stem


def _label_of_untagged(service: str, tags: Sequence[str]) -> str:
    """Return what the group of operations without a tag is called: as the service, unless a tag is."""
    label = service
    while label in tags:
        label += " untagged"
    return label


def scheme_names(schemes: Iterable[str], kept: Names) -> Mapping[str, str]:
    """Return the name of the method for each of *schemes*."""
    scope = Scope(NameKind.SCHEME, lambda wire, name: wire == name)
    return kept.unique(scope, schemes, lambda wire: names.snake(wire, "scheme"), reserved=_METHODS_TAKEN)


def argument_names(operation: Operation, kept: Names) -> Mapping[tuple[str, ParameterLocation], str]:
    """Return the name of the argument of each parameter of *operation*, by name and location."""
    by_key = {_wire_key(each): each for each in operation.parameters}
    in_path = {each.name for each in operation.parameters if each.location is ParameterLocation.PATH}

    def is_owner(key: str, name: str) -> bool:
        parameter = by_key[key]
        match parameter.location:
            case ParameterLocation.PATH:
                return parameter.name == name
            case ParameterLocation.QUERY:
                return parameter.name == name and name not in in_path  # another path is another operation
            case _:
                return False

    scope = Scope.within(NameKind.PARAMETER, operation_key(operation), is_owner)
    chosen = kept.unique(
        scope, by_key, lambda key: names.snake(by_key[key].name, "parameter"), reserved=_ARGUMENTS_TAKEN
    )
    return {(each.name, each.location): chosen[key] for key, each in by_key.items()}


def _wire_key(parameter: Parameter) -> str:
    return f"{parameter.name} {parameter.location.value}"


def header_names(operation: Operation, response: Response, kept: Names) -> Mapping[str, str]:
    """Return the name of the attribute of each header of *response*, an answer of *operation*."""
    steps = f"{operation_key(operation)}/{escape_token(response.status)}"
    return kept.unique(
        Scope.within(NameKind.HEADER, steps, lambda wire, name: wire.lower() == name.replace("_", "-")),
        [header.name for header in response.headers],
        lambda wire: names.snake(wire, "header"),
        reserved=_ATTRIBUTES_TAKEN,
    )
