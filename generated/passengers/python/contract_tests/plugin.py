"""The pytest plugin: which service is tested, and how a failure reads."""

from __future__ import annotations

import importlib
import socket
import sys
import tempfile
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import hypothesis
import hypothesis.configuration
import pytest
import schemathesis

from . import reporting
from .cases import load_cases
from .hosting import Hosted
from .lifespan import Application
from .reach import Reach, WithReceiver, has_receiver
from .refusals import RefusalUnknown, read_refusals
from .renewing import Renewing, forget_contracts
from .target import IN_PROCESS_URL, Target, is_url


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the contract tests."""
    group = parser.getgroup("contract", "contract tests")
    group.addoption("--app", metavar="MODULE:ATTRIBUTE", help="ASGI application to test (default: the stub)")
    group.addoption(
        "--receiver",
        metavar="MODULE:ATTRIBUTE",
        help="ASGI application that receives webhooks and callbacks, to test alone",
    )
    group.addoption("--url", help="base URL of a running service to test")
    group.addoption("--header", action="append", default=[], metavar="'NAME: VALUE'", help="sent with every request")
    group.addoption("--sample-credentials", action="store_true", help="send the stub's credentials to --app or --url")
    group.addoption(
        "--refusal",
        action="append",
        default=[],
        metavar="OPERATION=STATUS",
        help="with --app or --url: rules of the service refuse valid requests so; declared 410, 412 and 428 always may",
    )
    group.addoption("--seed", type=int, default=1, help="decides which values are tried (default: 1)")
    group.addoption("--examples", type=int, default=20, help="random requests for each operation (default: 20)")
    group.addoption(
        "--boundaries",
        type=int,
        metavar="COUNT",
        help="about so many requests of the boundaries of each operation, chosen by the seed (default: all)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Keep hypothesis from writing into the folder of the service."""
    hypothesis.configuration.set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "apictl-hypothesis")
    hypothesis.settings.register_profile("contract", deadline=None, database=None, print_blob=False)
    hypothesis.settings.load_profile("contract")
    config.stash[_TARGET] = _target(config)


_TARGET = pytest.StashKey[Target]()
_PATIENCE_SECONDS = 10.0
_EXPLANATION = pytest.StashKey[str]()


def _target(config: pytest.Config) -> Target:
    app, url, receiver = (config.getoption(name) for name in ("--app", "--url", "--receiver"))
    if sum(map(bool, (app, url, receiver))) > 1:
        raise pytest.UsageError("--app, --url and --receiver exclude each other")
    if receiver and not has_receiver():
        raise pytest.UsageError("--receiver: the contract has no webhooks and no callbacks")
    if url and not is_url(url):
        raise pytest.UsageError(f"--url {url!r} is no http or https URL")
    if url:
        _refuse_silence(url)
    is_stub = not app and not url and not receiver
    return Target(
        app=None if url else Hosted(_application(app, receiver), IN_PROCESS_URL),
        url=url.rstrip("/") if url else IN_PROCESS_URL,
        headers=dict(map(_header, config.getoption("--header"))),
        has_sample_credentials=is_stub or config.getoption("--sample-credentials"),
        is_stub=is_stub,
        reach=Reach.ALL if is_stub else Reach.RECEIVER if receiver else Reach.SERVICE,
        refusals=_refusals(config.getoption("--refusal"), is_stub=is_stub),
        seed=config.getoption("--seed"),
        examples=config.getoption("--examples"),
        boundaries=config.getoption("--boundaries"),
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests of operations that are not tested; a receiver is tested by those of its own alone."""
    reach = config.stash[_TARGET].reach
    chosen = [item for item in items if _is_reached(item, reach)]
    if len(chosen) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if not _is_reached(item, reach)])
        items[:] = chosen


def _is_reached(item: pytest.Item, reach: Reach) -> bool:
    marker = item.get_closest_marker("contract")
    if marker is None:
        return reach is not Reach.RECEIVER
    operation = load_cases().operations.get(marker.args[0])
    return operation is None or reach.has(operation.path)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Start the application: once, and for all tests."""
    target = session.config.stash[_TARGET]
    if target.app is None:
        return
    try:
        target.app.start()
    except Exception as fault:
        name = session.config.getoption("--app") or "the stub"
        raise pytest.UsageError(f"{name} does not start: {type(fault).__name__}: {fault}") from fault


def pytest_sessionfinish(session: pytest.Session) -> None:
    """End the application; one that fails then has been tested all the same."""
    target = session.config.stash[_TARGET]
    try:
        if target.app is not None:
            target.app.stop()
    except Exception as fault:  # noqa: BLE001 - of the application, which is not ours
        sys.stderr.write(f"\nthe application fails when it ends: {type(fault).__name__}: {fault}\n")


def _refusals(texts: list[str], *, is_stub: bool) -> Mapping[str, frozenset[int]]:
    if texts and is_stub:
        raise pytest.UsageError("--refusal is about --app or --url: the stub has no rules of its own")
    try:
        return read_refusals(texts, load_cases().operations.values())
    except RefusalUnknown as fault:
        raise pytest.UsageError(f"--refusal {fault}") from fault


def _refuse_silence(url: str) -> None:
    """Say once that nobody is there, instead of once for each test."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        socket.create_connection((parts.hostname or "", port), timeout=_PATIENCE_SECONDS).close()
    except OSError as fault:
        raise pytest.UsageError(f"the service at {url} does not answer: {fault.strerror or fault}") from fault


def _application(app: str | None, receiver: str | None) -> Application:
    package = load_cases().package
    if receiver:
        alone = _imported(receiver)
        return WithReceiver(alone, alone)
    if app or not has_receiver():
        return _imported(app or f"{package}.sample:app")
    return WithReceiver(_imported(f"{package}.sample:app"), _imported(f"{package}.webhooks.sample:app"))


def _imported(name: str) -> Application:
    module, colon, attribute = name.partition(":")
    if not colon:
        raise pytest.UsageError(f"--app {name!r} is not of the form module:attribute")
    for folder in (str(Path.cwd()), str(Path(__file__).parents[1])):
        if folder not in sys.path:
            sys.path.insert(0, folder)
    try:
        found: object = importlib.import_module(module)
        for part in attribute.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError) as fault:
        raise pytest.UsageError(f"--app {name}: {fault}") from fault
    if not callable(found):
        raise pytest.UsageError(f"--app {name} is no ASGI application")
    application: Application = found
    return application


def _header(text: str) -> tuple[str, str]:
    name, colon, value = text.partition(":")
    if not colon or not name.strip():
        raise pytest.UsageError(f"--header {text!r} is not of the form 'Name: value'")
    return name.strip(), value.strip()


@pytest.fixture(scope="session")
def target(pytestconfig: pytest.Config) -> Target:
    """Return the service under test."""
    return pytestconfig.stash[_TARGET]


@pytest.fixture(scope="session")
def renewing(target: Target) -> Renewing:
    """Return what gives contracts."""
    return Renewing(target.contract)


@pytest.fixture
def bound_contract(renewing: Renewing) -> schemathesis.BaseSchema:
    """Return the contract bound to the service."""
    return renewing.contract()


@pytest.fixture
def contract(
    request: pytest.FixtureRequest, target: Target, bound_contract: schemathesis.BaseSchema
) -> Iterator[schemathesis.BaseSchema]:
    """Yield the contract; the stub has forgotten what earlier tests did."""
    # schemathesis 4.32 reads this attribute, which pytest 9.2 gave another name.
    vars(request.node).setdefault("_nodeid", request.node.nodeid)
    target.fresh()
    yield bound_contract
    forget_contracts(request.config)


@pytest.fixture
def client(target: Target) -> Iterator[httpx2.Client]:
    """Yield a client of the service; the stub has forgotten what earlier tests did."""
    target.fresh()
    with target.client() as client:
        yield client


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let a failure say what the service did, instead of where this code noticed."""
    report = yield
    if report.failed and call.excinfo is not None:
        report.longrepr = reporting.explain(item, call.excinfo.value) or report.longreprtext
        item.stash[_EXPLANATION] = report.longreprtext
    elif report.when == "call" and report.passed and _EXPLANATION in item.stash:
        # The test of an operation, whose only subtest failed.
        report.outcome, report.longrepr = "failed", item.stash[_EXPLANATION]
    return report


@pytest.hookimpl(trylast=True)
def pytest_exception_interact(
    node: pytest.Item | pytest.Collector, call: pytest.CallInfo[None], report: pytest.TestReport | pytest.CollectReport
) -> None:
    """Have the last word: the plugin of schemathesis would show a traceback here."""
    if isinstance(node, pytest.Item) and call.excinfo is not None:
        report.longrepr = reporting.explain(node, call.excinfo.value) or report.longrepr


@pytest.hookimpl(tryfirst=True)
def pytest_report_teststatus(report: pytest.TestReport | pytest.CollectReport) -> tuple[str, str, str] | None:
    """Count an operation once: its subtest, the only one it has, says nothing of its own."""
    return ("", "", "") if isinstance(report, pytest.SubtestReport) else None
