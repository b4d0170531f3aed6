"""A contract as it is generated: after the workspace's hook, with the operations and the names that are wanted."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from apictl.contract.contract import Contract
from apictl.contract.trimming import trimmed
from apictl.emitters.models.emit import name_members
from apictl.errors import ApictlError
from apictl.findings import Place
from apictl.pages.python import names
from apictl.pages.python.keeping import NameKind, Names
from apictl.pages.python.spell import spell
from apictl.workspace.building import ClientWish, Job
from apictl.workspace.hooking import hooked
from apictl.workspace.manifest import Service, manifest_fault
from apictl.workspace.name_lock import parsed_names
from apictl.workspace.roots import MANIFEST_NAME

_KINDS: Final[Mapping[str, NameKind]] = {"methods": NameKind.METHOD, "classes": NameKind.CLASS}


@dataclass(frozen=True, slots=True)
class ClientOrder:
    """A client with less in it.

    Attributes:
        contract: with what is consumed, and no events.
        package: import name.
        names: as in the package of the provider.
    """

    contract: Contract
    package: str
    names: Names


def names_of(service: Service, kept: str) -> Names:
    """Return the names of *service*, of which `apictl.lock` has *kept*, and what the manifest calls otherwise."""
    renames: dict[NameKind, dict[str, str]] = {}
    for kind, old, new in service.names:
        renames.setdefault(_KINDS[kind], {})[old] = new
    return Names(parsed_names(enumerate(kept.splitlines(), start=1)), renames)


def refuse_unmet(chosen: Names, service: Service) -> None:
    """Refuse what the manifest wants to be called otherwise and is not there.

    Raises:
        ApictlError: something is.
    """
    words = {kind: word for word, kind in _KINDS.items()}
    for kind, old in chosen.unmet():
        message = (
            f"services.{service.name}.names.{words[kind]}: none is or was called {old!r}, or the new name is taken"
        )
        raise ApictlError(f"{MANIFEST_NAME}: {message}")


def shaped(contract: Contract, service: Service, job: Job) -> Contract:
    """Return *contract* as *job* wants it: after the hook, with the operations that *service* keeps.

    Raises:
        ApictlError: the hook fails; a filter names what there is not, or leaves nothing.
    """
    root = Path(job.root)
    if job.hook:
        contract = hooked(contract, root, job.hook)
    if service.filter.is_idle:
        return contract
    everything = (*contract.operations, *contract.webhooks)
    for word, selection in (("include", service.filter.include), ("exclude", service.filter.exclude)):
        for kind, index, text in selection.idle(everything):
            place = Place(MANIFEST_NAME).child("services", service.name, word, kind, index)
            raise _fault(root, place, f"no operation of {service.name!r} has {text!r} among its {kind}")
    left = trimmed(contract, service.filter.keeps)
    if everything and not (left.operations or left.webhooks):
        place = Place(MANIFEST_NAME).child("services", service.name).key()
        raise _fault(root, place, f"no operation of {service.name!r} is left")
    return left


def _fault(root: Path, place: Place, message: str) -> ApictlError:
    return manifest_fault((root / MANIFEST_NAME).read_bytes(), place, message=message)


def client_order(provider: Contract, wish: ClientWish, consumer: str) -> ClientOrder:
    """Return the client of *provider*, as its own package has it, that *consumer* wishes for.

    Raises:
        ApictlError: the provider has no such operation.
    """
    known = {each.id for each in provider.operations}
    for operation_id in wish.operations:
        if operation_id not in known:
            message = f"services.{consumer}.consumes.{wish.provider.name}: there is no operation {operation_id[:60]!r}"
            raise ApictlError(f"{MANIFEST_NAME}: {message}")
    kept = names_of(wish.provider, wish.names)
    whole = spell(provider, kept=kept)
    name_members(whole)
    less = trimmed(dataclasses.replace(provider, events=None, webhooks=()), lambda each: each.id in wish.operations)
    package = names.package_name(f"{consumer}-{wish.provider.name}")
    return ClientOrder(less, package, Names({**kept.kept, **kept.given}))
