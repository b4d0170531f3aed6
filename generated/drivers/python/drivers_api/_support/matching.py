"""Request paths to operations: literal paths first, as OpenAPI asks, on the path as it was sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

Target = TypeVar("Target")

_EXPRESSION = re.compile(r"\{([^{}]*)\}")


class PathPattern:
    """A path template, matched against a percent-encoded path."""

    def __init__(self, template: str) -> None:
        """Compile *template*; each expression matches one or more characters other than "/"."""
        self.template = template
        self.names = tuple(_EXPRESSION.findall(template))
        pieces = _EXPRESSION.split(template)
        pattern = "".join("([^/]+?)" if number % 2 else _literal(piece) for number, piece in enumerate(pieces))
        self._whole = re.compile(pattern)
        self._ending = re.compile(f"(?:.*?){pattern}")

    def match(self, path: str) -> Mapping[str, str] | None:
        """Return the raw text of each expression when the whole of *path* matches."""
        found = self._whole.fullmatch(path)
        return None if found is None else dict(zip(self.names, found.groups(), strict=True))

    def match_ending(self, path: str) -> Mapping[str, str] | None:
        """Return the raw text of each expression when *path*, below some prefix, matches."""
        found = self._ending.fullmatch(path)
        return None if found is None else dict(zip(self.names, found.groups(), strict=True))

    @property
    def starlette_path(self) -> str:
        """The template with expressions that Starlette can name: `/{p0}/x/{p1}`."""
        pieces = _EXPRESSION.split(self.template)
        return "".join(f"{{p{number // 2}}}" if number % 2 else piece for number, piece in enumerate(pieces))

    @property
    def specificity(self) -> tuple[tuple[int, int], ...]:
        """A sort key: paths whose literal parts come sooner and are longer sort first."""
        return tuple(
            (len(_EXPRESSION.findall(segment)), -len(_EXPRESSION.sub("", segment)))
            for segment in self.template.split("/")
        )


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
        patterns = sorted(((PathPattern(template), methods) for template, methods in by_path.items()), key=_order)
        self._literal = {pattern.template: methods for pattern, methods in patterns if not pattern.names}
        self._templated: dict[int, list[tuple[PathPattern, dict[str, Target]]]] = {}
        for pattern, methods in patterns:
            self._templated.setdefault(pattern.template.count("/"), []).append((pattern, methods))

    def find(self, path: str) -> Iterable[tuple[Mapping[str, Target], Mapping[str, str]]]:
        """Yield the targets by method, with the raw path values, of each template that *path* matches, best first."""
        literal = self._literal.get(path)
        if literal is not None:
            yield literal, {}
        for pattern, methods in self._templated.get(path.count("/"), ()):
            values = pattern.match(path)
            if values is not None and methods is not literal:
                yield methods, values


def _order(entry: tuple[PathPattern, object]) -> tuple[tuple[tuple[int, int], ...], str]:
    pattern = entry[0]
    return pattern.specificity, pattern.template
