"""Who has to do with whom: by calls that the manifest names, and by addresses that two services share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from apictl.workspace.checking.records import Ends
from apictl.workspace.manifest import Service


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Whom a service has to do with in a way that has to be looked into, each sorted.

    Attributes:
        partners: services that send to where it receives, or receive from where it sends.
        providers: services that it calls, and which lack an operation that it calls.
        consumers: services that call an operation which it lacks.
    """

    partners: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    consumers: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, each once."""
        return tuple(sorted({*self.partners, *self.providers, *self.consumers}))


@dataclass(frozen=True, slots=True)
class Encounter:
    """A service and those that it has to do with.

    Attributes:
        root: absolute folder of the workspace.
        service: that is judged.
        neighbours: whom it has to do with.
        others: them.
    """

    root: str
    service: Service
    neighbours: Neighbours
    others: tuple[Service, ...]


class Meetings:
    """Who meets whom, by what is known of the ends of each."""

    def __init__(self, services: Iterable[Service], ends: Mapping[str, Ends]) -> None:
        """Take all *services* of a workspace and the *ends* of those that are known."""
        self._ends = ends
        self._calls = {service.name: dict(service.consumes) for service in services}
        self._callers: dict[str, list[str]] = {}
        for name, called in self._calls.items():
            for each in called:
                self._callers.setdefault(each, []).append(name)
        self._senders = _by_address((name, each.sends) for name, each in ends.items())
        self._receivers = _by_address((name, each.receives) for name, each in ends.items())

    def of(self, service: str) -> Neighbours:
        """Return whom *service* has to do with, without itself."""
        own = self._ends.get(service, Ends())
        partners = {name for address in own.sends for name in self._receivers.get(address, ())}
        partners.update(name for address in own.receives for name in self._senders.get(address, ()))
        providers = [name for name in self._calls.get(service, {}) if self._is_lacking(name, service)]
        consumers = [name for name in self._callers.get(service, ()) if self._is_lacking(service, name)]
        return Neighbours(tuple(sorted(partners - {service})), tuple(sorted(providers)), tuple(sorted(consumers)))

    def _is_lacking(self, provider: str, consumer: str) -> bool:
        ends = self._ends.get(provider)
        return ends is not None and not set(self._calls[consumer][provider]) <= set(ends.operations)


def _by_address(addresses: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, known in addresses:
        for address in known:
            found.setdefault(address, []).append(name)
    return found
