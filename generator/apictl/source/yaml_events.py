"""YAML text → the events of libyaml, with the quirks of YAML 1.1 about line breaks taken out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from yaml import CBaseLoader
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import AliasEvent, Event, ScalarEvent

from apictl.source.flaws import Flaw

# YAML 1.1 breaks lines at these, YAML 1.2 does not (section 5.4): libyaml sees stand-ins from the private use area.
_OLD_BREAKS = ("\x85", "\u2028", "\u2029")
_STAND_INS = range(0xE000, 0xF8FF)


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
    hidden, restore = _hide_old_breaks(text)
    parser = CBaseLoader(hidden)
    get = parser.get_event
    try:
        while (event := get()) is not None:
            if restore is not None and isinstance(event, ScalarEvent):
                event.value = restore(event.value)
            yield event
    except MarkedYAMLError as cause:
        raise SyntaxFlaw(_flaw(cause, len(text))) from cause
    except YAMLError as cause:
        raise SyntaxFlaw(Flaw("yaml-syntax", 0, "text is no YAML")) from cause


def offset_of(event: Event) -> int:
    """Return where *event* begins, in characters."""
    mark = event.start_mark
    return mark.index if mark is not None else 0


def anchor_of(event: AliasEvent) -> str:
    """Return the name that *event* refers to."""
    return str(event.anchor)


def _hide_old_breaks(text: str) -> tuple[str, Callable[[str], str] | None]:
    present = [mark for mark in _OLD_BREAKS if mark in text]
    if not present:
        return text, None
    free = (chr(code) for code in _STAND_INS if chr(code) not in text)
    stand_ins = dict(zip(present, free, strict=False))
    back = {ord(stand_in): mark for mark, stand_in in stand_ins.items()}
    hidden = text.translate({ord(mark): stand_in for mark, stand_in in stand_ins.items()})
    return hidden, lambda value: value.translate(back)


def _flaw(cause: MarkedYAMLError, length: int) -> Flaw:
    problem, context = cause.problem_mark, cause.context_mark
    at = min(problem.index, length) if problem is not None else 0
    related = None
    if context is not None and context.index != at:
        related = (str(cause.context or "begun here"), min(context.index, length))
    message = str(cause.problem or cause.context or "text is no YAML")
    if "Unicode character escape" in message:
        return Flaw(
            "control-character", at, "escape stands for half of a surrogate pair or no character", related=related
        )
    return Flaw("yaml-syntax", at, message, related=related, hint=_hint(message))


def _hint(message: str) -> str | None:
    if "\\t" in message or "tab" in message or "cannot start any token" in message:
        return "indent with spaces, and quote a value that begins with a tab, '@', '`' or '%'"
    if "mapping values are not allowed" in message:
        return "quote a value that holds ': '"
    return None
