"""One change between two contracts: what happened, to whom, and how it is proved."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from apictl.contract.operation import ParameterLocation
from apictl.contract.schema import JsonValue
from apictl.diff.law import Effect, Side, breaks
from apictl.diff.schemas.difference import ROOT, ValuePath
from apictl.diff.spot import Spot
from apictl.diff.witnesses.search import Witness
from apictl.findings import Place

Cause: TypeAlias = tuple[object, ...]
"""What tells one change from all others."""


class Proof(enum.Enum):
    """Why a change is believed to do what it is said to do."""

    WITNESS = "witness"
    """There is a value that one contract allows and the other refuses."""
    LAW = "law"
    """It follows from what the documents say; no value is needed to show it."""
    UNPROVEN = "unproven"
    """The documents say so, but no value was found that shows it."""


@dataclass(frozen=True, slots=True)
class Use:
    """A part of an API that a change is felt at.

    Attributes:
        label: of the operation, as "POST /quotes"; "" outside of operations.
        operation_id: "" outside of operations.
        part: of the operation, as "query parameter 'limit'"; "" for the operation itself.
        path: into the value there.
        parameter: location and wire name of the one whose value is written as plain text there; None of all else.
    """

    label: str
    operation_id: str
    part: str
    path: ValuePath = ROOT
    parameter: tuple[ParameterLocation, str] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened between two contracts.

    Attributes:
        rule: in kebab case, named after what happened.
        effect: on what is allowed there.
        side: of the wire.
        message: one sentence: thing, state; lower case but for names, no full stop.
        uses: where it is felt, one at least; the message speaks of the first, the others come nearest first.
        old: its place in the old document; of what would hold it when it was added.
        new: its place in the new document; of what would hold it when it was removed.
        facts: what the message says, by name.
        hint: what to do, when it is known.
        proof: of the effect.
        witness: of a schema's change, a value of the first use.
        waiver: why it breaks nobody though the law says so; "" when nothing is waived.
        risk: why it hurts often though it breaks nobody who keeps to the contract; "" when it doesn't, or breaks.
    """

    rule: str
    effect: Effect
    side: Side
    message: str
    uses: tuple[Use, ...]
    old: Place
    new: Place
    facts: Mapping[str, JsonValue] = field(default_factory=lambda: MappingProxyType({}))
    hint: str = ""
    proof: Proof = Proof.LAW
    witness: Witness | None = None
    waiver: str = ""
    risk: str = ""

    @property
    def is_breaking(self) -> bool:
        """Whether somebody who keeps to the old contract is hurt."""
        return breaks(self.side, self.effect) and not self.waiver

    @property
    def label(self) -> str:
        """The operation that the message speaks of."""
        return self.uses[0].label

    @property
    def part(self) -> str:
        """The part of the operation that the message speaks of."""
        return self.uses[0].part

    @property
    def path(self) -> ValuePath:
        """Into the value that the message speaks of."""
        return self.uses[0].path

    @property
    def operation_ids(self) -> tuple[str, ...]:
        """The operations where it is felt, each once, in the order of the new document."""
        return tuple(dict.fromkeys(use.operation_id for use in self.uses if use.operation_id))


def use_of(spot: Spot, path: ValuePath = ROOT) -> Use:
    """Return the use of what stands at *spot*."""
    return Use(spot.label, spot.operation_id, spot.part, path, spot.parameter)
