"""A requirement names a declared scheme, and scopes of it (AsyncAPI 2.6, Security Requirement Object)."""

from __future__ import annotations

from collections.abc import Iterator

from apictl.contract.schema import JsonValue
from apictl.findings import Finding, Place, error, warning
from apictl.readers.access import items, mapping, texts
from apictl.readers.asyncapi.document import AsyncDocument
from apictl.readers.asyncapi.security import declared_schemes
from apictl.readers.asyncapi.servers import declared_servers
from apictl.readers.likeness import did_you_mean
from apictl.readers.security import declared_scopes


def security_scheme_undefined(document: AsyncDocument) -> Iterator[Finding]:
    """Yield an error for each scheme that is not declared, a warning for each scope that its scheme has not."""
    if not document.version.is_second:
        return  # there, a requirement refers to its scheme
    schemes = dict(declared_schemes(document.inventory))
    for place, value in _requirements(document):
        for index, alternative in enumerate(items(value)):
            for name, scopes in mapping(alternative).items():
                spot = place.child(index, name)
                if name not in schemes:
                    message = f"security scheme {name[:60]!r} is not declared"
                    yield error("security-scheme-undefined", spot.key(), message, hint=did_you_mean(name, schemes))
                elif schemes[name].fields.get("type") == "oauth2":
                    known = declared_scopes(schemes[name].fields)
                    for scope in sorted(set(texts(scopes)) - known):
                        message = f"scope {scope[:60]!r} is not declared by {name[:60]!r}"
                        yield warning("security-scope-undeclared", spot, message, hint=did_you_mean(scope, known))


def _requirements(document: AsyncDocument) -> Iterator[tuple[Place, JsonValue]]:
    for _, server in declared_servers(document.inventory):
        yield server.place.child("security"), server.fields.get("security")
    for operation in document.operations:
        part = operation.whole.parts.get("security")
        if part is not None:
            yield part.place, part.value
