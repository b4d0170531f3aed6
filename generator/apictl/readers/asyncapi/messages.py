"""The messages that channels and operations use, each once, under a name of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from apictl.findings import Finding, info
from apictl.readers.access import Key, items, key_of, mapping, text
from apictl.readers.asyncapi.kinds import Inventory, Kind, Node
from apictl.readers.asyncapi.schema_sources import SchemaSource, schema_source
from apictl.readers.asyncapi.traits import Whole, with_traits
from apictl.readers.asyncapi.version import Version
from apictl.readers.schemas.names import pascal, short_hash
from apictl.readers.schemas.naming import place_name


@dataclass(frozen=True, slots=True)
class Sighting:
    """A message where it is used.

    Attributes:
        node: the message, behind its references.
        made: name that the place of its use gives.
    """

    node: Node
    made: str


@dataclass(frozen=True, slots=True)
class MessageSource:
    """A message of the document.

    Attributes:
        name: unique among the messages.
        whole: its fields, traits merged in.
        headers: None when nothing is declared.
        payload: None when nothing is declared.
    """

    name: str
    whole: Whole
    headers: SchemaSource | None
    payload: SchemaSource | None

    @property
    def node(self) -> Node:
        """The message as written."""
        return self.whole.node


def messages_in(inventory: Inventory, holder: Node | None) -> Iterator[Node]:
    """Yield the messages that *holder* is, behind references: itself, or those that it is one of (AsyncAPI 2)."""
    stack, seen = [holder], set[Key]()
    while stack:
        node = stack.pop()
        if node is None:
            continue
        node = inventory.resolve(node)
        if node.kind is not Kind.MESSAGE or key_of(node.place) in seen:
            continue
        seen.add(key_of(node.place))
        if "oneOf" in node.fields:
            branches = range(len(items(node.fields["oneOf"])))
            stack.extend(inventory.child(node, "oneOf", index) for index in reversed(branches))
        else:
            yield node


def message_sources(
    inventory: Inventory, sightings: Sequence[Sighting], version: Version
) -> tuple[dict[Key, MessageSource], list[Finding]]:
    """Return the messages by what identifies them, in order of first sight, and notes about names that met."""
    wholes: dict[Key, Whole] = {}
    wanted: dict[Key, list[str]] = {}
    for sighting in sightings:
        key = key_of(sighting.node.place)
        if key not in wholes:
            wholes[key] = with_traits(inventory, sighting.node, version)
            wanted[key] = _candidates(wholes[key], sighting)
    names = _unique(wanted)
    notes = [
        info(
            "name-clash",
            wholes[key].node.place,
            f"name {wanted[key][0][:60]!r} is wanted twice, {name[-60:]!r} is used",
        )
        for key, name in names.items()
        if name != wanted[key][0]
    ]
    return {
        key: MessageSource(
            names[key],
            whole,
            schema_source(inventory, whole, "headers", version),
            schema_source(inventory, whole, "payload", version),
        )
        for key, whole in wholes.items()
    }, notes


def _candidates(whole: Whole, sighting: Sighting) -> list[str]:
    """Names for a message, the best first."""
    place = whole.node.place
    parts = place.pointer.split("/")
    is_component = parts[1:3] == ["components", "messages"] and len(parts) == 4  # noqa: PLR2004
    own = place_name(place) if is_component or parts == [""] else ""
    names = [whole.text("name"), own, whole.text("messageId"), sighting.made]
    return [name for name in dict.fromkeys(names) if name]


def _unique(wanted: Mapping[Key, Sequence[str]]) -> dict[Key, str]:
    """Give each message its best name that no other wants as much; a hash of its place where all are taken."""
    chosen = dict.fromkeys(wanted, 0)
    names: dict[Key, str] = {}
    for _ in range(max(map(len, wanted.values()), default=0) + 1):
        names = {key: _nth(wanted[key], at, key) for key, at in chosen.items()}
        holders: dict[str, list[Key]] = {}
        for key, name in names.items():
            holders.setdefault(name, []).append(key)
        clashing = [key for keys in holders.values() if len(keys) > 1 for key in keys]
        if not clashing:
            break
        for key in clashing:
            chosen[key] += 1
    return names


def _nth(names: Sequence[str], index: int, key: Key) -> str:
    if index < len(names):
        return names[index]
    return names[0] + short_hash("#".join(key), 4 + 4 * (index - len(names)))


def made_name(channel: str, node: Node) -> str:
    """Return a name for a message without one: of its channel, and of what it carries when it is one of several."""
    payload = mapping(node.fields.get("payload"))
    referred = text(payload.get("$ref")).rpartition("/")[2]
    word = text(node.fields.get("title")) or text(payload.get("title")) or referred
    return f"{pascal(channel)}{pascal(word) or 'Message'}"
