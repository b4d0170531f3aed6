"""YAML text → tree: the core schema of YAML 1.2, with limits on depth, aliases and merge keys; iterative."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, NoReturn

from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from apictl.findings import Severity
from apictl.source.flaws import Flaw, quoted
from apictl.source.limits import MAX_ALIASED, MAX_FLAWS, MAX_NESTING
from apictl.source.tree import JsonValue
from apictl.source.yaml_events import SyntaxFlaw, anchor_of, offset_of, yaml_events
from apictl.source.yaml_keys import MERGE, key_of
from apictl.source.yaml_syntax import runaway_quote
from apictl.source.yaml_tags import mapping_tag_flaw, sequence_tag_flaw, tagged_value
from apictl.support.pointers import join_pointer

_CHARACTERS_A_NODE = 100
"""So many characters of a scalar weigh as much as one node, when aliases repeat it."""


class _Anchored(NamedTuple):
    """A finished node that aliases may repeat."""

    value: JsonValue
    weight: int
    height: int


@dataclass(slots=True)
class _Open:
    """A mapping or sequence that is not closed yet; `key` is None for a value that is thrown away."""

    content: dict[str, JsonValue] | list[JsonValue]
    at: int = 0
    anchor: str | None = None
    expects_key: bool = True
    key: str | None = None
    is_merge: bool = False
    is_flow: bool = False
    keys: dict[str, int] = field(default_factory=dict)
    merged: list[tuple[int, JsonValue]] = field(default_factory=list)
    weight: int = 1
    height: int = 1


class _Stop(Exception):
    """Nothing after this flaw is worth reading."""


def read_yaml(text: str) -> tuple[JsonValue, list[Flaw], bool]:
    """Return the tree of *text*, its flaws, and whether the tree is whole.

    Of equal keys the first counts. An empty document is None without any flaw.
    """
    composer = _Composer(text)
    try:
        composer.run(yaml_events(text))
    except SyntaxFlaw as cause:
        return None, [*composer.told(), cause.flaw], False
    except _Stop:
        return None, composer.told(), False
    return composer.root, composer.told(), True


class _Composer:
    """One pass over the events of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.top: list[JsonValue] = []
        self._flaws: list[Flaw] = []
        self._notes: dict[str, tuple[Flaw, int]] = {}
        self._open: list[_Open] = [_Open(self.top)]
        self._anchors: dict[str, _Anchored | None] = {}
        self._aliased = 0
        self._documents = 0

    @property
    def root(self) -> JsonValue:
        """The tree of the first document; None when there is none."""
        return self.top[0] if self.top else None

    def told(self) -> list[Flaw]:
        """Return the flaws, with one note for each kind of harmless surprise."""
        notes = (flaw if count == 1 else _counted(flaw, count) for flaw, count in self._notes.values())
        return [*self._flaws, *notes]

    def run(self, events: Iterable[Event]) -> None:
        """Take every event.

        Raises:
            _Stop: a limit is exceeded, or a second document begins.
        """
        for event in events:
            match event:
                case ScalarEvent():
                    self._scalar(event)
                case MappingStartEvent():
                    self._enter(event, {})
                case SequenceStartEvent():
                    self._enter(event, [])
                case MappingEndEvent() | SequenceEndEvent():
                    self._leave()
                case AliasEvent():
                    self._alias(event)
                case DocumentStartEvent():
                    self._start_document(event)
                case _:
                    # The ends of documents and the ends of the stream say nothing.
                    continue

    def _scalar(self, event: ScalarEvent) -> None:
        holder = self._open[-1]
        if holder.expects_key and isinstance(holder.content, dict):
            key = key_of(event)
            if event.anchor is not None:
                self._anchors[event.anchor] = _Anchored(key.text, 1, 0)
            self._take_key(key.text, offset_of(event), is_merge=key is MERGE)
            if key.flaw is not None:
                self._tell(key.flaw)
            return
        value, flaw = tagged_value(event)
        if flaw is not None:
            self._tell(flaw)
        if not event.implicit[0] and not holder.is_flow and (flaw := runaway_quote(self._text, event)) is not None:
            self._add(flaw)
            raise _Stop
        weight = 1 + len(event.value) // _CHARACTERS_A_NODE
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchored(value, weight, 0)
        self._put(value, weight, 0)

    def _enter(
        self, event: MappingStartEvent | SequenceStartEvent, content: dict[str, JsonValue] | list[JsonValue]
    ) -> None:
        at = offset_of(event)
        self._refuse_key(at)
        if len(self._open) > MAX_NESTING:
            self._stop("nesting-limit", at, f"document is nested deeper than {MAX_NESTING} levels")
        flaw = mapping_tag_flaw(event) if isinstance(content, dict) else sequence_tag_flaw(event)
        if flaw is not None:
            self._tell(flaw)
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        self._open.append(_Open(content, at, event.anchor, is_flow=bool(event.flow_style)))

    def _leave(self) -> None:
        closed = self._open.pop()
        if closed.merged and isinstance(closed.content, dict):
            self._merge(closed.content, closed.merged)
        if closed.anchor is not None:
            self._anchors[closed.anchor] = _Anchored(closed.content, closed.weight, closed.height)
        self._put(closed.content, closed.weight, closed.height)

    def _alias(self, event: AliasEvent) -> None:
        name, at, holder = anchor_of(event), offset_of(event), self._open[-1]
        anchored = self._anchors.get(name)
        if anchored is None:
            if name in self._anchors:
                self._add(Flaw("alias-recursive", at, f"alias {quoted('*' + name)} is inside the node it stands for"))
            else:
                self._add(Flaw("alias-undefined", at, f"alias {quoted('*' + name)} has no anchor before it"))
            anchored = _Anchored(None, 1, 0)
        self._spend(anchored.weight, at)
        if len(self._open) - 1 + anchored.height > MAX_NESTING:
            self._stop("nesting-limit", at, f"document is nested deeper than {MAX_NESTING} levels")
        if holder.expects_key and isinstance(holder.content, dict):
            if isinstance(anchored.value, str):
                self._take_key(anchored.value, at)
                return
            self._refuse_key(at)
        self._put(anchored.value, anchored.weight, anchored.height)

    def _start_document(self, event: DocumentStartEvent) -> None:
        self._documents += 1
        at = offset_of(event)
        if self._documents > 1:
            self._stop("documents-several", at, "expected one document, found a second")
        if event.version is not None and event.version != (1, 2):
            major, minor = event.version
            message = f"directive %YAML {major}.{minor} is not followed, document is read as YAML 1.2"
            self._tell(Flaw("yaml-directive", at, message, Severity.WARNING))
        if event.tags:
            self._tell(Flaw("yaml-directive", at, "directive %TAG has no use in a contract", Severity.WARNING))

    def _put(self, value: JsonValue, weight: int, height: int) -> None:
        holder = self._open[-1]
        holder.weight += weight
        if height >= holder.height:
            holder.height = height + 1
        if isinstance(holder.content, list):
            holder.content.append(value)
            return
        if holder.expects_key:
            # A mapping or sequence was the key and has been refused: its value goes the same way.
            holder.key, holder.is_merge, holder.expects_key = None, False, False
            return
        if holder.is_merge:
            holder.merged.append((holder.keys.get("<<", holder.at), value))
        elif holder.key is not None:
            holder.content.setdefault(holder.key, value)
        holder.expects_key = True

    def _take_key(self, key: str | None, at: int, *, is_merge: bool = False) -> None:
        holder = self._open[-1]
        holder.key, holder.is_merge, holder.expects_key = key, is_merge, False
        if key is None:
            return
        first = holder.keys.setdefault(key, at)
        if first != at:
            related = ("first defined here", first)
            message = f"key {quoted(key)} is defined twice"
            self._add(Flaw("key-duplicate", at, message, pointer=self._pointer(), on_key=True, related=related))

    def _refuse_key(self, at: int) -> None:
        holder = self._open[-1]
        if isinstance(holder.content, dict) and holder.expects_key:
            self._add(Flaw("key-not-a-string", at, "key is a mapping, a list or an alias of no string, not a string"))

    def _merge(self, content: dict[str, JsonValue], merged: list[tuple[int, JsonValue]]) -> None:
        for at, value in merged:
            sources = value if isinstance(value, list) else [value]
            for source in sources:
                if isinstance(source, dict):
                    self._spend(len(source), at)
                    for key, child in source.items():
                        content.setdefault(key, child)
                else:
                    self._add(Flaw("merge-not-a-mapping", at, "merge key '<<' holds something that is no mapping"))

    def _spend(self, nodes: int, at: int) -> None:
        self._aliased += nodes
        if self._aliased > MAX_ALIASED:
            self._stop("alias-expansion-limit", at, f"aliases and merge keys repeat more than {MAX_ALIASED} nodes")

    def _tell(self, flaw: Flaw) -> None:
        if flaw.severity is Severity.ERROR:
            self._add(flaw)
        else:
            first, count = self._notes.get(flaw.rule) or (self._placed(flaw), 0)
            self._notes[flaw.rule] = (first, count + 1)

    def _add(self, flaw: Flaw) -> None:
        self._flaws.append(flaw if flaw.pointer else self._placed(flaw))
        if len(self._flaws) >= MAX_FLAWS:
            raise _Stop

    def _stop(self, rule: str, at: int, message: str) -> NoReturn:
        self._flaws.append(Flaw(rule, at, message))
        raise _Stop

    def _placed(self, flaw: Flaw) -> Flaw:
        return Flaw(
            flaw.rule, flaw.at, flaw.message, flaw.severity, self._pointer(), flaw.on_key, flaw.related, flaw.hint
        )

    def _pointer(self) -> str:
        steps = [str(len(o.content)) if isinstance(o.content, list) else o.key for o in self._open[1:]]
        return join_pointer([step for step in steps if step is not None])


def _counted(flaw: Flaw, count: int) -> Flaw:
    message = f"{flaw.message} (and {count - 1} more like it)"
    return Flaw(flaw.rule, flaw.at, message, flaw.severity, flaw.pointer, flaw.on_key, flaw.related, flaw.hint)
