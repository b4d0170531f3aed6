"""Who calls: bearer tokens, and what they allow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from trips_api.server import BearerToken, Forbidden

Role: TypeAlias = Literal["passenger", "driver", "system"]
"""As whom a caller acts on trips."""

ALL_SCOPES: Final = frozenset({"trips:read", "trips:write", "trips:drive"})
"""Everything that the contract lets anybody do."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Whom a token stands for.

    Attributes:
        name: the same for every token of one caller.
        role: as whom the caller acts on trips.
        scopes: what the token allows.
    """

    name: str
    role: Role
    scopes: frozenset[str]


class Tokens:
    """Judges bearer tokens by a table; a real service would ask its OpenID provider."""

    def __init__(self, callers: Mapping[str, Caller]) -> None:
        """Know *callers* by their token."""
        self._callers = callers

    async def login(self, credential: BearerToken, scopes: tuple[str, ...]) -> Caller | None:
        """Return whose token it is; None for a token of nobody.

        Raises:
            Forbidden: the token lacks one of *scopes*.
        """
        caller = self._callers.get(credential.token)
        if caller is not None and not caller.scopes.issuperset(scopes):
            raise Forbidden(f"the token allows {', '.join(sorted(caller.scopes))}, not {', '.join(scopes)}")
        return caller
