"""The pytest plugin of events: whose handlers are tested."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Add the options of the tests of events."""
    group = parser.getgroup("events", "tests of events")
    group.addoption(
        "--handlers",
        metavar="MODULE:ATTRIBUTE",
        help="what makes the handlers to test, called with the transport that they send through (default: the stub)",
    )
    if not pluginmanager.has_plugin("contract_tests.plugin"):
        # Of the tests of requests, which are not here: given to all tests alike, they change nothing for events.
        group.addoption("--seed", type=int, default=1, help="changes nothing: the messages are prepared")
        group.addoption("--examples", type=int, default=20, help="changes nothing: the messages are prepared")


_MAKE = pytest.StashKey[Any]()


def pytest_configure(config: pytest.Config) -> None:
    """Find the handlers at once: a name that leads nowhere is no breach of the contract."""
    name = config.getoption("--handlers")
    if name:
        config.stash[_MAKE] = _named(name)


@pytest.fixture(scope="session")
def make_handlers(pytestconfig: pytest.Config) -> Any:
    """Return what makes the handlers under test."""
    if _MAKE in pytestconfig.stash:
        return pytestconfig.stash[_MAKE]
    package = json.loads(Path(__file__).with_name("event_cases.json").read_text("utf-8"))["package"]
    return importlib.import_module(f"{package}.sample_events").make


def _named(name: str) -> Any:
    module, colon, attribute = name.partition(":")
    if not colon:
        raise pytest.UsageError(f"--handlers {name!r} is not of the form module:attribute")
    for folder in (str(Path.cwd()), str(Path(__file__).parents[1])):
        if folder not in sys.path:
            sys.path.insert(0, folder)
    try:
        found: Any = importlib.import_module(module)
        for part in attribute.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError) as fault:
        raise pytest.UsageError(f"--handlers {name}: {fault}") from fault
    if not callable(found):
        raise pytest.UsageError(f"--handlers {name} makes no handlers")
    return found
