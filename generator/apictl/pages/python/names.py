"""Wire names to Python names: readable, valid, unique, and the same wherever a name stands in its document."""

from __future__ import annotations

import functools
import hashlib
import keyword
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar

Owner = TypeVar("Owner", bound=Hashable)

LONGEST = 100
"""Characters; a longer name keeps its beginning and gets a hash."""

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_PASCAL = re.compile(r"[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*")
_ACRONYM = 3
_FEWEST_DIGITS = 4
_SPELLED = {"ETag": "Etag", "OAuth": "Oauth", "OpenID": "Openid", "GitHub": "Github"}
"""Words of the field with a capital inside."""


def words(text: str) -> list[str]:
    """Return the words of *text*, split at anything but letters and digits and where case changes."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    for spelled, word in _SPELLED.items():
        plain = plain.replace(spelled, word)
    return [word for chunk in re.split(r"[^A-Za-z0-9]+", plain) for word in _joined(_WORD.findall(chunk))]


def _joined(pieces: list[str]) -> list[str]:
    """Return *pieces* with digits put back behind the word before them: `last4` is one word."""
    joined: list[str] = []
    for piece in pieces:
        if piece.isdigit() and joined:
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


@functools.lru_cache(maxsize=20_000)
def snake(text: str, fallback: str) -> str:
    """Return *text* as `snake_case`; *fallback* begins names that would have no letter in front."""
    name = "_".join(word.lower() for word in words(text))
    if not name:
        name = f"{fallback}_{_digest(text)}"
    elif name[0].isdigit():
        name = f"{fallback}_{name}"
    return _shortened(name + "_" if keyword.iskeyword(name) else name, text)


def constant(text: str, fallback: str) -> str:
    """Return *text* as `CONSTANT_CASE`."""
    return snake(text, fallback).rstrip("_").upper()


@functools.lru_cache(maxsize=20_000)
def pascal(text: str, fallback: str) -> str:
    """Return *text* as `PascalCase`; *fallback* begins names that would have no letter in front."""
    name = text if _PASCAL.fullmatch(text) else "".join(_capitalised(word) for word in words(text))
    if not name:
        name = f"{fallback}{_digest(text).capitalize()}"
    elif name[0].isdigit():
        name = fallback + name
    return _shortened(name + "_" if keyword.iskeyword(name) else name, text)


def _capitalised(word: str) -> str:
    is_shouted = word.isupper() and len(word) > _ACRONYM
    return word.capitalize() if is_shouted else word[0].upper() + word[1:]


def _shortened(name: str, text: str) -> str:
    return name if len(name) <= LONGEST else f"{name[:LONGEST]}_{_digest(text)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def unique(
    wire_names: Iterable[str], spell: Callable[[str], str], *, reserved: frozenset[str] = frozenset()
) -> Mapping[str, str]:
    """Return a Python name for each of *wire_names*, no two alike, none in *reserved*.

    A name that is spelled as on the wire keeps its spelling; of the others the first in alphabetical order of the
    wire names does, so that the order of a document names nothing.
    """
    names = list(dict.fromkeys(wire_names))
    taken = set(reserved)
    chosen: dict[str, str] = {}
    for name in sorted(names, key=lambda wire: (spell(wire) != wire, wire)):
        spelled = spell(name)
        candidate, number = spelled, 2
        while candidate in taken:
            candidate, number = f"{spelled.rstrip('_')}_{number}", number + 1
        taken.add(candidate)
        chosen[name] = candidate
    return {name: chosen[name] for name in names}


def apart(
    wanted: Mapping[Owner, str], identity: Callable[[Owner], str], *, reserved: frozenset[str] = frozenset()
) -> Mapping[Owner, str]:
    """Return *wanted*, names by owner, with hexadecimal digits behind each that is wanted twice or is in *reserved*.

    The four digits, or more where they meet, are those of the owner's *identity*, which no other owner shares: who
    else is there, and in which order, changes no name.
    """
    counts = Counter(wanted.values())
    taken = {*counts, *reserved}
    chosen = dict(wanted)
    for owner in sorted(wanted, key=identity):
        name = wanted[owner]
        if counts[name] > 1 or name in reserved:
            digits = hashlib.sha256(identity(owner).encode("utf-8", "surrogatepass")).hexdigest()
            longer = (name + digits[:length] for length in range(_FEWEST_DIGITS, len(digits) + 1))
            chosen[owner] = next(text for text in longer if text not in taken)
            taken.add(chosen[owner])
    return chosen


def package_name(service: str) -> str:
    """Return the import name of the package of *service*."""
    return snake(service, "service").rstrip("_") + "_api"
