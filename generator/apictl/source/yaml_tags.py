"""Scalars with and without tags → values; only the tags of the core schema are known, and nothing is ever run."""

from __future__ import annotations

from typing import Final

from yaml.events import MappingStartEvent, ScalarEvent, SequenceStartEvent

from apictl.findings import Severity
from apictl.source.flaws import Flaw, quoted
from apictl.source.limits import MAX_DIGITS
from apictl.source.tree import JsonValue
from apictl.source.yaml_events import offset_of
from apictl.support.yaml_scalars import Plain, plain_value

_CORE: Final = "tag:yaml.org,2002:"
_SCALAR_TYPES: Final[dict[str, tuple[type, ...]]] = {
    _CORE + "null": (type(None),),
    _CORE + "bool": (bool,),
    _CORE + "int": (int,),
    _CORE + "float": (int, float),
}


def tagged_value(event: ScalarEvent) -> tuple[JsonValue, Flaw | None]:
    """Return the value of *event*, and what is wrong or surprising about it."""
    if event.implicit[0] and event.tag is None:
        plain = plain_value(event.value)
        return (plain.value, _flaw(event, plain)) if plain.flaw else (plain.value, None)
    # Quoted and without a tag, or with "!", the tag that says "no tag" (YAML 1.2.2, section 6.9.1).
    if event.tag in (None, "!", _CORE + "str"):
        return event.value, None
    types = _SCALAR_TYPES.get(str(event.tag))
    if types is None:
        return event.value, _unknown(event)
    plain = plain_value(event.value)
    if plain.flaw:
        return plain.value, _flaw(event, plain)
    if type(plain.value) not in types:
        message = f"{quoted(event.value)} does not fit its tag {_shown(str(event.tag))}"
        return event.value, Flaw("tag-unknown", offset_of(event), message)
    return (
        float(plain.value) if isinstance(plain.value, int) and str(event.tag).endswith("float") else plain.value
    ), None


def mapping_tag_flaw(event: MappingStartEvent | SequenceStartEvent) -> Flaw | None:
    """Return what is wrong with the tag of a mapping."""
    return None if event.tag in (None, "!", _CORE + "map") else _unknown(event)


def sequence_tag_flaw(event: MappingStartEvent | SequenceStartEvent) -> Flaw | None:
    """Return what is wrong with the tag of a sequence."""
    return None if event.tag in (None, "!", _CORE + "seq") else _unknown(event)


def _unknown(event: ScalarEvent | MappingStartEvent | SequenceStartEvent) -> Flaw:
    message = f"tag {_shown(str(event.tag))} is unknown; a contract holds plain mappings, lists and scalars"
    return Flaw("tag-unknown", offset_of(event), message, hint="remove the tag")


def _shown(tag: str) -> str:
    return quoted("!!" + tag.removeprefix(_CORE) if tag.startswith(_CORE) else tag)


def _flaw(event: ScalarEvent, plain: Plain) -> Flaw | None:
    at, text = offset_of(event), quoted(event.value)
    match plain.flaw:
        case "number-not-finite":
            return Flaw(plain.flaw, at, f"number {text} is not finite and has no place in JSON")
        case "number-too-large":
            return Flaw(plain.flaw, at, f"number has {len(event.value)} characters, more than {MAX_DIGITS}")
        case "number-leading-zero":
            message = f"number {text} is read as {plain.value}: a leading zero makes no octal in YAML 1.2"
            return Flaw(plain.flaw, at, message, Severity.WARNING, hint="write 0o for octal, or quote it")
        case "boolean-word-unquoted":
            message = f"{text} is a string in YAML 1.2, but a boolean to older tools"
            return Flaw(plain.flaw, at, message, Severity.INFO, hint="quote it")
        case _:
            return None
