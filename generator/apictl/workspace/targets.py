"""Which emitters make what of a service: the one list of them."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from apictl.contract.contract import Contract
from apictl.emitters.client import emit as client
from apictl.emitters.contract_tests import emit as contract_tests
from apictl.emitters.events import emit as events
from apictl.emitters.events.spell import spell_events
from apictl.emitters.interface import emit as interface
from apictl.emitters.models import emit as models
from apictl.emitters.package import emit as package
from apictl.emitters.server import emit as server
from apictl.findings import Finding, is_refused
from apictl.pages.page import PageSet
from apictl.pages.python.spell import spell
from apictl.pages.python.spelling import SpelledContract


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
    pages, findings = PageSet(), spelled.findings
    if contract.events is not None:
        spoken = spell_events(spelled)
        spelled = dataclasses.replace(spelled, judged={**spelled.judged, **spoken.judged})
        replies, unanswered = events.sample_replies(spelled, spoken)
        findings += spoken.findings + unanswered
        pages += PageSet() if is_refused(findings) else events.emit(spelled, spoken, replies)
    if spelled.has_requests:
        samples, unsatisfiable = server.sample_values(spelled)
        findings += unsatisfiable
        pages += PageSet() if is_refused(findings) else _requests(spelled, samples, options)
    if is_refused(findings):  # the models of a contract that asks for too much may take long
        return Emission(PageSet(), findings)
    return Emission(package.emit(spelled, has_server=not options.is_external) + models.emit(spelled) + pages, findings)


def _requests(spelled: SpelledContract, samples: server.Samples, options: TargetOptions) -> PageSet:
    """Return what requests become."""
    return (
        interface.emit(spelled)
        + server.emit(spelled, samples, is_external=options.is_external)
        + client.emit(spelled)
        + contract_tests.emit(spelled)
    )
