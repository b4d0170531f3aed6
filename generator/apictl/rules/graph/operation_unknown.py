"""A service consumes an operation that there is not.

`consumes` in `apictl.yaml` names the operations of other services that a service calls, by their operation ids. This
one is in no contract of the service that is named: it was removed or renamed, or the name is mistyped. Until that is
mended `apictl diff` can't tell who is hit by a change of it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Final

from apictl.contract.graph import Graph
from apictl.findings import error
from apictl.rules.graph.judgement import Judgement

ID: Final = "operation-unknown"
_LONGEST: Final = 60


def unknown_operations(graph: Graph) -> Iterator[Judgement]:
    """Yield what is consumed and is not there, of services whose contracts were read."""
    members = {member.name: member for member in graph.members}
    for call in graph.calls:
        provider = members.get(call.provider)
        if call.operation is not None or provider is None or not provider.is_whole:
            continue
        wanted = call.consumption.operation_id[:_LONGEST]
        known = [] if provider.requests is None else [operation.id for operation in provider.requests.operations]
        close = difflib.get_close_matches(wanted, known, n=1)
        message = f"{call.consumer!r} consumes {wanted!r}, which {call.provider!r} does not offer"
        finding = error(
            ID, call.consumption.place, message, hint=f"did you mean {close[0][:_LONGEST]!r}?" if close else None
        )
        yield Judgement(finding, tuple(sorted({call.consumer, call.provider})), call=call)
