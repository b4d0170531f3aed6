"""`$self`: the URI by which a document knows itself, and what references say by it (OpenAPI 3.2, Appendix F)."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import SplitResult, urldefrag, urlsplit

from apictl.contract.schema import JsonValue
from apictl.findings import Finding, Place
from apictl.readers.access import mapping, text
from apictl.readers.inventory import Resolver
from apictl.source.library import Target


@dataclass(frozen=True, slots=True)
class SelfResolver:
    """Resolves references by URI: where the document has its `$self`, other files lie around it as they do on disk.

    Attributes:
        resolver: of references by path.
        identity: `$self`, an absolute URI.
    """

    resolver: Resolver
    identity: SplitResult

    def resolve(self, base: Place, reference: object) -> Target | Finding:
        """Return what *reference*, the value of the `$ref` at *base*, leads to in one hop, or what is wrong with it."""
        return self.resolver.resolve(base, self._by_path(reference) if isinstance(reference, str) else reference)

    def _by_path(self, reference: str) -> str:
        address, _, fragment = reference.partition("#")
        try:
            target = urlsplit(address)
        except ValueError:
            return reference
        is_near = (target.scheme, target.netloc) == (self.identity.scheme, self.identity.netloc)
        if not target.scheme or not is_near or target.query != self.identity.query:
            return reference
        if target.path == self.identity.path:
            return f"#{fragment}"
        path = posixpath.relpath(target.path or "/", posixpath.dirname(self.identity.path) or "/")
        return f"{path}#{fragment}" if fragment else path


def resolver_of(resolver: Resolver, tree: JsonValue) -> Resolver:
    """Return what resolves the references of the document *tree*; *resolver* itself when it has no URI of its own."""
    try:
        identity = urlsplit(urldefrag(text(mapping(tree).get("$self"))).url)
    except ValueError:
        return resolver
    return SelfResolver(resolver, identity) if identity.scheme else resolver
