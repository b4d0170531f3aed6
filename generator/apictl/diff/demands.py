"""What callers must show to be let in: alternatives of schemes with scopes, told apart by meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from apictl.contract.contract import Contract
from apictl.contract.operation import Operation
from apictl.contract.security import SecurityRequirement, SecurityScheme
from apictl.diff.matching import completed, partners
from apictl.diff.paths import shape
from apictl.findings import Place

Alternative: TypeAlias = Mapping[str, frozenset[str]]
"""Schemes that must all be satisfied, with their scopes; an empty one lets everybody in."""

ANYBODY: Final[Alternative] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Demands:
    """What an operation asks of its callers.

    Attributes:
        alternatives: any of which suffices, in the document's order; never empty.
        place: where the document says so.
    """

    alternatives: tuple[Alternative, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Shift:
    """What became of the demands on callers.

    Attributes:
        removed: alternatives that do not let in any more.
        added: alternatives that let in callers who were not let in before.
        more: scopes that are asked for now, with their scheme.
        fewer: scopes that are not asked for any more, with their scheme.
    """

    removed: tuple[Alternative, ...]
    added: tuple[Alternative, ...]
    more: tuple[tuple[str, str], ...]
    fewer: tuple[tuple[str, str], ...]


def shift(old: Demands, new: Demands) -> Shift:
    """Return what became of *old* in *new*."""
    removed, more = _unmet(old, new)
    added, fewer = _unmet(new, old)
    return Shift(removed, added, more, fewer)


def suffices(shown: Alternative, asked: Alternative) -> bool:
    """Whether a caller who satisfies *shown* satisfies *asked*, too."""
    return all(scheme in shown and scopes <= shown[scheme] for scheme, scopes in asked.items())


def _unmet(shown: Demands, asked: Demands) -> tuple[tuple[Alternative, ...], tuple[tuple[str, str], ...]]:
    """Return which alternatives of *shown* do not let in by *asked*, and the scopes that some of them only lack."""
    foreign: list[Alternative] = []
    lacking: dict[tuple[str, str], None] = {}
    for one in shown.alternatives:
        if any(suffices(one, other) for other in asked.alternatives):
            continue
        same = next((other for other in asked.alternatives if other.keys() == one.keys()), None)
        if same is None:
            foreign.append(one)
        else:
            lacking |= {(scheme, scope): None for scheme in same for scope in sorted(same[scheme] - one[scheme])}
    return tuple(foreign), tuple(lacking)


def demands_of(operation: Operation, names: Mapping[str, str], root: Place) -> Demands:
    """Return what *operation* of the document *root* asks of its callers; schemes are renamed by *names*."""
    return Demands(alternatives_of(operation.security, names), operation.security_place or root)


def alternatives_of(
    security: tuple[tuple[SecurityRequirement, ...], ...], names: Mapping[str, str]
) -> tuple[Alternative, ...]:
    """Return the alternatives that *security* lists, each once; schemes are renamed by *names*."""
    alternatives: list[Alternative] = []
    for requirements in security or ((),):
        merged: dict[str, frozenset[str]] = {}
        for one in requirements:
            name = names.get(one.scheme, one.scheme)
            merged[name] = merged.get(name, frozenset()) | frozenset(one.scopes)
        if merged not in alternatives:
            alternatives.append(MappingProxyType(merged))
    return tuple(alternatives)


def scopes_asked_for(contract: Contract) -> dict[str, frozenset[str]]:
    """Return the scopes that operations of *contract* ask for, by scheme; a scheme that none asks for has no entry."""
    result: dict[str, frozenset[str]] = {}
    for operation in contract.operations:
        for alternative in operation.security:
            for one in alternative:
                result[one.scheme] = result.get(one.scheme, frozenset()) | frozenset(one.scopes)
    return result


def scheme_partners(old: Contract, new: Contract) -> dict[int, int]:
    """Return for each index of a scheme of *new* that of the same in *old*, by name, then by what they mean.

    Of several that mean the same, those are partners which the same operations ask for.
    """
    before, after = _asked(old), _asked(new)
    known = partners(before, after, lambda one: one.scheme.name)
    known = completed(known, before, after, lambda one: (meaning(one.scheme), one.scheme.scopes, one.operations))
    known = completed(known, before, after, lambda one: (meaning(one.scheme), one.scheme.scopes))
    return completed(known, before, after, lambda one: meaning(one.scheme))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A scheme, and the operations that ask for it by method and shape of the path."""

    scheme: SecurityScheme
    operations: frozenset[tuple[str, str]]


def _asked(contract: Contract) -> list[_Asked]:
    operations: dict[str, set[tuple[str, str]]] = {}
    for operation in contract.operations:
        for alternative in operation.security:
            for one in alternative:
                operations.setdefault(one.scheme, set()).add((operation.method, shape(operation.path)))
    return [_Asked(each, frozenset(operations.get(each.name, ()))) for each in contract.security_schemes.values()]


def meaning(scheme: SecurityScheme) -> tuple[str, str, str, str]:
    """Return what callers see of *scheme*; names of headers have no case, those of cookies and parameters do."""
    location = scheme.key_location.value if scheme.key_location else ""
    name = scheme.key_name.lower() if location == "header" else scheme.key_name
    return scheme.kind.value, location, name, scheme.http_scheme or scheme.mechanism


def worded(alternative: Alternative) -> str:
    """Return *alternative* in words: "'oauth' with scopes 'a', 'b' and 'key'"."""
    return " and ".join(_scheme(name, scopes) for name, scopes in alternative.items()) or "no credentials"


def _scheme(name: str, scopes: frozenset[str]) -> str:
    listed = ", ".join(repr(scope) for scope in sorted(scopes))
    return f"{name!r} with {listed}" if scopes else repr(name)
