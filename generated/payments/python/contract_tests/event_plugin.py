"""The pytest plugin of events: what is tested, where, and how a failure reads."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import itertools
import json
import re
import secrets
import shlex
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import hypothesis.configuration
import pytest

from .event_values import Explorer

_CASES = Path(__file__).with_name("event_cases.json")
_NO_LAW = SimpleNamespace(params={})
_OPTIONS = ("--handlers", "--service", "--dead-letters")
"""That a failure repeats."""
_OUTBOX_SECONDS = 0.2
"""Of silence, after which nothing more is awaited."""
_CASES_OF_OUTBOX = 4


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Add the options of the tests of events."""
    group = parser.getgroup("events", "tests of events")
    group.addoption(
        "--handlers",
        metavar="MODULE:ATTRIBUTE",
        help="what makes the handlers to test, called with the transport that they send through (default: the stub)",
    )
    group.addoption(
        "--service",
        metavar="MODULE:ATTRIBUTE",
        help="what makes the service to test, called with a transport: a context that receives while it is entered",
    )
    group.addoption(
        "--broker",
        action="append",
        default=[],
        metavar="[NAME=]URL",
        help="a real broker instead of one in memory; with NAME that of one server of the contract; may be repeated",
    )
    group.addoption("--dead-letters", metavar="ADDRESS", default="", help="where --service sends its dead letters")
    group.addoption(
        "--outbox", action="store_true", help="what is sent comes from an outbox, up to 0.2 s after the acknowledgement"
    )
    if not pluginmanager.has_plugin("contract_tests.plugin"):
        group.addoption("--seed", type=int, default=1, help="decides which values are tried (default: 1)")
        group.addoption("--examples", type=int, default=20, help="random messages of each kind (default: 20)")


_VENUE = pytest.StashKey[Any]()


def pytest_configure(config: pytest.Config) -> None:
    """Find what is tested at once: a name that leads nowhere is no breach of the contract."""
    # Nothing is written into the folder of the service.
    hypothesis.configuration.set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "apictl-hypothesis")
    handlers, service = config.getoption("--handlers"), config.getoption("--service")
    if handlers and service:
        raise pytest.UsageError("--handlers and --service exclude each other")
    for folder in (str(Path.cwd()), str(Path(__file__).parents[1])):
        if folder not in sys.path:
            sys.path.insert(0, folder)
    subjects = _trials("subjects")
    if service:
        subject = subjects.ServiceUnderTest(_named("--service", service))
    else:
        make = _named("--handlers", handlers) if handlers else _part("sample_events", "make")
        subject = subjects.HandlersUnderTest(make, _part("events", "receiver"))
    config.stash[_VENUE] = _on_brokers(config, subject) if config.getoption("--broker") else _in_memory(config, subject)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Stop what runs on a real broker."""
    if session.config.getoption("--broker"):
        session.config.stash[_VENUE].close()


def _in_memory(config: pytest.Config, subject: Any) -> Any:
    explorer = Explorer(seed=config.getoption("--seed"), examples=config.getoption("--examples"))
    has_outbox = config.getoption("--outbox")
    return _trials("venue").MemoryVenue(
        subject,
        explorer,
        config.getoption("--dead-letters"),
        most_cases=_CASES_OF_OUTBOX if has_outbox else None,
        outbox_seconds=_OUTBOX_SECONDS if has_outbox else 0.0,
    )


def _on_brokers(config: pytest.Config, subject: Any) -> Any:
    stages, suites, service = _trials("broker_stage"), _trials("suite"), _part("channels", "SERVICE")
    # Another one for each run, as the broker keeps what it was sent in others.
    token, dead_letters = f"{secrets.token_hex(4)}-", config.getoption("--dead-letters")
    connect = _connector(config.getoption("--broker"), token)
    watched = suites.Suite(service, _CASES).watched(dead_letters)
    return stages.BrokerVenue(
        lambda: stages.BrokerStage(subject, service, connect), watched, dead_letters=dead_letters, token=token
    )


def _connector(given: list[str], token: str) -> Callable[[], Any]:
    """Return what connects to the brokers *given*, each time as another process."""
    connect, numbers = _part("brokers", "connect"), itertools.count(1)
    wanted = inspect.signature(connect).parameters
    servers = {name.removesuffix("_url"): name for name in wanted if name.endswith("_url")} or {"url": "url"}
    named = dict(each.partition("=")[::2] for each in given if each.partition("=")[0] in servers)
    others = [each for each in given if each.partition("=")[0] not in servers]
    missing = [name for name in servers if name not in named]
    if len(others) > 1 or (missing and not others):
        told = ", ".join(f"{name}=URL" for name in servers)
        raise pytest.UsageError(f"--broker is one URL for all, or {told}")
    urls = {servers[name]: named.get(name) or others[0] for name in servers}

    def connected() -> Any:
        process = {"process": f"contract-tests-{token}{next(numbers)}"} if "process" in wanted else {}
        return connect(**urls, **process)

    try:
        connected()
    except (ValueError, ImportError) as fault:
        raise pytest.UsageError(f"--broker: {fault}") from fault
    return connected


@pytest.fixture(scope="session")
def venue(pytestconfig: pytest.Config) -> Any:
    """Return where the service is tested."""
    return pytestconfig.stash[_VENUE]


@pytest.fixture(scope="session")
def service_venue(venue: Any) -> Any:
    """Return where the service is tested, for what is only to be said of a whole service."""
    return venue


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is only to be said of a whole service, or can only be seen in memory."""
    out = [] if config.getoption("--service") else [each for each in items if "service_venue" in _fixtures(each)]
    laws = _trials("laws")
    unseen = laws.MEMORY_ONLY if config.getoption("--broker") else frozenset()
    unseen |= laws.WITHOUT_OUTBOX if config.getoption("--outbox") else frozenset()
    out += [each for each in items if getattr(each, "callspec", _NO_LAW).params.get("law") in unseen]
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [each for each in items if each not in out]


def _fixtures(item: pytest.Item) -> Sequence[str]:
    names: Sequence[str] = getattr(item, "fixturenames", ())
    return names


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let a failure say what the service did, instead of where this code noticed."""
    report = yield
    if report.failed and call.excinfo is not None and call.excinfo.type.__name__ == "LawBroken":
        told = f"{_cases()['service']} breaks its contract\n{call.excinfo.value}"
        report.longrepr = f"{told}\n\nSee it again:\n\n    {shlex.join(_command(item))}\n"
    return report


def _command(item: pytest.Item) -> Iterator[str]:
    yield from ("apictl", "test", _cases()["service"], "--seed", str(item.config.getoption("--seed")))
    if item.config.getoption("--examples") != 20:  # noqa: PLR2004 - the default above
        yield from ("--examples", str(item.config.getoption("--examples")))
    for flag in _OPTIONS:
        if item.config.getoption(flag):
            yield from (flag, item.config.getoption(flag))
    if item.config.getoption("--outbox"):
        yield "--outbox"
    for broker in item.config.getoption("--broker"):
        # Who has the log need not have the password.
        yield from ("--broker", re.sub(r"//[^/@]*@", "//…@", broker))
    yield from ("-k", item.name.replace("[", " and ").rstrip("]"))


def _cases() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_CASES.read_text("utf-8"))
    return found


def _trials(name: str) -> Any:
    return importlib.import_module(f"{_cases()['package']}._support.events.trials.{name}")


def _part(module: str, name: str) -> Any:
    """Return what the package has; None where it receives nothing."""
    found = f"{_cases()['package']}.{module}"
    return getattr(importlib.import_module(found), name, None) if importlib.util.find_spec(found) else None


def _named(flag: str, name: str) -> Any:
    module, colon, attribute = name.partition(":")
    if not colon:
        raise pytest.UsageError(f"{flag} {name!r} is not of the form module:attribute")
    try:
        found: Any = importlib.import_module(module)
        for part in attribute.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError) as fault:
        raise pytest.UsageError(f"{flag} {name}: {fault}") from fault
    if not callable(found):
        raise pytest.UsageError(f"{flag} {name} can't be called")
    return found
