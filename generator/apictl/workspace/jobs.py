"""How services are generated: all that decides about it, gathered from the workspace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from apictl.errors import ApictlError
from apictl.workspace.building import ClientWish, Job
from apictl.workspace.discovery import Workspace
from apictl.workspace.ledger import digest
from apictl.workspace.manifest import Service
from apictl.workspace.name_lock import Lines, section_text
from apictl.workspace.roots import MANIFEST_NAME


@dataclass(frozen=True, slots=True)
class Workbench:
    """What jobs of one workspace have in common.

    Attributes:
        workspace: where the contracts are.
        tool: key of the code that generates.
        kept: lines of `apictl.lock`, by service.
        hook_content: SHA-256 of the workspace's hook; "" for none.
    """

    workspace: Workspace
    tool: str
    kept: Mapping[str, Lines]
    hook_content: str

    def job(self, service: Service, *, memory: str = "") -> Job:
        """Return how *service* is generated.

        Raises:
            ApictlError: it wants a client of a service that there is not.
        """
        manifest = self.workspace.manifest
        return Job(
            root=str(self.workspace.root),
            service=service,
            templates=manifest.templates,
            tool=self.tool,
            memory=memory,
            names=self._names(service.name),
            hook=manifest.hooks,
            hook_content=self.hook_content,
            clients=tuple(self._clients(service)),
        )

    def _clients(self, service: Service) -> Iterator[ClientWish]:
        known = {each.name: each for each in self.workspace.services}
        for name in service.clients:
            if name not in known:
                raise ApictlError(f"{MANIFEST_NAME}: {service.name!r} wants a client of {name!r}, which is not there")
            yield ClientWish(known[name], dict(service.consumes)[name], self._names(name))

    def _names(self, service: str) -> str:
        return section_text(self.kept.get(service, ()))


def workbench(workspace: Workspace, *, tool: str, kept: Mapping[str, Lines], is_trusting: bool) -> Workbench:
    """Return what the jobs of *workspace* have in common; with *is_trusting* its hook may run.

    Raises:
        ApictlError: its hook is not trusted, or can't be read.
    """
    hooks = workspace.manifest.hooks
    if not hooks:
        return Workbench(workspace, tool, kept, "")
    if not is_trusting:
        message = f"{MANIFEST_NAME} has a hook, which is a program: {hooks[:200]}"
        raise ApictlError(message, hint="if you trust who may change it, run with --trust-rules")
    try:
        return Workbench(workspace, tool, kept, digest((workspace.root / hooks).read_bytes()))
    except OSError as fault:
        raise ApictlError(f"{hooks} cannot be read: {fault.strerror}") from fault
