"""Keys of YAML mappings: strings, integers that are status codes, and the merge key."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from yaml.events import ScalarEvent

from apictl.findings import Severity
from apictl.source.flaws import Flaw, quoted
from apictl.source.yaml_events import offset_of
from apictl.support.yaml_scalars import plain_value

_STATUS = re.compile(r"[1-5][0-9][0-9]\Z")
_STRING_TAGS: Final = (None, "!", "tag:yaml.org,2002:str")


class Key(NamedTuple):
    """A key as a string.

    Attributes:
        text: None for a key that is no string.
        flaw: what is wrong or surprising about it.
    """

    text: str | None
    flaw: Flaw | None = None


MERGE: Final = Key("<<")
"""The merge key of YAML 1.1, which YAML 1.2 has no word on and people use."""


def key_of(event: ScalarEvent) -> Key:
    """Return the key that *event* spells."""
    text = event.value
    if not event.implicit[0] or event.tag is not None:
        if event.tag not in _STRING_TAGS:
            return Key(None, _refused(event, f"key {quoted(text)} has tag {quoted(str(event.tag))}"))
        return Key(text)
    if text == "<<":
        return MERGE
    value = plain_value(text).value
    if isinstance(value, str):
        return Key(text)
    if _STATUS.match(text):
        message = f"integer key {text} is read as the string '{text}'"
        flaw = Flaw("key-unquoted", offset_of(event), message, Severity.INFO, on_key=True, hint=f"write '{text}'")
        return Key(text, flaw)
    kind = "null" if text in ("", "~") or value is None else "a boolean" if isinstance(value, bool) else "a number"
    return Key(None, _refused(event, f"key {quoted(text)} is {kind}, not a string"))


def _refused(event: ScalarEvent, message: str) -> Flaw:
    return Flaw("key-not-a-string", offset_of(event), message, hint="quote it")
