"""Whether a receiver accepts all that a sender may send as one message, and what shows that it does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from apictl.contract.contract import Contract
from apictl.contract.definition import Definition
from apictl.contract.ends import End
from apictl.contract.events import Message, PayloadFormat
from apictl.contract.schema import JsonValue, Schema, definition_reference
from apictl.diff.law import Effect, Side
from apictl.diff.schemas.comparison import SchemaComparison
from apictl.diff.schemas.difference import ROOT, SchemaAt, SchemaDifference, ValuePath
from apictl.diff.spot import Spot
from apictl.diff.values import dotted, shown
from apictl.diff.witnesses.search import Witness, Witnesses
from apictl.findings import Place
from apictl.rules.dials import Dials
from apictl.rules.tolerance import schema_waiver

_UNREAD: Final = frozenset({PayloadFormat.PROTOBUF, PayloadFormat.OTHER})
"""Formats of which nobody here knows what they allow."""
_TRIES: Final = 3
"""Most differences that a witness is looked for."""
_LIMITS: Final = frozenset({"tightened", "added", "changed"})


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why a message is not accepted.

    Attributes:
        refused_at: where the receiver says so.
        allowed_at: where the sender says otherwise.
        reason: kind of the difference between the schemas; "content-type" when that differs.
        path: into the message: `payload` or `headers`, then steps into it.
        facts: of the difference.
        others: what is refused besides, without proof.
        proof: None when no message was found, or none is needed.
    """

    refused_at: Place
    allowed_at: Place
    reason: str
    path: ValuePath = ROOT
    facts: Mapping[str, JsonValue] = field(default_factory=lambda: MappingProxyType({}))
    others: tuple[Misfit, ...] = ()
    proof: Witness | None = None

    @property
    def is_schema(self) -> bool:
        """Whether schemas differ, so that a value could show it."""
        return self.reason != "content-type"

    @property
    def _is_missed(self) -> bool:
        """Whether the receiver requires what the sender may leave out."""
        match self.reason:
            case "property-required":
                return True
            case "property-added":
                return bool(self.facts.get("is_required"))
            case "property-removed":
                return bool(self.facts.get("is_open"))
            case _:
                return False

    @property
    def words(self) -> str:
        """What differs, and where."""
        part = dotted("", self.path).lstrip(".") or "the message"
        old, new = self.facts.get("old"), self.facts.get("new")
        keyword, _, event = self.reason.rpartition("-")
        match self.reason:
            case "content-type":
                text = f"it is sent as {shown(old)}, and read as {shown(new)}"
            case "enum-value-removed":
                text = f"{part} may not be {shown(self.facts.get('value'))}"
            case "null-removed":
                text = f"{part} may not be null"
            case _ if self._is_missed:
                text = f"{part} is required, and may be missing"
            case "additional-properties-forbidden":
                text = f"{part} may not have members that are not declared"
            case "property-removed" | "property-forbidden":
                text = f"{part} may not be there"
            case "type-narrowed" | "type-changed" if isinstance(new, list) and new:
                text = f"{part} must be {' or '.join(map(str, new))}"
            case _ if event in _LIMITS and new is not None:
                sent = "is not limited" if old is None else f"is {shown(old)}"
                text = f"{keyword.replace('-', ' ')} of {part} is {shown(new)}, and {sent} for the sender"
            case "schema-changed":
                text = (
                    f"it does not accept every {part}" if self.path else "no message that it knows accepts all of them"
                )
            case _:
                text = f"{part} is narrower ({self.reason})"
        return text


class Acceptance:
    """Compares the messages of two services; what is found out about a pair is kept."""

    def __init__(self, sender: Contract, receiver: Contract) -> None:
        """Take the contracts whose definitions the messages refer to."""
        self._sent, self._received = _Wholes(sender), _Wholes(receiver)
        sent, received = self._sent.definitions, self._received.definitions
        self._comparison = SchemaComparison(sent, received)
        self._witnesses = Witnesses(sent, received)
        self._known: dict[tuple[str, tuple[str, ...]], Misfit | None] = {}

    def misfit(self, message: Message, receivers: tuple[End, ...]) -> Misfit | None:
        """Return why the receiver refuses some of *message* at all its ends, *receivers*; None when it takes them all.

        One that it only knows of, and does not handle, may come as well. A message that may be anything, or is in a
        format that is not read, is not judged.
        """
        if message.payload is None or message.payload.format in _UNREAD:
            return None
        handled = {each.name: each for receiver in receivers for each in receiver.messages}
        known = {each.name: each for receiver in receivers for each in receiver.known}
        accepted = tuple((handled if message.name in handled else known | handled).values())
        key = (message.name, tuple(each.name for each in accepted))
        if key not in self._known:
            self._known[key] = self._found(message, accepted) if accepted else None
        return self._known[key]

    def _found(self, message: Message, accepted: tuple[Message, ...]) -> Misfit | None:
        alike = tuple(each for each in accepted if _is_same_type(message.content_type, each.content_type))
        if not alike:
            first = _namesake(message, accepted) or accepted[0]
            facts: dict[str, JsonValue] = {"old": message.content_type, "new": first.content_type}
            return Misfit(first.place, message.place, "content-type", facts=MappingProxyType(facts))
        named = _namesake(message, alike)
        if named is not None and not self._differences(message, (named,)):
            return None
        differences = self._differences(message, alike)
        if not differences:
            return None
        told = (named,) if named is not None else alike
        return self._told(message, told, self._differences(message, told))

    def _differences(self, message: Message, accepted: tuple[Message, ...]) -> tuple[SchemaDifference, ...]:
        old, new = self._pair(message, accepted)
        spot = Spot(Side.ACCEPTS, old.place, new.place)
        return tuple(
            each
            for each in self._comparison.differences(old, new)
            if each.effect in {Effect.NARROWS, Effect.INCOMPARABLE}
            and not schema_waiver(each.kind, each.facts, spot, Dials(), side=Side.ACCEPTS)
        )

    def _told(
        self, message: Message, accepted: tuple[Message, ...], differences: tuple[SchemaDifference, ...]
    ) -> Misfit:
        """Return the first of *differences* that a message shows, else the first of all."""
        old, new = self._pair(message, accepted)
        for difference in differences[:_TRIES]:
            narrowing = SchemaDifference(
                difference.kind, Effect.NARROWS, difference.path, difference.old, difference.new, difference.facts
            )
            witness = self._witnesses.find(narrowing, old, new)
            if witness is not None:
                return _misfit(difference, differences, witness)
        return _misfit(differences[0], differences, None)

    def _pair(self, message: Message, accepted: tuple[Message, ...]) -> tuple[SchemaAt, SchemaAt]:
        has_headers = any(each.headers is not None for each in (message, *accepted))
        branches = [self._received.whole(each, has_headers=has_headers) for each in accepted]
        whole: Schema = branches[0] if len(branches) == 1 else {"anyOf": list[JsonValue](branches)}
        sent = self._sent.whole(message, has_headers=has_headers, is_sent=True)
        return SchemaAt(sent, message.place), SchemaAt(whole, accepted[0].place)


def _misfit(difference: SchemaDifference, all_: tuple[SchemaDifference, ...], witness: Witness | None) -> Misfit:
    return Misfit(
        refused_at=difference.new,
        allowed_at=difference.old,
        reason=difference.kind,
        path=difference.path,
        facts=difference.facts,
        others=tuple(_misfit(each, (), None) for each in all_ if each is not difference),
        proof=witness,
    )


class _Wholes:
    """Messages of one contract as schemas of objects with payload and headers, each of which is a definition."""

    def __init__(self, contract: Contract) -> None:
        self.definitions: dict[str, Definition] = dict(contract.definitions)
        self._names: dict[tuple[str, str], str] = {}
        for message in contract.events.messages.values() if contract.events is not None else ():
            if message.payload is not None:
                self._add(message, "payload", message.payload.schema, message.payload.place)
            if message.headers is not None:
                headers: Schema = message.headers if isinstance(message.headers, bool) else dict(message.headers)
                self._add(message, "headers", headers, message.place.child("headers"))

    def whole(self, message: Message, *, has_headers: bool, is_sent: bool = False) -> dict[str, JsonValue]:
        """Return the schema of all of *message*; one that is sent has no headers that it does not declare."""
        parts: dict[str, JsonValue] = {"payload": self._part(message, "payload", otherwise={})}
        if has_headers:
            parts["headers"] = self._part(message, "headers", otherwise={"const": {}} if is_sent else {})
        return {"type": "object", "properties": parts, "required": list[JsonValue](parts)}

    def _add(self, message: Message, part: str, schema: Schema, place: Place) -> None:
        name = f"{part} of {message.name}"
        while name in self.definitions:
            name += "'"
        self._names[message.name, part] = name
        self.definitions[name] = Definition(name, schema, place)

    def _part(self, message: Message, part: str, *, otherwise: dict[str, JsonValue]) -> JsonValue:
        name = self._names.get((message.name, part))
        return otherwise if name is None else definition_reference(name)


def _namesake(message: Message, accepted: tuple[Message, ...]) -> Message | None:
    """Return the message of *accepted* that is most likely meant; None when there are several that may be."""
    found = next((each for each in accepted if each.name == message.name), None)
    return accepted[0] if found is None and len(accepted) == 1 else found


def _is_same_type(one: str, other: str) -> bool:
    """Whether both are one media type, whatever its parameters, or somebody does not say."""
    first, second = (text.partition(";")[0].strip().lower() for text in (one, other))
    return not first or not second or first == second
