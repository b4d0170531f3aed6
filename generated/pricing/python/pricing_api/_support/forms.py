"""Bodies of `application/x-www-form-urlencoded`.

Each property is written in the style that its encoding declares; without one an array repeats its name, and an array
or object inside is a JSON document. A property that is null is left out: a form has no null (RFC 6570, 2.3).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote_plus

from .alphabets import FORM, PLAIN, Alphabet, escape_name
from .brackets import owns, read_brackets, write_brackets
from .declarations import Part
from .documents import is_json, read_json
from .guidance import Guide
from .judge import Schema
from .readings import Reading, inner, scalar_text, sequence
from .shapes import dump_json
from .styles import Pair, Spelling, read_members, read_pairs, read_text, write_pairs, write_text

PLAIN_PART: Final = Part()
MAX_FIELDS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Form:
    """What a contract says of a form.

    Attributes:
        parts: how properties are written, by name.
        schemas: of the whole form.
        guide: by those schemas.
    """

    parts: Mapping[str, Part]
    schemas: tuple[Schema, ...]
    guide: Guide

    def spread(self, name: str) -> frozenset[str]:
        """Return the names that the properties of the exploded object *name* have in the form."""
        inner_schemas = [self.guide.member(branch, name) for branch in self.guide.branches(self.schemas)]
        objects = [schemas for schemas in inner_schemas if self.guide.allows(schemas, "object")]
        return frozenset(found for schemas in objects for found in self.guide.declared(schemas))


def write_form(value: Mapping[str, Any], parts: Mapping[str, Part]) -> bytes:
    """Return the JSON object *value* as a form.

    Raises:
        ValueError: a property can't be written in its style.
    """
    given = ((name, item) for name, item in value.items() if item is not None)
    pairs = (pair for name, item in given for pair in write_field(name, item, parts.get(name), FORM))
    return "&".join(f"{escape_name(name)}={text}" for name, text in pairs).encode()


def write_field(name: str, value: Any, part: Part | None, alphabet: Alphabet) -> tuple[Pair, ...]:
    """Return one property as names and texts.

    Raises:
        ValueError: it can't be written in its style.
    """
    part = part or PLAIN_PART
    if part.style == "deepObject":
        pairs = write_brackets(value, _spelling(name, part, alphabet))
        if not pairs:
            raise ValueError(f"brackets can't carry the empty object {name!r}; leave it out")
        return pairs
    if part.style == "simple":
        return ((name, alphabet.escape(_joined(name, value), "")),)
    if part.style is not None:
        return write_pairs(value, _spelling(name, part, alphabet))
    if part.content_type is not None and is_json(part.content_type):
        return ((name, alphabet.escape(dump_json(value).decode(), "")),)
    if isinstance(value, dict):
        return ((name, alphabet.escape(dump_json(value).decode(), "")),)
    return write_pairs(value, _spelling(name, part, alphabet))


def read_form(raw: bytes, form: Form) -> Reading:
    """Return the reading of the urlencoded body *raw*.

    Raises:
        ValueError: it is no form of UTF-8 text, or a property is not written in its style.
    """
    fields = [field.partition("=") for field in raw.decode("ascii").split("&") if field]
    if len(fields) > MAX_FIELDS:
        raise ValueError(f"the form has more than {MAX_FIELDS} fields")
    pairs = [(unquote_plus(name, errors="strict"), text) for name, _, text in fields]
    members, claimed = read_styled(pairs, form, FORM)
    rest: dict[str, list[Reading]] = {}
    for name, text in pairs:
        if name not in claimed:
            rest.setdefault(name, []).append(_field(FORM.unescape(text), form.parts.get(name)))
    return Reading(members={**members, **{name: sequence(readings) for name, readings in rest.items()}})


def read_styled(pairs: Sequence[Pair], form: Form, alphabet: Alphabet) -> tuple[dict[str, Reading], frozenset[str]]:
    """Return the properties of *form* that declare a style, and the names of all *pairs* that went into them.

    Raises:
        ValueError: a property is not written in its style.
    """
    members: dict[str, Reading] = {}
    claimed: set[str] = set()
    for name, part in form.parts.items():
        if part.style is None:
            continue
        spelling = _spelling(name, part, alphabet)
        own = [pair for pair in pairs if (owns(name, pair[0]) if part.style == "deepObject" else pair[0] == name)]
        spread = form.spread(name) if part.explode and part.style != "deepObject" else frozenset()
        spread_pairs = [pair for pair in pairs if pair[0] in spread]
        if spread_pairs:
            members[name] = read_members(spread_pairs, spelling)
        elif own:
            members[name] = _styled(own, part, spelling)
        claimed |= {pair[0] for pair in (*own, *spread_pairs)}
    return members, frozenset(claimed)


def _styled(own: Sequence[Pair], part: Part, spelling: Spelling) -> Reading:
    is_bare = all(name == spelling.name for name, _ in own)
    reading: Reading | None
    if part.style == "deepObject" and is_bare and spelling.alphabet is PLAIN:
        # In parts OpenAPI 3.0 ignores styles (Encoding Object): objects are documents.
        reading = sequence([inner(text) for _, text in own])
    elif part.style == "deepObject":
        reading = read_brackets(own, spelling)
    elif part.style == "simple" and len(own) == 1:
        text = spelling.alphabet.unescape(own[0][1])
        reading = read_text(text, Spelling(spelling.name, "simple", explode=False, alphabet=PLAIN))
    else:
        reading = read_pairs([text for _, text in own], spelling)
    if reading is None:
        raise ValueError(f"{spelling.name!r} is given {len(own)} times")
    return reading


def _joined(name: str, value: Any) -> str:
    """Return *value* as one text, the items of an array joined by commas that nothing tells from those within them."""
    if isinstance(value, list) and any("," in scalar_text(item) for item in value):
        raise ValueError(f"an item of {name!r} has the delimiter ','")
    return write_text(value, Spelling(name, "simple", explode=False, alphabet=PLAIN))


def _field(text: str, part: Part | None) -> Reading:
    if part is None or part.content_type is None or not is_json(part.content_type):
        return inner(text)
    return Reading(literal=read_json(text.encode()))


def _spelling(name: str, part: Part, alphabet: Alphabet) -> Spelling:
    return Spelling(name, part.style or "form", part.explode, alphabet)
