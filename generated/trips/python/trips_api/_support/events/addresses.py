"""Addresses of channels: made with parameters, and recognised (AsyncAPI 3.0, Channel Object, `address`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Final

LONGEST_ADDRESS: Final = 1024

_PARAMETER: Final = re.compile(r"\{([^{}]*)\}")


class Address:
    """The address of a channel, with parameters between braces.

    A parameter stands for one or more characters within a segment: it holds no `/` where the address has one
    outside of parameters, else no `.` where the address has one.
    """

    def __init__(self, template: str) -> None:
        """Keep *template*, as the contract writes it."""
        self.template = template
        parts = _PARAMETER.split(template)
        self.literals = tuple(parts[::2])
        """The text around the parameters: one more than there are names."""
        self.names = tuple(parts[1::2])
        """Of the parameters, in their order."""

    @classmethod
    def concrete(cls, text: str) -> Address:
        """Return the address that matches *text* alone, braces included."""
        address = cls("")
        address.template = text
        address.literals = (text,)
        return address

    @property
    def separator(self) -> str:
        """What no parameter holds; "" when it may hold anything."""
        return next((mark for mark in "/." if any(mark in literal for literal in self.literals)), "")

    def made(self, values: Mapping[str, str]) -> str:
        """Return the concrete address.

        Raises:
            ValueError: a value is empty, or would change the segments of the address.
            KeyError: a parameter has no value.
        """
        pieces = [self.literals[0]]
        for name, literal in zip(self.names, self.literals[1:], strict=True):
            value = values[name]
            if not value or (self.separator and self.separator in value):
                raise ValueError(f"parameter {name!r} of {self.template!r} can't be {value!r}")
            pieces += (value, literal)
        return "".join(pieces)

    def values(self, address: str) -> Mapping[str, str] | None:
        """Return the value of each parameter in *address*; None when it is not of this channel."""
        if not self.names:
            return {} if address == self.literals[0] else None
        found = None if len(address) > LONGEST_ADDRESS else self.pattern.fullmatch(address)
        return None if found is None else dict(zip(self.names, found.groups(), strict=True))

    def with_wildcards(self, wildcard: str) -> str:
        """Return the address with *wildcard* for each parameter, as brokers want it: `+` in MQTT, `*` in NATS."""
        return wildcard.join(self.literals)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What a whole address must match, one group a parameter."""
        one = f"([^{re.escape(self.separator)}]+?)" if self.separator else "(.+?)"
        return re.compile(one.join(re.escape(literal) for literal in self.literals), re.DOTALL)

    def yields_to(self, other: Address) -> bool:
        """Return whether *other* is the nearer one for an address that both match: fewer parameters, then more text."""
        return (len(other.names), -len("".join(other.literals))) < (len(self.names), -len("".join(self.literals)))

    def __repr__(self) -> str:
        return f"Address({self.template!r})"
