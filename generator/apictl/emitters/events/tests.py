"""Contract to the tests of events, in the folder `contract_tests/`."""

from __future__ import annotations

import importlib.resources
from pathlib import PurePosixPath

from apictl.contract.events import Direction
from apictl.emitters.events.cases import Cases
from apictl.emitters.events.spelling import SpelledEventOperation, SpelledEvents, SpelledMethod
from apictl.emitters.events.views import ConftestView, TestsView, TestView
from apictl.emitters.events.wording import headline, page_header
from apictl.pages.data import json_bytes
from apictl.pages.nodes import DocText, DottedName, Identifier
from apictl.pages.page import GeneratedFile, Page, PageSet
from apictl.pages.python import docs, names
from apictl.pages.python.spelling import SpelledContract

FOLDER = PurePosixPath("python/contract_tests")
"""Of the tests, in the folder of the service."""
_OWN = ("event_plugin.py", "event_schemas.py", "event_values.py")
"""Modules of `support.event_testing`."""
_SHARED = ("__init__.py", "pytest.ini")
"""What tests of requests bring along, where there are some."""
_UNASKED = "test_what_is_sent_unasked"


def emit_tests(spelled: SpelledContract, events: SpelledEvents) -> PageSet:
    """Return the tests of *events*, with the messages prepared for them."""
    cases = {
        "service": spelled.contract.service,
        "package": spelled.package,
        "messages": [*Cases(events, spelled.contract.definitions).entries()],
    }
    own = importlib.resources.files("apictl.support.event_testing")
    shared = importlib.resources.files("apictl.support.contract_testing")
    return PageSet(
        pages=(
            Page("events/test_events.py.jinja", _view(spelled, events), FOLDER / "test_events.py"),
            Page("events/conftest.py.jinja", ConftestView(spelled.has_requests), FOLDER / "conftest.py"),
        ),
        files=(
            GeneratedFile(FOLDER / "event_cases.json", json_bytes(cases)),
            *(GeneratedFile(FOLDER / name, own.joinpath(name).read_bytes()) for name in _OWN),
            *(
                GeneratedFile(FOLDER / name, shared.joinpath(name).read_bytes())
                for name in (() if spelled.has_requests else _SHARED)
            ),
        ),
    )


def _view(spelled: SpelledContract, events: SpelledEvents) -> TestsView:
    pairs = [(operation, method) for operation in events.operations for method in operation.methods]
    wanted = {_UNASKED: _UNASKED} | {_identity(*pair): _wanted(*pair) for pair in pairs}
    chosen = names.unique(wanted, lambda key: wanted[key])
    tests = [(one, _test(one, method, chosen[_identity(one, method)])) for one, method in pairs]
    return TestsView(
        header=page_header(spelled),
        package=DottedName(spelled.package),
        title=DocText(docs.one_line(spelled.contract.title), 0),
        received=tuple(test for one, test in tests if one.operation.direction is Direction.RECEIVE),
        sent=tuple(test for one, test in tests if one.operation.direction is Direction.SEND),
        unasked=Identifier(chosen[_UNASKED]),
    )


def _identity(operation: SpelledEventOperation, method: SpelledMethod) -> str:
    return f"{operation.constant} {method.name}"


def _wanted(operation: SpelledEventOperation, method: SpelledMethod) -> str:
    verb = "" if operation.operation.direction is Direction.RECEIVE else "send_"
    return f"test_{verb}{method.name.rstrip('_')}"


def _test(operation: SpelledEventOperation, method: SpelledMethod, name: str) -> TestView:
    return TestView(
        name=Identifier(name),
        doc=DocText(headline(operation, method.message.message)),
        operation=Identifier(operation.constant),
        message=Identifier(method.message.constant),
    )
