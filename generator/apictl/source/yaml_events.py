"""YAML text → the events of libyaml, with the quirks of YAML 1.1 about line breaks taken out."""

from __future__ import annotations

from collections.abc import Iterator

from yaml import CBaseLoader
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from apictl.source.flaws import Flaw
from apictl.source.yaml_syntax import State, syntax_flaw
from apictl.support.yaml_documents import hide_old_breaks


class SyntaxFlaw(Exception):
    """The text is no YAML from here on.

    Attributes:
        flaw: what and where.
    """

    def __init__(self, flaw: Flaw) -> None:
        """Keep *flaw*."""
        super().__init__(flaw.message)
        self.flaw = flaw


def yaml_events(text: str) -> Iterator[Event]:
    """Yield the events of *text* up to the end of the stream.

    Raises:
        SyntaxFlaw: libyaml refuses the text.
    """
    hidden, restore = hide_old_breaks(text)
    parser = CBaseLoader(hidden)
    get = parser.get_event
    try:
        while (event := get()) is not None:
            if restore is not None and isinstance(event, ScalarEvent):
                event.value = restore(event.value)
            yield event
    except MarkedYAMLError as cause:
        raise SyntaxFlaw(syntax_flaw(cause, text, _state_at_the_end(hidden))) from cause
    except YAMLError as cause:
        raise SyntaxFlaw(Flaw("yaml-syntax", 0, "text is no YAML")) from cause


def _state_at_the_end(text: str) -> State:
    """Return what is open where libyaml refuses *text*; it is read once more, as a sound text needn't pay for it."""
    brackets: list[int] = []
    last: Event | None = None
    parser = CBaseLoader(text)
    try:
        while (event := parser.get_event()) is not None:
            last = event
            match event:
                case MappingStartEvent() | SequenceStartEvent():
                    # A pair by itself in a list is a mapping without brackets.
                    is_bracket = text[offset_of(event) : offset_of(event) + 1] in ("{", "[")
                    inherited = brackets[-1] if brackets else -1
                    brackets.append((offset_of(event) if is_bracket else inherited) if event.flow_style else -1)
                case MappingEndEvent() | SequenceEndEvent():
                    brackets.pop()
                case _:
                    pass
    except YAMLError:
        pass
    opener = brackets[-1] if brackets and brackets[-1] >= 0 else None
    return State(opener, last if isinstance(last, ScalarEvent) else None)


def offset_of(event: Event) -> int:
    """Return where *event* begins, in characters."""
    mark = event.start_mark
    return mark.index if mark is not None else 0


def anchor_of(event: AliasEvent) -> str:
    """Return the name that *event* refers to."""
    return str(event.anchor)
