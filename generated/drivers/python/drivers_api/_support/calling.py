"""What callers of both kinds know: transport, credentials, and the rules of calling."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import httpx2

from . import spans
from .credentials import Wallet
from .declarations import Operation
from .exchanges import Exchange, Policy
from .judge import Judge
from .requests import Requests

NO_ARGUMENTS: Final[Mapping[str, Any]] = MappingProxyType({})
SCOPE: Final = __name__.partition(".")[0]
"""Instrumentation scope of spans: the name of the package."""


class Limits(NamedTuple):  # a dataclass takes four times as long to make, at every call
    """How long a call may take.

    Attributes:
        timeout_seconds: bound of each wait on the network; None for the transport's own.
        deadline_seconds: bound of the call as a whole; None for that of the client's `Retries`.
    """

    timeout_seconds: float | None = None
    deadline_seconds: float | None = None


NO_LIMITS: Final = Limits()


class Calling:
    """What callers of both kinds know: transport, credentials and the rules of calling."""

    def __init__(self, http: httpx2.Client | httpx2.AsyncClient, judge: Judge, wallet: Wallet, policy: Policy) -> None:
        """Call through *http* as *policy* says, showing credentials of *wallet*."""
        self.judge = judge
        self.policy = policy
        self.wallet = wallet
        self.requests = Requests(http, judge, wallet)
        self._http = http
        self._is_plain = policy.retries is None and policy.hooks is None and not wallet.has_sources

    def is_plain(self, limits: Limits) -> bool:
        """Whether a call within *limits* is one request and nothing else."""
        return self._is_plain and limits.deadline_seconds is None and not spans.are_wanted()

    def exchange(self, operation: Operation[Any], make: Callable[[], httpx2.Request], limits: Limits) -> Exchange:
        """Return the exchange of *operation*, whose requests are those of *make*."""
        return Exchange(
            operation=operation,
            make=make,
            sources=self.wallet.sources(operation) if self.wallet.has_sources else (),
            policy=self.policy,
            deadline=self.policy.deadline(limits.deadline_seconds),
            usual=self._http.timeout,
            scope=SCOPE,
        )
