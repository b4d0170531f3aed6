"""URLs of brokers that have several hosts, which no URL of the standards has (RFC 3986, 3.2)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote


@dataclass(frozen=True, slots=True)
class Locator:
    """`scheme://user:password@host:port,host:port?name=value`, taken apart.

    Attributes:
        scheme: as written.
        hosts: with their ports; at least one.
        user: "" without.
        password: "" without.
        options: of the query.
    """

    scheme: str
    hosts: tuple[str, ...]
    user: str
    password: str
    options: dict[str, str]


def locator(url: str) -> Locator:
    """Return *url* taken apart.

    Raises:
        ValueError: it has no host, or a path.
    """
    scheme, _, rest = url.partition("://")
    rest, _, query = rest.partition("?")
    login, _, listed = rest.rpartition("@")
    hosts = tuple(each.strip() for each in listed.removesuffix("/").split(","))
    if not all(hosts) or any("/" in each for each in hosts):
        raise ValueError(f"the URL names no hosts: {scheme}://host:port,host:port")
    user, _, password = login.partition(":")
    return Locator(scheme, hosts, unquote(user), unquote(password), dict(parse_qsl(query)))
