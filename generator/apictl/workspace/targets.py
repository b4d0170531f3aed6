"""Which emitters make what of a service: the one list of them."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Final

from apictl.contract.contract import Contract
from apictl.contract.outgoing import received_contract
from apictl.contract.path_shapes import are_told_apart
from apictl.emitters.client import emit as client
from apictl.emitters.client import sender
from apictl.emitters.contract_tests import emit as contract_tests
from apictl.emitters.interface import emit as interface
from apictl.emitters.models import emit as models
from apictl.emitters.package import emit as package
from apictl.emitters.server import emit as server
from apictl.emitters.server import receiver
from apictl.findings import Finding, is_refused
from apictl.pages.memory import Memory
from apictl.pages.page import PageSet
from apictl.pages.python.keeping import Names
from apictl.pages.python.remembering import Remembering, remembering
from apictl.pages.python.spell import spell, spell_received
from apictl.pages.python.spelling import SpelledContract

WEBHOOKS: Final = "webhooks"
"""The package, within that of a service, for the requests that the service makes."""


@dataclass(frozen=True, slots=True)
class TargetOptions:
    """What the manifest says about a service's code.

    Attributes:
        package: import name; None for the usual one.
        is_external: whether somebody else serves the contract: client and fake, no server. There is no fake, and no
            tests of one, where no request tells some operations apart.
    """

    package: str | None = None
    is_external: bool = False


@dataclass(frozen=True, slots=True)
class Emission:
    """What a contract becomes, and what stands against it."""

    pages: PageSet
    findings: tuple[Finding, ...] = ()


def emit(
    contract: Contract, options: TargetOptions, memory: Memory | None = None, *, names: Names | None = None
) -> Emission:
    """Return everything *contract* becomes; with an error among the findings nothing of it is to be written.

    What *memory* knows from an earlier run is not made again; *names* has those of earlier runs, and notes new ones.
    """
    memory = memory or Memory()
    spelled = spell(contract, package=options.package, kept=names)
    pages, findings = PageSet(), spelled.findings
    if contract.events is not None:
        spelled, of_events = _events(spelled)
        findings += of_events.findings
        pages += of_events.pages
    received = _received(spelled, memory)
    if received is not None:
        spelled = dataclasses.replace(spelled, judged={**spelled.judged, **received.spelled.judged})
        samples, unsatisfiable = server.sample_values(received.spelled, received.remembering)
        findings += received.spelled.findings + unsatisfiable
        pages += PageSet() if is_refused(findings) else _webhooks(received, spelled, samples)
    remembered = remembering(spelled, memory)
    if spelled.has_requests:
        samples, unsatisfiable = server.sample_values(spelled, remembered)
        findings += unsatisfiable
        if not is_refused(findings):
            pages += _requests(spelled, remembered)
            if not options.is_external or are_told_apart(contract.operations):
                pages += server.emit(spelled, samples, is_external=options.is_external, remembered=remembered)
                pages += contract_tests.emit(spelled, remembered, received)
    if is_refused(findings):  # the models of a contract that asks for too much may take long
        return Emission(PageSet(), findings)
    return Emission(
        package.emit(
            spelled, has_server=not options.is_external, received=None if received is None else received.spelled
        )
        + models.emit(spelled, remembered)
        + pages,
        findings,
    )


def _events(spelled: SpelledContract) -> tuple[SpelledContract, Emission]:
    """Return *spelled* with what its events have judged, and what they become."""
    # They take twice as long to import as all that makes code of requests.
    from apictl.emitters.events import emit as events  # noqa: PLC0415
    from apictl.emitters.events.spell import spell_events  # noqa: PLC0415

    spoken = spell_events(spelled)
    spelled = dataclasses.replace(spelled, judged={**spelled.judged, **spoken.judged})
    replies, unanswered = events.sample_replies(spelled, spoken)
    findings = (*spoken.findings, *unanswered)
    is_unsound = is_refused((*spelled.findings, *findings))
    return spelled, Emission(PageSet() if is_unsound else events.emit(spelled, spoken, replies), findings)


def _received(spelled: SpelledContract, memory: Memory) -> contract_tests.Received | None:
    """Return what receivers of webhooks and callbacks serve; None where the contract of *spelled* has none."""
    contract = received_contract(spelled.contract)
    if contract is None:
        return None
    received = spell_received(contract, spelled, package=f"{spelled.package}.{WEBHOOKS}")
    return contract_tests.Received(received, remembering(received, memory))


def _webhooks(received: contract_tests.Received, spelled: SpelledContract, samples: server.Samples) -> PageSet:
    """Return what the requests become that the service of *spelled* makes."""
    own = received.spelled
    return interface.emit(own, received.remembering) + receiver.emit(own, samples) + sender.emit(own, spelled)


def _requests(spelled: SpelledContract, remembered: Remembering) -> PageSet:
    """Return what requests become for those who make them."""
    return interface.emit(spelled, remembered) + client.emit(spelled, remembered)
