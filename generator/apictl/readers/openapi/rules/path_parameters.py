"""Path parameters and the names in templates: each is there for the other (OpenAPI 3.1, Path Templating)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from apictl.findings import Finding, Place, Related, error, warning
from apictl.readers.access import Key, key_of, text
from apictl.readers.likeness import closest
from apictl.readers.openapi.completion import undeclared_path_parameters
from apictl.readers.openapi.inventory import Inventory, Node
from apictl.readers.openapi.routes import Route
from apictl.readers.templates import TEMPLATE

_HINT = "taken for a string; declare it"


def path_parameters(inventory: Inventory, routes: Sequence[Route]) -> Iterator[Finding]:
    """Yield a finding for each name on one side only; one for two, when one is the other misspelled."""
    by_path: dict[str, list[Route]] = {}
    for route in routes:
        if route.is_under_paths:
            by_path.setdefault(route.path, []).append(route)
    for path, found in by_path.items():
        yield from _findings(_Path(path, tuple(found)))
    yield from _homeless(routes)
    del inventory


def _homeless(routes: Sequence[Route]) -> Iterator[Finding]:
    """Yield a finding for each path parameter of a webhook or callback: who receives these has the whole URL."""
    nodes = [node for route in routes if not route.is_under_paths for node in route.parameters]
    for node in {key_of(node.place): node for node in nodes if node.fields.get("in") == "path"}.values():
        name = text(node.fields.get("name"))
        message = f"path parameter {name[:60]!r} has no path: who receives the request chooses it"
        yield error(
            "path-parameter-unused", node.place.child("in"), message, hint="declare it in the query or a header"
        )


@dataclass(frozen=True, slots=True)
class _Path:
    """A path with what its operations declare and leave out.

    Attributes:
        template: as written.
        routes: its operations.
        unused: by name, the declarations of parameters that are not in the template.
        lacking: by name, the operations that don't declare it.
    """

    template: str
    routes: tuple[Route, ...]
    unused: dict[str, dict[Key, Node]] = field(default_factory=dict)
    lacking: dict[str, list[Route]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = TEMPLATE.findall(self.template)
        for route in self.routes:
            for name in undeclared_path_parameters(route):
                self.lacking.setdefault(name, []).append(route)
            for node in route.parameters:
                name = text(node.fields.get("name"))
                if node.fields.get("in") == "path" and name not in names:
                    self.unused.setdefault(name, {})[key_of(node.place)] = node

    @property
    def place(self) -> Place:
        """Where the template stands."""
        return self.routes[0].holder.place.key()


def _findings(path: _Path) -> Iterator[Finding]:
    lacking = dict(path.lacking)
    for name, nodes in path.unused.items():
        meant = next(iter(lacking)) if len(lacking) == len(path.unused) == 1 else closest(name, lacking)
        if meant is not None:
            del lacking[meant]
            yield _misspelled(path, name, list(nodes.values()), meant)
            continue
        for node in nodes.values():
            message = f"path parameter {name[:60]!r} is not in {path.template[:80]!r}"
            yield error("path-parameter-unused", node.place.child("name"), message)
    for name, routes in lacking.items():
        yield from _undeclared(path, name, routes)


def _misspelled(path: _Path, name: str, nodes: list[Node], meant: str) -> Finding:
    if len(nodes) > 1:  # they agree, so that it is the path that is wrong
        message = f"path {path.template[:80]!r} names {meant[:40]!r}, its operations declare {name[:40]!r}"
        related = tuple(Related("declared here", node.place.child("name")) for node in nodes)
        return error("path-parameter-unused", path.place, message, related=related, hint=f"did you mean {name[:60]!r}?")
    message = f"path parameter {name[:60]!r} is not in {path.template[:80]!r}"
    related = (Related("the path", path.place),)
    hint = f"did you mean {meant[:60]!r}?"
    return error("path-parameter-unused", nodes[0].place.child("name"), message, related=related, hint=hint)


def _undeclared(path: _Path, name: str, routes: list[Route]) -> Iterator[Finding]:
    if len(routes) == len(path.routes):
        message = f"path {path.template[:80]!r} names {name[:60]!r}, which no parameter declares"
        yield warning("path-parameter-undeclared", path.place, message, hint=_HINT)
        return
    for route in routes:
        message = f"{route.method} {path.template[:80]} declares no path parameter {name[:60]!r}"
        yield warning("path-parameter-undeclared", route.operation.place.key(), message, hint=_HINT)
