"""What was meant by a value that fits no branch of a union: the errors of one branch, or what all branches ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from jsonschema_rs import ValidationError, ValidationErrorKind

_DECIDING: Final = frozenset({"in", "type"})
"""Fields that say which branch of a union an object means to be."""

Branch: TypeAlias = list[ValidationError]


@dataclass(frozen=True, slots=True)
class Choice:
    """What no branch takes, and what one would take at the same place.

    Attributes:
        path: of the value, in what is judged.
        value: that is there.
        types: of JSON Schema, of which one is asked for; empty when it is a matter of values.
        options: values of which one is asked for.
    """

    path: tuple[str | int, ...]
    value: object
    types: tuple[str, ...] = ()
    options: tuple[object, ...] = ()


def causes(found: ValidationError) -> Iterator[ValidationError | Choice]:
    """Yield the errors of the branch that was meant, for an error of a union; else the error itself."""
    branches = _branches(found)
    depth = len(found.instance_path)
    if not branches:
        yield found
        return
    meant = _meant(branches, depth)
    choice = None if meant is not None else _choice(found, branches, depth)
    if meant is not None:
        for inner in meant:
            yield from causes(inner)
    else:
        yield found if choice is None else choice


def _branches(found: ValidationError) -> list[Branch]:
    match found.kind:
        case ValidationErrorKind.AnyOf(context) | ValidationErrorKind.OneOfNotValid(context):
            return list(context)
        case _:
            return []


def _meant(branches: list[Branch], depth: int) -> Branch | None:
    """The one branch for such values whose deciding field fits; None when several are as near."""
    typed = [branch for branch in branches if not _is_of_other_type(branch, depth)]
    if len(typed) == 1:
        return typed[0]
    near = [branch for branch in typed if not _is_of_other_sort(branch, depth)]
    return near[0] if len(near) == 1 else None


def _is_of_other_type(branch: Branch, depth: int) -> bool:
    return any(
        inner.kind.name == "type" if not (below := _branches(inner)) else _all(below, depth, _is_of_other_type)
        for inner in branch
        if len(inner.instance_path) == depth
    )


def _is_of_other_sort(branch: Branch, depth: int) -> bool:
    return any(_decides(inner, depth) or _all(_branches(inner), depth, _is_of_other_sort) for inner in branch)


def _all(branches: list[Branch], depth: int, test: Callable[[Branch, int], bool]) -> bool:
    return bool(branches) and all(test(branch, depth) for branch in branches)


def _decides(found: ValidationError, depth: int) -> bool:
    return (
        len(found.instance_path) > depth
        and found.instance_path[-1] in _DECIDING
        and found.kind.name in {"enum", "const"}
    )


def _choice(found: ValidationError, branches: list[Branch], depth: int) -> Choice | None:
    """What all branches ask for at one place, each in its own way."""
    leaves = list(_leaves(branches))
    types = [name for branch in leaves for inner in branch for name in _types(inner, depth)]
    if all(any(_types(inner, depth) for inner in branch) for branch in leaves):
        return Choice(tuple(found.instance_path), found.instance, types=tuple(dict.fromkeys(types)))
    deciding = [next((inner for inner in branch if _decides(inner, depth)), None) for branch in leaves]
    certain = [inner for inner in deciding if inner is not None]
    paths = {tuple(inner.instance_path) for inner in certain}
    if len(certain) < len(leaves) or len(paths) != 1:
        return None
    options = [option for inner in certain for option in _options(inner)]
    return Choice(paths.pop(), certain[0].instance, options=tuple(dict.fromkeys(map(str, options))))


def _leaves(branches: list[Branch]) -> Iterator[Branch]:
    """Yield *branches*, and those of unions that are branches themselves in their place."""
    for branch in branches:
        below = _branches(branch[0]) if len(branch) == 1 else []
        if below:
            yield from _leaves(below)
        else:
            yield branch


def _types(found: ValidationError, depth: int) -> Sequence[str]:
    match found.kind:
        case ValidationErrorKind.Type(types) if len(found.instance_path) == depth:
            return sorted(types)
        case _:
            return ()


def _options(found: ValidationError) -> Sequence[object]:
    match found.kind:
        case ValidationErrorKind.Enum(options):
            return list(options)
        case ValidationErrorKind.Constant(expected):
            return [expected]
        case _:
            return ()
