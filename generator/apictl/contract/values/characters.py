"""Sets of characters, as the classes of regular expressions name them."""

from __future__ import annotations

import functools
import unicodedata
from typing import Final, TypeAlias

Ranges: TypeAlias = tuple[tuple[int, int], ...]
"""Code points, as sorted spans with both ends included."""

LAST_POINT: Final = 0x10FFFF
DIGITS: Final[Ranges] = ((48, 57),)
WORD: Final[Ranges] = ((48, 57), (65, 90), (95, 95), (97, 122))
SPACE: Final[Ranges] = ((9, 13), (32, 32), (160, 160), (0x2028, 0x2029))


def complement(ranges: Ranges) -> Ranges:
    """Return the code points that are not in *ranges*."""
    gaps: list[tuple[int, int]] = []
    start = 0
    for first, last in ranges:
        if first > start:
            gaps.append((start, first - 1))
        start = last + 1
    return (*gaps, (start, LAST_POINT)) if start <= LAST_POINT else tuple(gaps)


@functools.lru_cache(maxsize=64)
def property_ranges(name: str) -> Ranges:
    """Return the characters of a Unicode property below U+3000: a general category, or the word a name begins with."""
    wanted = name.rpartition("=")[2]
    script = wanted.upper() + " "
    category = {"Letter": "L", "Number": "N", "Punctuation": "P", "Symbol": "S", "Alphabetic": "L"}.get(wanted, wanted)
    return merged_spans(
        [
            (point, point)
            for point in range(0x3000)
            if unicodedata.category(chr(point)).startswith(category)
            or unicodedata.name(chr(point), "").startswith(script)
        ],
    )


def merged_spans(ranges: list[tuple[int, int]]) -> Ranges:
    """Return *ranges* sorted, with those that touch made one."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)
