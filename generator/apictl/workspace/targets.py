"""Which emitters make what of a service: the one list of them."""

from __future__ import annotations

from dataclasses import dataclass

from apictl.contract.contract import Contract
from apictl.emitters.client import emit as client
from apictl.emitters.contract_tests import emit as contract_tests
from apictl.emitters.interface import emit as interface
from apictl.emitters.models import emit as models
from apictl.emitters.package import emit as package
from apictl.emitters.server import emit as server
from apictl.findings import Finding, is_refused
from apictl.pages.page import PageSet
from apictl.pages.python.spell import spell


@dataclass(frozen=True, slots=True)
class TargetOptions:
    """What the manifest says about a service's code.

    Attributes:
        package: import name; None for the usual one.
        is_external: whether somebody else serves the contract: client and fake, no server.
    """

    package: str | None = None
    is_external: bool = False


@dataclass(frozen=True, slots=True)
class Emission:
    """What a contract becomes, and what stands against it."""

    pages: PageSet
    findings: tuple[Finding, ...] = ()


def emit(contract: Contract, options: TargetOptions) -> Emission:
    """Return everything *contract* becomes; with an error among the findings nothing of it is to be written."""
    spelled = spell(contract, package=options.package)
    samples, unsatisfiable = server.sample_values(spelled)
    findings = spelled.findings + unsatisfiable
    if is_refused(findings):  # the models of a contract that asks for too much may take long
        return Emission(PageSet(), findings)
    pages = (
        package.emit(spelled, has_server=not options.is_external)
        + models.emit(spelled)
        + interface.emit(spelled)
        + server.emit(spelled, samples, is_external=options.is_external)
        + client.emit(spelled)
        + contract_tests.emit(spelled)
    )
    return Emission(pages, findings)
