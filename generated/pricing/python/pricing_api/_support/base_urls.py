"""Addresses below the base URL of a transport."""

from __future__ import annotations

import httpx2


class BaseUrl:
    """Where the service answers."""

    def __init__(self, url: httpx2.URL) -> None:
        """Resolve paths below *url*."""
        self.url = url
        self.host = url.netloc
        self._prefix = str(url).rstrip("/")
        self._joined: tuple[str, httpx2.URL] = ("", url)

    def join(self, target: str) -> httpx2.URL:
        """Return the URL of *target*, path and query, below this one.

        Raises:
            ValueError: there is no base URL, or *target* makes it longer than httpx2 can send.
        """
        last, joined = self._joined
        if last == target:
            return joined
        if not self.url.is_absolute_url:
            message = "the transport has no base URL: httpx2.Client(base_url=…) says where the service answers"
            raise ValueError(message)
        try:
            joined = httpx2.URL(self._prefix + target)
        except httpx2.InvalidURL as fault:
            raise ValueError(str(fault)) from fault
        self._joined = (target, joined)
        return joined
