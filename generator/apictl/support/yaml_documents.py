"""YAML documents as they come over the wire: what they share with JSON, by the core schema of YAML 1.2 (RFC 9512).

What reads and writes YAML is imported for the first document: only packages whose contract has such bodies need it.
"""

from __future__ import annotations

import codecs
import functools
import importlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Final, TypeAlias

from .documents import read_json
from .yaml_scalars import plain_value

MAX_NESTING: Final = 200
"""Levels of mappings and sequences within each other, aliases expanded."""
MAX_EVENTS: Final = 1_000_000
"""Scalars, beginnings and ends of one document: the work of two seconds."""
MAX_ALIASED: Final = 100_000
"""Nodes that may be reached through aliases, counted as often as they are reached."""

_NAMES: Final = frozenset(
    f"{kind}/{name}" for kind in ("application", "text") for name in ("yaml", "x-yaml", "vnd.yaml", "yml", "x-yml")
)
_CORE: Final = "tag:yaml.org,2002:"
_TEXT_TAGS: Final = ("!", f"{_CORE}str")
_SCALAR_TAGS: Final = frozenset({f"{_CORE}null", f"{_CORE}bool", f"{_CORE}int", f"{_CORE}float"})
_COLLECTION_TAGS: Final = (None, "!", f"{_CORE}map", f"{_CORE}seq")
_CHARACTERS_A_NODE: Final = 100
"""So many characters of a scalar weigh as much as one node, when aliases repeat it."""

# YAML 1.1 breaks lines at these, YAML 1.2 does not (section 5.4): libyaml sees stand-ins from the private use area.
_OLD_BREAKS: Final = ("\x85", "\u2028", "\u2029")
_STAND_INS: Final = range(0xE000, 0xF8FF)

Restore: TypeAlias = "Callable[[str], str] | None"


def is_yaml(media_type: str) -> bool:
    """Return whether *media_type* names YAML or a format built on it (RFC 9512, 2)."""
    essence = media_type.partition(";")[0].strip().lower()
    return essence in _NAMES or essence.endswith("+yaml")


def read_yaml(raw: bytes) -> Any:
    """Return the JSON value that the document *raw* says; what is no word of the core schema is text, as dates are.

    Raises:
        ValueError: it is no YAML, or nothing that JSON has: tags, infinity, two equal keys, several documents, and
            aliases or nesting beyond reason.
    """
    if raw.startswith((b"{", b"[")):
        with suppress(ValueError):
            return read_json(raw)  # JSON is YAML (YAML 1.2, 1.3), even with surrogates that YAML does not join
    yaml = _yaml()
    hidden, restore = hide_old_breaks(_decoded(raw))
    composer = _Composer(yaml, restore)
    try:
        parser = getattr(yaml, "CBaseLoader", yaml.BaseLoader)(hidden)
        while (event := parser.get_event()) is not None:
            composer.take(event)
    except yaml.MarkedYAMLError as fault:
        where = fault.problem_mark
        place = "" if where is None else f" at line {where.line + 1}, column {where.column + 1}"
        raise ValueError(f"{fault.problem or fault.context}{place}") from None
    except yaml.YAMLError as fault:
        raise ValueError(str(fault).partition("\n")[0]) from None
    return composer.top[0] if composer.top else None


def write_yaml(value: Any) -> bytes:
    """Return the JSON value *value* as a document, in blocks, that readers of YAML 1.1 understand, too."""
    yaml = _yaml()
    text: str = yaml.dump(value, Dumper=_dumper(yaml), allow_unicode=True, sort_keys=False, width=_LINE)
    return text.encode()


def hide_old_breaks(text: str) -> tuple[str, Restore]:
    """Return *text* with stand-ins for what broke lines in YAML 1.1 alone, and what brings it back."""
    present = [mark for mark in _OLD_BREAKS if mark in text]
    if not present:
        return text, None
    free = (chr(code) for code in _STAND_INS if chr(code) not in text)
    stand_ins = dict(zip(present, free, strict=False))
    back = {ord(stand_in): mark for mark, stand_in in stand_ins.items()}
    hidden = text.translate({ord(mark): stand_in for mark, stand_in in stand_ins.items()})
    return hidden, lambda value: value.translate(back)


def _yaml() -> ModuleType:
    return importlib.import_module("yaml")


def _decoded(raw: bytes) -> str:
    """Return the text of *raw*, whose first bytes tell how it is encoded (YAML 1.2, 5.2)."""
    is_wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return raw.decode("utf-16" if is_wide else "utf-8-sig")


# --------------------------------------------------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True)
class _Anchored:
    """A finished node that aliases may repeat: its value, how many nodes that is, and how many levels."""

    value: Any
    weight: int
    height: int


@dataclass(slots=True)
class _Open:
    """A mapping or sequence that is not closed yet; `key` is that of the next value."""

    content: dict[str, Any] | list[Any]
    anchor: str | None = None
    key: str | None = None
    weight: int = 1
    height: int = 1

    @property
    def expects_key(self) -> bool:
        return self.key is None and isinstance(self.content, dict)

    def put(self, node: _Anchored) -> None:
        self.weight += node.weight
        self.height = max(self.height, node.height + 1)
        if isinstance(self.content, list):
            self.content.append(node.value)
        elif self.key is not None:
            self.content[self.key] = node.value
            self.key = None


class _Composer:
    """Makes a value of the events of one text; without recursion, for the text may be hostile."""

    def __init__(self, yaml: ModuleType, restore: Restore) -> None:
        self.top: list[Any] = []
        self._yaml = yaml
        self._restore = restore
        self._open = [_Open(self.top)]
        self._anchors: dict[str, _Anchored] = {}
        self._aliased = 0
        self._events = 0
        self._documents = 0

    def take(self, event: Any) -> None:
        """Take the next event.

        Raises:
            ValueError: it makes the document one that is not read.
        """
        yaml = self._yaml
        self._events += 1
        if self._events > MAX_EVENTS:
            raise _refusal(event, f"more than {MAX_EVENTS} nodes")
        match event:
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.MappingStartEvent():
                self._enter(event, {})
            case yaml.SequenceStartEvent():
                self._enter(event, [])
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                closed = self._open.pop()
                self._put(_Anchored(closed.content, closed.weight, closed.height), closed.anchor)
            case yaml.AliasEvent():
                self._alias(event)
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    raise _refusal(event, "a second document begins")
            case _:
                pass

    def _scalar(self, event: Any) -> None:
        text = event.value if self._restore is None else self._restore(event.value)
        if self._open[-1].expects_key:
            self._take_key(event, text)
            return
        weight = 1 + len(text) // _CHARACTERS_A_NODE
        self._put(_Anchored(_scalar_value(event, text), weight, 0), event.anchor)

    def _enter(self, event: Any, content: dict[str, Any] | list[Any]) -> None:
        if self._open[-1].expects_key:
            raise _refusal(event, "a key is no text")
        if len(self._open) > MAX_NESTING:
            raise _refusal(event, f"more than {MAX_NESTING} levels")
        if event.tag not in _COLLECTION_TAGS:
            raise _refusal(event, f"the tag {event.tag[:50]!r} is not known")
        self._open.append(_Open(content, event.anchor))

    def _alias(self, event: Any) -> None:
        node = self._anchors.get(event.anchor)
        if node is None:
            raise _refusal(event, f"the alias {event.anchor[:50]!r} has no node that ended before it")
        self._aliased += node.weight
        if self._aliased > MAX_ALIASED or len(self._open) - 1 + node.height > MAX_NESTING:
            raise _refusal(event, "aliases repeat more than is read")
        if self._open[-1].expects_key:
            if not isinstance(node.value, str):
                raise _refusal(event, "a key is no text")
            self._take_key(event, node.value)
        else:
            self._put(node, None)

    def _take_key(self, event: Any, key: str) -> None:
        holder = self._open[-1]
        if key in holder.content:
            raise _refusal(event, f"the key {key[:50]!r} is there twice")
        is_plain = isinstance(event, self._yaml.ScalarEvent) and event.implicit[0]
        if is_plain and key == "<<":
            raise _refusal(event, "the merge key is none of YAML 1.2")
        holder.key = key

    def _put(self, node: _Anchored, anchor: str | None) -> None:
        if anchor is not None:
            self._anchors[anchor] = node
        self._open[-1].put(node)


def _scalar_value(event: Any, text: str) -> Any:
    if event.tag in _TEXT_TAGS or (event.tag is None and not event.implicit[0]):
        return text
    if event.tag is not None and event.tag not in _SCALAR_TAGS:
        raise _refusal(event, f"the tag {event.tag[:50]!r} is not known")
    plain = plain_value(text)
    if plain.value is None and plain.flaw:
        raise _refusal(event, f"{text[:50]!r} is a number that JSON does not have")
    if event.tag is not None and isinstance(plain.value, str):
        raise _refusal(event, f"{text[:50]!r} does not fit its tag")
    return plain.value


def _refusal(event: Any, reason: str) -> ValueError:
    mark = event.start_mark
    return ValueError(f"{reason}, at line {mark.line + 1}, column {mark.column + 1}")


# --------------------------------------------------------------------------------------------------------- writing

_LINE: Final = 1 << 30
"""Characters; a line is never folded."""


@functools.cache
def _dumper(yaml: ModuleType) -> Any:
    """Return what writes values: each by itself, without aliases, and text so that it stays text."""

    def written(dumper: Any, text: str) -> Any:
        # Such as 1e5, which is text in YAML 1.1 only: PyYAML would leave it without quotation marks.
        is_text = isinstance(plain_value(text).value, str)
        return dumper.represent_scalar(f"{_CORE}str", text, style=None if is_text else '"')

    base = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    dumper: Any = type("Writing", (base,), {"ignore_aliases": lambda _self, _value: True})
    dumper.add_representer(str, written)
    return dumper
