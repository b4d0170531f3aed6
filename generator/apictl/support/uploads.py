"""Bodies of requests that are sent as they come into being: files, and iterators of bytes."""

from __future__ import annotations

import io
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator
from functools import partial
from typing import Any, Final, TypeAlias, TypeGuard

import httpx2

from .binary import Binary
from .files import File

Chunks: TypeAlias = Iterable[bytes] | AsyncIterable[bytes]
"""Bytes in pieces; an open file is one."""

_PIECE: Final = 64 * 1024


def comes_in_pieces(value: Any) -> TypeGuard[Chunks]:
    """Whether *value* is bytes that are not there yet, as an open file or an iterator."""
    if isinstance(value, str | bytes | bytearray | memoryview | list | tuple | dict | File | Binary):
        return False
    return isinstance(value, Iterable | AsyncIterable)


class Upload(httpx2.SyncByteStream, httpx2.AsyncByteStream):
    """Sends bytes in pieces, once."""

    def __init__(self, chunks: Iterable[Any] | AsyncIterable[Any], write: Callable[[Any], bytes] = bytes) -> None:
        """Send *chunks*, each as *write* makes bytes of it."""
        self._chunks = chunks
        self._write = write
        self._is_sent = False

    def __iter__(self) -> Iterator[bytes]:
        """Yield the pieces.

        Raises:
            TypeError: they come asynchronously, and the client doesn't.
            httpx2.StreamConsumed: they were sent before, as when a redirect asks for them again.
        """
        self._begin()
        if isinstance(self._chunks, AsyncIterable):
            raise TypeError("an asynchronous iterator is sent by an asynchronous client")
        yield from map(self._write, _pieces(self._chunks))

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield the pieces.

        Raises:
            httpx2.StreamConsumed: they were sent before, as when a redirect asks for them again.
        """
        self._begin()
        if isinstance(self._chunks, AsyncIterable):
            async for chunk in self._chunks:
                yield self._write(chunk)
        else:
            for chunk in map(self._write, _pieces(self._chunks)):
                yield chunk

    def _begin(self) -> None:
        if self._is_sent:
            raise httpx2.StreamConsumed
        self._is_sent = True


def _pieces(chunks: Iterable[Any]) -> Iterator[Any]:
    # The lines of a file are no pieces: one may be all of it.
    if isinstance(chunks, io.BufferedIOBase | io.RawIOBase):
        return iter(partial(chunks.read, _PIECE), b"")
    return iter(chunks)
