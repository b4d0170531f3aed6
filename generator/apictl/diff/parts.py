"""The parts of an operation that both contracts have, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import assert_never

from apictl.contract.operation import Header, Operation, Parameter, ParameterLocation, Style
from apictl.diff.matching import completed, either, in_order, matched, partners
from apictl.diff.pairs import BodyPair, Definitions, HeaderPair, Life, OperationPair, ParameterPair
from apictl.diff.paths import renamed
from apictl.diff.scalars import is_scalar
from apictl.diff.spot import Spot


def parameter_pairs(pair: OperationPair, definitions: Definitions) -> Iterator[ParameterPair]:
    """Yield the parameters: those of a path by position, others by place and name; a lone name may change its place."""
    if pair.old is None or pair.new is None:
        return
    old, new = pair.old.parameters, pair.new.parameters
    names = renamed(pair.old.path, pair.new.path)
    by_place = partners([_identity(one, {}) for one in old], [_identity(one, names) for one in new], lambda key: key)
    for was, now in in_order(old, new, completed(by_place, old, new, lambda one: one.name)):
        one = either(now, was)
        at = pair.spot.of(was, now)
        yield ParameterPair(
            was,
            now,
            replace(at.at(f"{one.location.value} parameter {one.name!r}"), parameter=_written(one)),
            is_scalar=_are_scalar(was, now, definitions),
        )


def _written(one: Parameter) -> tuple[ParameterLocation, str] | None:
    """Return where and under which name the value of *one* stands as plain text; None when it is written otherwise."""
    is_plain = one.media_type is None and one.style in {Style.FORM, Style.SIMPLE}
    return (one.location, one.name) if is_plain else None


def body_pair(pair: OperationPair) -> BodyPair | None:
    """Return the request bodies, when there is any."""
    if pair.old is None or pair.new is None or (pair.old.request_body or pair.new.request_body) is None:
        return None
    old, new = pair.old.request_body, pair.new.request_body
    return BodyPair(old, new, pair.spot.of(old, new).at("request body"))


def header_pairs(
    old: Sequence[Header], new: Sequence[Header], spot: Spot, definitions: Definitions
) -> Iterator[HeaderPair]:
    """Yield the headers of the part at *spot* by name, whatever its case."""
    for was, now in matched(old, new, lambda header: header.name.lower()):
        at = spot.of(was, now)
        name = either(now, was).name
        yield HeaderPair(
            was,
            now,
            at.at(f"header {name!r} of {spot.part}"),
            is_scalar=_are_scalar(was, now, definitions),
        )


def life_of(one: Operation | Parameter) -> Life:
    """Return what is promised about how long *one* stays."""
    return Life(one.place, one.is_deprecated, one.sunset, one.stability)


def _identity(parameter: Parameter, names: Mapping[str, str]) -> tuple[ParameterLocation, str]:
    match parameter.location:
        case ParameterLocation.PATH:
            return parameter.location, names.get(parameter.name, parameter.name)
        case ParameterLocation.HEADER:
            return parameter.location, parameter.name.lower()
        case ParameterLocation.QUERYSTRING:
            return parameter.location, ""  # its name is not on the wire
        case ParameterLocation.QUERY | ParameterLocation.COOKIE:
            return parameter.location, parameter.name
        case _:
            assert_never(parameter.location)


def _are_scalar(old: Parameter | Header | None, new: Parameter | Header | None, definitions: Definitions) -> bool:
    return (old is None or is_scalar(old.schema, definitions.old)) and (
        new is None or is_scalar(new.schema, definitions.new)
    )
