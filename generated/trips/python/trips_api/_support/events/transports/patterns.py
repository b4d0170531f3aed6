"""Addresses with parameters as the patterns of brokers whose names have levels."""

from __future__ import annotations

from typing import Final, NamedTuple

from ..addresses import Address

_PARAMETER: Final = "\0"


class Wildcards(NamedTuple):
    """How a broker writes patterns.

    Attributes:
        mark: between two levels.
        one: stands for one level.
        rest: stands for this level and all that follow.
    """

    mark: str
    one: str
    rest: str


def pattern(address: Address, wildcards: Wildcards) -> str:
    """Return a pattern that matches every address that *address* does, and maybe more.

    A wildcard stands for a whole level; and where a parameter may hold the broker's mark, for all that follows.
    """
    if not address.names:
        return address.template
    levels = _PARAMETER.join(address.literals).split(wildcards.mark)
    if address.separator == wildcards.mark:
        return wildcards.mark.join(wildcards.one if _PARAMETER in level else level for level in levels)
    first = next(number for number, level in enumerate(levels) if _PARAMETER in level)
    return wildcards.mark.join((*levels[:first], wildcards.rest))
