"""The run behind `apictl test`: pytest in a process of its own for each service."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from apictl.cli import console
from apictl.cli.test_partners import refused_senders
from apictl.errors import ApictlError
from apictl.workspace.discovery import Workspace, chosen_services, open_workspace
from apictl.workspace.manifest import Service
from apictl.workspace.refusals import refuse_undeclared

_PASSED = 0
_FAILED = 1
_VERDICTS = {_PASSED: "keeps its contract", _FAILED: "breaks its contract", 5: "no test was chosen"}
"""By pytest's exit code."""
_CASES = "cases.json"
_EVENT_CASES = "event_cases.json"
_BROKEN = 1
_UNTESTED = 2


@dataclass(frozen=True, slots=True)
class Target:
    """What is tested: the stub when neither `app` nor `url` nor `receiver` is given.

    Attributes:
        app: `module:attribute` of an ASGI application; "" for none.
        url: base of a running service; "" for none.
        receiver: `module:attribute` of an ASGI application that receives webhooks and callbacks; "" for none.
        headers: `Name: value`, sent with every request.
        refusals: `operationId=status`, by which its rules may refuse valid requests.
        has_sample_credentials: the stub's credentials are sent, too.
    """

    app: str
    url: str
    headers: tuple[str, ...]
    refusals: tuple[str, ...]
    has_sample_credentials: bool
    receiver: str = ""

    @property
    def has_rules(self) -> bool:
        """Whether this is somebody's service or receiver, not the stub."""
        return any(value for _, value in self.chosen)

    @property
    def chosen(self) -> tuple[tuple[str, str], ...]:
        """What may be given, each with its flag."""
        return (("--app", self.app), ("--url", self.url), ("--receiver", self.receiver))


@dataclass(frozen=True, slots=True)
class EventTarget:
    """Whose events are tested: the stub's when neither `handlers` nor `service` is given.

    Attributes:
        handlers: `module:attribute` that makes handlers; "" for none.
        service: `module:attribute` that starts a whole service; "" for none.
        dead_letters: address of the dead letters of `service`; "" for the usual one.
        brokers: `url`, or `server=url`; none for a broker in memory.
        has_outbox: what is sent may come after the acknowledgement.
    """

    handlers: str = ""
    service: str = ""
    dead_letters: str = ""
    brokers: tuple[str, ...] = ()
    has_outbox: bool = False

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """What was given, each with its flag."""
        one = (("--handlers", self.handlers), ("--service", self.service), ("--dead-letters", self.dead_letters))
        return tuple((flag, value) for flag, value in (*one, *(("--broker", each) for each in self.brokers)) if value)


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard a service is tested.

    Attributes:
        seed: decides which values are tried.
        examples: random requests for each operation.
        boundaries: about so many requests of an operation's boundaries; all when None.
    """

    seed: int
    examples: int
    boundaries: int | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for.

    Attributes:
        services: names; all when empty.
        target: what is tested.
        effort: how hard.
        only: expression of pytest's `-k`; "" for every test.
        events: whose events are tested.
    """

    services: tuple[str, ...]
    target: Target
    effort: Effort
    only: str
    events: EventTarget = EventTarget()


def run(wish: Wish) -> int:
    """Test the services one after the other, say which keep their contract, and return the exit code.

    Raises:
        ApictlError: the wish contradicts itself, or there are no tests yet.
    """
    workspace = open_workspace(Path.cwd())
    services = chosen_services(workspace, wish.services)
    _refuse_contradictions(wish, len(services))
    folders = {service: _folder(workspace, service.name) for service in services}
    for service, folder in folders.items():
        if wish.events.options and not (folder / _EVENT_CASES).is_file():
            flag = wish.events.options[0][0]
            raise ApictlError(f"service {service.name!r} has no events, which {flag} is for")
        if (folder / _CASES).is_file():
            refuse_undeclared(workspace.root, service, folder / _CASES)
    results: dict[str, int] = {}
    for number, (service, folder) in enumerate(folders.items(), start=1):
        console.note(f"testing {service.name}, {number} of {len(folders)}")
        console.flush()
        results[service.name] = _tested(wish, service, folder)
    # A part of the tests was asked for: then this is none of it.
    refused = frozenset() if wish.only else refused_senders(workspace, services)
    for name, result in results.items():
        told = ", and may send what another service refuses" if name in refused else ""
        console.say(f"{name}: {_verdict(result)}{told}")
    return _exit_code((*results.values(), *(_FAILED for _ in refused)))


def _refuse_contradictions(wish: Wish, count: int) -> None:
    target = wish.target
    given = [flag for flag, value in target.chosen if value]
    if len(given) > 1:
        raise ApictlError(f"{given[0]} and {given[1]} exclude each other")
    if target.refusals and not target.has_rules:
        raise ApictlError("--refusal is about --app or --url, the stub has no rules of its own")
    if target.has_rules and count > 1:
        raise ApictlError(f"{given[0]} is one service, but {count} are to be tested", hint="name the service")
    if wish.events.handlers and wish.events.service:
        raise ApictlError("--handlers and --service exclude each other")
    for flag, _ in wish.events.options if count > 1 else ():
        raise ApictlError(f"{flag} is of one service, but {count} are to be tested", hint="name the service")


def _folder(workspace: Workspace, name: str) -> Path:
    folder = workspace.root / workspace.manifest.output / name / "python" / "contract_tests"
    if not any((folder / name).is_file() for name in (_CASES, _EVENT_CASES)):
        raise ApictlError(f"service {name!r} has no contract tests yet", hint="`apictl generate` writes them")
    return folder


def _tested(wish: Wish, service: Service, folder: Path) -> int:
    """Return pytest's exit code; its output goes where ours goes."""
    command = [sys.executable, "-m", "pytest", str(folder), "--quiet", "--no-header", *_options(wish, service)]
    if wish.effort.boundaries is not None and (folder / _CASES).is_file():  # events have none
        command.append(f"--boundaries={wish.effort.boundaries}")
    # Generated folders hold what was generated; bytecode would be the only thing in them that apictl doesn't own.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, check=False, env=environment).returncode  # noqa: S603 - our own interpreter


def _options(wish: Wish, service: Service) -> Iterator[str]:
    yield f"--seed={wish.effort.seed}"
    yield f"--examples={wish.effort.examples}"
    if wish.only:
        yield f"-k={wish.only}"
    for flag, value in wish.events.options:
        yield f"{flag}={value}"
    if wish.events.has_outbox:
        yield "--outbox"
    yield from (f"{flag}={value}" for flag, value in wish.target.chosen if value)
    if wish.target.has_sample_credentials:
        yield "--sample-credentials"
    for header in wish.target.headers:
        yield f"--header={header}"
    if wish.target.has_rules:
        announced = (f"{operation}={status}" for operation, statuses in service.refusals for status in statuses)
        for refusal in (*announced, *wish.target.refusals):
            yield f"--refusal={refusal}"


def _verdict(result: int) -> str:
    return _VERDICTS.get(result, "could not be tested")


def _exit_code(results: tuple[int, ...]) -> int:
    if any(result not in {_PASSED, _FAILED} for result in results):
        return _UNTESTED
    return _BROKEN if _FAILED in results else _PASSED
