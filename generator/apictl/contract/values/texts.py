"""Strings that a conjunction may allow: in its format, of its pattern, of its lengths; nobody has judged them yet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from apictl.contract.values.conjunction import Conjunction
from apictl.contract.values.formats import format_texts, is_known_format
from apictl.contract.values.pattern_text import WIDTH_LIMIT, Writer, is_open_ended, lookaheads, width_of
from apictl.contract.values.patterns import UnreadablePattern, parse_pattern

_VARIANTS: Final = 12
_BOUNDARY_LIMIT: Final = 4096
"""Longest string made for an upper limit alone, in characters."""


def texts(node: Conjunction, word: str) -> Iterator[str]:
    """Yield candidates for *node*, the plainest first; *word* is what free text is made of."""
    least, most = node.at_least("minLength"), node.at_most("maxLength")
    if least > WIDTH_LIMIT or (most is not None and most < least):
        return
    patterns = node.texts("pattern")
    formats = [name for name in node.texts("format") if is_known_format(name)]
    lengths = _lengths(least, most, natural=4 if patterns else len(word))
    for name in formats:
        yield from format_texts(name, lengths)
    for pattern in patterns:
        yield from pattern_texts(pattern, lengths)
    if not formats and not patterns:
        yield from (free_text(word, length) for length in lengths)
    elif patterns:
        yield from (free_text(word, length) for length in lengths[:1])
        yield from (_mixed(length) for length in lengths)


def pattern_texts(pattern: str, lengths: tuple[int, ...]) -> Iterator[str]:
    """Yield texts that *pattern* is likely to match, of *lengths* where it bends."""
    try:
        tree = parse_pattern(pattern)
        low, high = width_of(tree)
        if low > WIDTH_LIMIT:
            return
        starts_free, ends_free = is_open_ended(tree)
        for length in (max(lengths[0], low, 1 if high else 0), *lengths):
            text = Writer().text(tree, length)
            yield text
            if len(text) < length and (starts_free or ends_free):
                filler = "a" * (length - len(text))
                yield text + filler if ends_free else filler + text
        wanted = "".join(Writer().text(ahead, 1) for ahead in lookaheads(tree))
        if wanted:
            yield from (wanted.ljust(length, "a") for length in lengths)
            yield from (wanted.rjust(length, "a") for length in lengths)
        for variant in range(1, _VARIANTS):
            yield Writer(variant).text(tree, max(low, lengths[variant % len(lengths)]))
    except UnreadablePattern:
        return


def free_text(word: str, length: int) -> str:
    """Return *word*, cut or repeated to *length* characters."""
    return (word * (length // len(word) + 1))[:length] if word else "a" * length


def other_texts(node: Conjunction, drawn: int) -> Iterator[str]:
    """Yield a few more candidates that *drawn* decides, past the boundaries."""
    least, most = node.at_least("minLength"), node.at_most("maxLength")
    if least > WIDTH_LIMIT:
        return
    span = 24 if most is None else max(min(most - least, 24), 0)
    length = least + drawn % (span + 1)
    letters = "".join("abcdefghijklmnopqrstuvwxyz"[(drawn >> (index % 37)) % 26] for index in range(length))
    for name in node.texts("format"):
        known = format_texts(name, ())
        yield from known[drawn % len(known) :][:1] if known else ()
    yield letters
    for pattern in node.texts("pattern"):
        try:
            tree = parse_pattern(pattern)
            if width_of(tree)[0] <= WIDTH_LIMIT:
                yield Writer(drawn % 997).text(tree, max(length, 1))
        except UnreadablePattern:
            continue


def _lengths(least: int, most: int | None, *, natural: int) -> tuple[int, ...]:
    """Return lengths to try, first the one nearest to *natural*, then the edges."""
    natural = max(least, natural)
    natural = natural if most is None else min(natural, most)
    edges = [natural, least, least + 1]
    if most is not None:
        edges += [length for length in (most, most - 1) if 0 <= length <= max(_BOUNDARY_LIMIT, least)]
    edges += [24]
    fitting = [length for length in edges if length >= least and (most is None or length <= most)]
    return tuple(islice(dict.fromkeys(fitting), 6))


def _mixed(length: int) -> str:
    """Return text with a sign of each kind, as the lookaheads of passwords want it."""
    return ("Aa1!" * (length // 4 + 1))[: max(length, 8)]
