"""What is said about the traffic between services."""

from __future__ import annotations

from dataclasses import dataclass

from apictl.contract.graph import Call, Flow, Graph
from apictl.contract.schema import JsonValue
from apictl.findings import Finding


@dataclass(frozen=True, slots=True)
class Proof:
    """A message that one service may send and another refuses.

    Attributes:
        value: `payload`, and `headers` where somebody declares them.
        path: to the part that is refused; of something missing, to what lacks it.
    """

    value: JsonValue
    path: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One finding about a graph.

    Attributes:
        finding: what is told.
        services: names of those that it is about, sorted.
        flow: that it is about; None when it is about none.
        call: that it is about; None when it is about none.
        message: name of the message that it is about; "" when it is about none.
        proof: None when there is none.
    """

    finding: Finding
    services: tuple[str, ...]
    flow: Flow | None = None
    call: Call | None = None
    message: str = ""
    proof: Proof | None = None


def member_names(graph: Graph, *, is_external: bool) -> frozenset[str]:
    """Return the names of the services of *graph* that are, or are not, run by somebody else."""
    return frozenset(member.name for member in graph.members if member.is_external is is_external)
