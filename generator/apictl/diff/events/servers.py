"""Brokers side by side, and what they and operations ask of those who connect."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from apictl.contract.events import Channel, Events, EventServer
from apictl.contract.security import SecurityRequirement, SecurityScheme
from apictl.diff.demands import Demands, alternatives_of, meaning
from apictl.diff.events.pairs import EventServerPair
from apictl.diff.law import Side
from apictl.diff.matching import completed, either, in_order, partners
from apictl.diff.pairs import DemandsPair, SchemePair
from apictl.diff.spot import Role, Spot


@dataclass(frozen=True, slots=True)
class Protection:
    """What both contracts ask of those who connect, with schemes that mean the same by one name.

    Attributes:
        old: that name for each scheme of the old contract.
        new: the same of the new contract, where the old one has such a scheme.
    """

    old: Mapping[str, str]
    new: Mapping[str, str]

    def pair(
        self,
        old: tuple[tuple[SecurityRequirement, ...], ...],
        new: tuple[tuple[SecurityRequirement, ...], ...],
        spot: Spot,
    ) -> DemandsPair:
        """Return what *old* and *new* ask at *spot* of who is let in there, be it to send or to listen."""
        before, after = alternatives_of(old, self.old), alternatives_of(new, self.new)
        return DemandsPair(Demands(before, spot.old), Demands(after, spot.new), spot.on(Side.ACCEPTS))


def server_pairs(old: Events, new: Events) -> Iterator[EventServerPair]:
    """Yield the servers by protocol and address."""
    known = completed(
        partners(old.servers, new.servers, lambda server: (server.name, address(server))),
        old.servers,
        new.servers,
        address,
    )
    for was, now in in_order(old.servers, new.servers, known):
        url = address(either(now, was))
        spot = Spot(Side.ACCEPTS, old.place, new.place, label=f"server {url}", role=Role.EVENT)
        yield EventServerPair(was, now, spot.of(was, now))


def channel_server_pairs(
    old: tuple[Events, Channel], new: tuple[Events, Channel], spot: Spot
) -> Iterator[EventServerPair]:
    """Yield the servers that only one of two channels is on, of those that both contracts have."""
    before, after = _on(*old), _on(*new)
    known = {address(server) for server in old[0].servers} & {address(server) for server in new[0].servers}
    for url in dict.fromkeys([*after, *before]):
        if url in known and (url in before) is not (url in after):
            yield EventServerPair(before.get(url), after.get(url), spot)


def scheme_pairs(old: Events, new: Events) -> tuple[tuple[SchemePair, ...], Protection]:
    """Return the ways to authenticate at brokers by name, then by what they mean, and what is made of them.

    One that stands where it is asked for is no new one when another means the same (AsyncAPI 3.0, Operation Object).
    """
    before, after = tuple(old.security_schemes.values()), tuple(new.security_schemes.values())
    alike = {_sense(scheme) for scheme in before} & {_sense(scheme) for scheme in after}
    known = completed(partners(before, after, lambda scheme: (scheme.name, _sense(scheme))), before, after, _sense)
    known = completed(known, before, after, lambda scheme: None if _sense(scheme) in alike else scheme.name)
    known = completed(known, before, after, lambda scheme: None if _sense(scheme) in alike else meaning(scheme))
    used, asked = _scopes(old), _scopes(new)
    pairs = tuple(
        _scheme_pair(was, now, Spot(Side.ACCEPTS, old.place, new.place), (used, asked))
        for was, now in in_order(before, after, known)
        if (was is not None and now is not None) or _sense(either(now, was)) not in alike
    )
    first = {_sense(scheme): scheme.name for scheme in reversed(before)}
    names = {scheme.name: first[_sense(scheme)] for scheme in after if _sense(scheme) in alike}
    partner = {after[at].name: first[_sense(before[from_])] for at, from_ in known.items()}
    return pairs, Protection({scheme.name: first[_sense(scheme)] for scheme in before}, names | partner)


def _sense(scheme: SecurityScheme) -> Hashable:
    flows = tuple((flow.name, flow.authorization_url, flow.token_url, flow.refresh_url) for flow in scheme.flows)
    return meaning(scheme), scheme.discovery_url, flows


def address(server: EventServer) -> str:
    """Return where *server* is, as a url."""
    return f"{server.protocol}://{server.host}{server.pathname}".rstrip("/")


def _scheme_pair(
    old: SecurityScheme | None,
    new: SecurityScheme | None,
    spot: Spot,
    scopes: tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]],
) -> SchemePair:
    return SchemePair(
        old,
        new,
        spot.of(old, new),
        is_used=old is not None and old.name in scopes[0],
        old_scopes=frozenset() if old is None else scopes[0].get(old.name, frozenset()),
        new_scopes=frozenset() if new is None else scopes[1].get(new.name, frozenset()),
    )


def _scopes(events: Events) -> dict[str, frozenset[str]]:
    result: dict[str, frozenset[str]] = {}
    holders: Sequence[tuple[tuple[SecurityRequirement, ...], ...]] = [
        *(server.security for server in events.servers),
        *(operation.security for operation in events.operations),
    ]
    for one in (each for security in holders for alternative in security for each in alternative):
        result[one.scheme] = result.get(one.scheme, frozenset()) | frozenset(one.scopes)
    return result


def _on(events: Events, channel: Channel) -> dict[str, EventServer]:
    return {
        address(server): server for server in events.servers if not channel.servers or server.name in channel.servers
    }
