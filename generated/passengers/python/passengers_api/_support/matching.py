"""Request paths to operations: literal paths first, as OpenAPI asks, on the path as it was sent.

A template may end in a fixed query, as `/responses?beta=true`: it then asks for these pairs, in any order and among any
others. Of the templates of one path, the one that asks for the most pairs comes first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Generic, TypeAlias, TypeVar
from urllib.parse import unquote_to_bytes

Target = TypeVar("Target")
Pair: TypeAlias = tuple[bytes, bytes]
"""Name and value, percent-decoded."""

_EXPRESSION = re.compile(r"\{([^{}]*)\}")
_FIXED_QUERY = re.compile(r"((?:[^{}?]|\{[^{}]*\})*)\?(.*)", re.DOTALL)


class PathPattern:
    """A path template, matched against a percent-encoded path and query.

    Attributes:
        template: as the contract writes it.
        path: the template without its fixed query.
        fixed: the pairs of the fixed query.
        names: of the expressions, in order.
        shape: the path without the names.
    """

    def __init__(self, template: str) -> None:
        """Compile *template*; each expression matches one or more characters other than "/"."""
        self.template = template
        # A "?" inside an expression belongs to its name.
        parted = _FIXED_QUERY.fullmatch(template)
        self.path, query = (template, "") if parted is None else parted.groups()
        self.fixed = frozenset(pairs_of(query.encode()))
        self.names = tuple(_EXPRESSION.findall(self.path))
        self.shape = _EXPRESSION.sub("{}", self.path)
        pieces = _EXPRESSION.split(self.path)
        self._whole = _pattern(pieces, _literal)
        # Where values share a segment, what is escaped is theirs, and parts them only if nothing else does.
        self._exact = _pattern(pieces, re.escape) if self.is_crowded else None

    def match(self, path: str) -> Mapping[str, str] | None:
        """Return the raw text of each expression when the whole of *path* matches."""
        found = (self._exact and self._exact.fullmatch(path)) or self._whole.fullmatch(path)
        return None if found is None else dict(zip(self.names, found.groups(), strict=True))

    def match_ending(self, path: str) -> Mapping[str, str] | None:
        """Return the raw text of each expression when *path*, below some prefix, matches."""
        return self.match(self.ending(path))

    def ending(self, path: str) -> str:
        """Return what is left of *path* below a prefix: as many segments as the template has."""
        return "/" + "/".join(path.split("/")[-self.path.count("/") :])

    def accepts(self, query: bytes) -> bool:
        """Return whether *query* holds all pairs of the fixed query."""
        return not self.fixed or self.fixed <= _held_by(query)

    def unfixed(self, query: bytes, spared: frozenset[bytes]) -> bytes:
        """Return *query* without the pairs of the fixed query, save those whose names are *spared*."""
        gone = {pair for pair in self.fixed if pair[0] not in spared}
        return b"&".join(part for part in query.split(b"&") if part and _pair(part) not in gone)

    @property
    def is_crowded(self) -> bool:
        """Whether several expressions share a segment."""
        return any(len(_EXPRESSION.findall(segment)) > 1 for segment in self.path.split("/"))

    @property
    def starlette_path(self) -> str:
        """The path with expressions that Starlette can name: `/{p0}/x/{p1}`."""
        pieces = _EXPRESSION.split(self.path)
        return "".join(f"{{p{number // 2}}}" if number % 2 else piece for number, piece in enumerate(pieces))

    @property
    def precedence(self) -> tuple[tuple[tuple[bool, int, int], ...], int, str]:
        """A sort key: paths whose literal parts come sooner and are longer sort first, then those with more pairs."""
        segments = tuple(
            ("{" in segment, -len(_EXPRESSION.sub("", segment)), len(_EXPRESSION.findall(segment)))
            for segment in self.path.split("/")
        )
        return segments, -len(self.fixed), self.template


def pairs_of(query: bytes) -> list[Pair]:
    """Return the pairs of *query*, in their order; "a" is the same as "a="."""
    return [_pair(part) for part in query.split(b"&") if part]


@lru_cache(maxsize=1)
def _held_by(query: bytes) -> frozenset[Pair]:
    """Return the pairs of *query*, kept while it is held against one template after the other."""
    return frozenset(pairs_of(query))


def _pair(part: bytes) -> Pair:
    name, _, value = part.replace(b"+", b" ").partition(b"=")
    return unquote_to_bytes(name), unquote_to_bytes(value)


def _pattern(pieces: Sequence[str], literal: Callable[[str], str]) -> re.Pattern[str]:
    """Return what matches *pieces*, literals and names by turns."""
    return re.compile("".join("([^/]+?)" if number % 2 else literal(piece) for number, piece in enumerate(pieces)))


def _literal(piece: str) -> str:
    """Return a pattern for *piece* whose characters may be percent-encoded (RFC 3986, 6.2.2)."""
    return "".join(
        re.escape(character)
        if (character.isascii() and character.isalnum()) or character == "/"
        else _encodable(character)
        for character in piece
    )


def _encodable(character: str) -> str:
    encoded = "".join(f"%{byte:02X}" for byte in character.encode())
    return f"(?:{re.escape(character)}|(?i:{re.escape(encoded)}))"


class PathTable(Generic[Target]):
    """Finds the target of a request."""

    def __init__(self, entries: Iterable[tuple[str, str, Target]]) -> None:
        """Enter each *(method, path template, target)*."""
        by_path: dict[str, dict[str, Target]] = {}
        for method, template, target in entries:
            by_path.setdefault(template, {})[method] = target
        found = ((PathPattern(template), methods) for template, methods in by_path.items())
        self._literal: dict[str, list[tuple[PathPattern, dict[str, Target]]]] = {}
        self._by_length: dict[int, list[tuple[PathPattern, dict[str, Target]]]] = {}
        for pattern, methods in sorted(found, key=lambda entry: entry[0].precedence):
            if not pattern.names:
                self._literal.setdefault(pattern.path, []).append((pattern, methods))
            self._by_length.setdefault(pattern.path.count("/"), []).append((pattern, methods))

    def find(self, path: str, query: bytes = b"") -> Iterator[tuple[str, Mapping[str, Target], Mapping[str, str]]]:
        """Yield shape, targets by method and raw path values of each template that matches, best first."""
        literal = self._literal.get(path, ())
        for pattern, methods in literal:
            if pattern.accepts(query):
                yield pattern.shape, methods, {}
        for pattern, methods in self._by_length.get(path.count("/"), ()):
            values = pattern.match(path)
            if values is not None and not (literal and pattern.path == path) and pattern.accepts(query):
                yield pattern.shape, methods, values

    def is_shadowed(self, pattern: PathPattern) -> bool:
        """Return whether some path that *pattern* matches is one of another shape, too."""
        others = (other for other, _ in self._by_length.get(pattern.path.count("/"), ()))
        return any(other.shape != pattern.shape and _meet(other.path, pattern.path) for other in others)


def _meet(first: str, second: str) -> bool:
    """Return whether a path may match both templates, as far as their literal segments tell."""
    pairs = zip(first.split("/"), second.split("/"), strict=True)
    return all("{" in one or "{" in other or one == other for one, other in pairs)
