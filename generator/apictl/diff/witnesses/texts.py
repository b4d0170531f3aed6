"""Texts that one pattern matches and another does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from apictl.contract.values.judge import Judge
from apictl.contract.values.pattern_text import Writer, width_of
from apictl.contract.values.patterns import UnreadablePattern, parse_pattern
from apictl.contract.values.texts import pattern_texts

_LENGTHS: Final = (4, 0, 1, 2, 3, 8, 16, 32)
_VARIANTS: Final = 40
_SIGNS: Final = "a1A_-. /é"
_POSITIONS: Final = 12
_KNOWN_TEXTS: Final = 60
_FOUND_LIMIT: Final = 12
_TRIED_LIMIT: Final = 4_000


def texts_apart(accepted: Sequence[str], refused: str, judge: Judge) -> list[str]:
    """Return texts that all patterns of *accepted* match and *refused* does not, the shortest first."""
    found = (
        text
        for text in islice(_candidates((*accepted, refused)), _TRIED_LIMIT)
        if not judge.matches(refused, text) and all(judge.matches(pattern, text) for pattern in accepted)
    )
    return sorted(dict.fromkeys(islice(found, _FOUND_LIMIT)), key=lambda text: (len(text), text))


def _candidates(patterns: Sequence[str]) -> Iterator[str]:
    """Yield texts of *patterns*, then the same ones with a character more, less, or another one."""
    known: list[str] = []
    for pattern in patterns:
        known += islice(_written(pattern), _KNOWN_TEXTS)
    known = list(dict.fromkeys(known))
    yield from known
    for text in known:
        yield from (text + sign for sign in _SIGNS)
        yield from (sign + text for sign in _SIGNS)
        for position in range(min(len(text), _POSITIONS)):
            yield text[:position] + text[position + 1 :]
            yield from (text[:position] + sign + text[position + 1 :] for sign in _SIGNS)


def _written(pattern: str) -> Iterator[str]:
    yield from pattern_texts(pattern, _LENGTHS)
    try:
        tree = parse_pattern(pattern)
        low, _ = width_of(tree)
        for variant in range(_VARIANTS):
            yield Writer(variant).text(tree, max(low, _LENGTHS[variant % len(_LENGTHS)]))
    except UnreadablePattern:
        return
