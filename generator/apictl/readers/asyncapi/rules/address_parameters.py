"""Parameters of a channel are the names in its address (AsyncAPI 3.0, Channel Object, `parameters`)."""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Finding, Place, Related, error
from apictl.readers.access import mapping
from apictl.readers.asyncapi.document import AsyncDocument
from apictl.readers.asyncapi.outline import ChannelSource
from apictl.readers.likeness import closest
from apictl.readers.templates import TEMPLATE


def address_parameters(document: AsyncDocument) -> Iterator[Finding]:
    """Yield an error for each name on one side only, and for a brace that encloses no name."""
    for channel in document.channels:
        if channel.address is None:
            continue
        is_key = document.version.is_second
        place = channel.node.place.key() if is_key else channel.node.place.child("address")
        names = TEMPLATE.findall(channel.address)
        rest = TEMPLATE.sub("", channel.address)
        shown = repr(channel.address[:80])
        if "{" in rest or "}" in rest or "" in names or len(names) != len(set(names)):
            message = f"address {shown} has a brace that encloses no name, or a name twice"
            yield error("channel-address-malformed", place, message)
            continue
        yield from _one_sided(channel, place, names)


def _one_sided(channel: ChannelSource, place: Place, names: list[str]) -> Iterator[Finding]:
    parameters = channel.node.place.child("parameters")
    shown = repr((channel.address or "")[:80])
    declared = [name for name in mapping(channel.node.fields.get("parameters")) if not name.startswith("x-")]
    lacking, unused = (
        [each for each in one if each not in other] for one, other in ((names, declared), (declared, names))
    )
    for name in unused:
        meant = lacking[0] if len(lacking) == len(unused) == 1 else closest(name, lacking)
        spot, message = parameters.child(name).key(), f"parameter {name[:60]!r} is not in address {shown}"
        if meant is None:
            yield error("channel-parameter-unused", spot, message)
        else:  # one flaw, not two
            lacking.remove(meant)
            related, hint = (Related("the address", place),), f"did you mean {meant[:60]!r}?"
            yield error("channel-parameter-unused", spot, message, related=related, hint=hint)
    for name in lacking:
        message = f"parameter {name[:60]!r} of address {shown} is not declared"
        yield error("channel-parameter-undeclared", place, message)
