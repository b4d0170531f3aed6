"""Bytes of Avro, read from a sender who may lie, and written (Apache Avro 1.11, Binary Encoding)."""

from __future__ import annotations

from typing import Final

_LONGEST: Final = 10
"""Bytes of an integer of 64 bits, 7 in each."""
_FREE: Final = 10_000
"""Values without a byte, such as null, that a message may have beyond one for each of its bytes."""
_DEEPEST: Final = 100


class Misfit(ValueError):
    """A value that is none of a type, or none of its encoding."""


class Source:
    """Bytes that are read once, from front to back."""

    __slots__ = ("_at", "_bytes", "_depth", "_free")

    def __init__(self, body: bytes) -> None:
        """Read *body*."""
        self._bytes = body
        self._at = 0
        self._free = _FREE + len(body)
        self._depth = 0

    def take(self, count: int) -> bytes:
        """Return the next *count* bytes.

        Raises:
            ValueError: there are fewer.
        """
        end = self._at + count
        if count < 0 or end > len(self._bytes):
            raise ValueError(f"{count} bytes are announced, {len(self._bytes) - self._at} are there")
        taken = self._bytes[self._at : end]
        self._at = end
        return taken

    def number(self) -> int:
        """Return the next integer: zigzag, 7 bits a byte, the lowest first.

        Raises:
            ValueError: it does not end, or has more than 64 bits.
        """
        body, start = self._bytes, self._at
        if start < len(body) and body[start] < 0x80:  # noqa: PLR2004 - the bit that says more follow
            self._at = start + 1
            return (body[start] >> 1) ^ -(body[start] & 1)
        bits = shift = 0
        for at in range(start, min(start + _LONGEST, len(body))):
            byte = body[at]
            bits |= (byte & 0x7F) << shift
            if byte < 0x80:  # noqa: PLR2004 - as above
                if bits >> 64:
                    break
                self._at = at + 1
                return (bits >> 1) ^ -(bits & 1)
            shift += 7
        raise ValueError("an integer does not end within 64 bits")

    def items(self) -> int:
        """Return how many items the next block of an array or a map has; 0 after the last.

        Raises:
            ValueError: there can't be as many.
        """
        count = self.number()
        if count < 0:
            count = -count
            self.number()  # the size of the block in bytes, for those who skip it
        if count > len(self._bytes) - self._at + self._free:
            raise ValueError(f"{count} items are announced, {len(self._bytes) - self._at} bytes are there")
        return count

    def spend(self) -> None:
        """Count a value that takes no byte: a count that lies could announce billions of them.

        Raises:
            ValueError: there are too many.
        """
        self._free -= 1
        if self._free < 0:
            raise ValueError("too many values take no byte")

    def enter(self) -> None:
        """Go one record deeper.

        Raises:
            ValueError: that is too deep.
        """
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ValueError(f"records are nested more than {_DEEPEST} deep")

    def leave(self) -> None:
        """Go back to the record around."""
        self._depth -= 1

    def end(self) -> None:
        """Assert that nothing is left.

        Raises:
            ValueError: something is.
        """
        left = len(self._bytes) - self._at
        if left:
            raise ValueError(f"{left} bytes are left over")


class Sink:
    """Bytes as they are written; `known` remembers which values fit which types while they are."""

    __slots__ = ("body", "known")

    def __init__(self) -> None:
        """Begin with nothing."""
        self.body = bytearray()
        self.known: dict[tuple[int, int], bool] = {}

    def number(self, value: int) -> None:
        """Write an integer of 64 bits."""
        bits = (value << 1) ^ (value >> 63)
        while bits > 0x7F:  # noqa: PLR2004 - what 7 bits hold
            self.body.append((bits & 0x7F) | 0x80)
            bits >>= 7
        self.body.append(bits)

    def sized(self, content: bytes) -> None:
        """Write *content* after its length."""
        self.number(len(content))
        self.body += content
