"""Contract to the folder `contract_tests/`."""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from apictl.contract.schema import JsonValue
from apictl.emitters.contract_tests.cases import Cases
from apictl.emitters.contract_tests.credentials import credential
from apictl.pages.data import json_bytes
from apictl.pages.nodes import CommentText, DocText, Identifier, Literal
from apictl.pages.page import GeneratedFile, Page, PageSet
from apictl.pages.python import docs, names
from apictl.pages.python.remembering import Remembering
from apictl.pages.python.spelling import SpelledContract, SpelledOperation
from apictl.support.contract_testing.cases import RECEIVED

FOLDER = PurePosixPath("python/contract_tests")
"""Of the tests, in the folder of the service."""
_LINKS = "test_links.py"
_SENDING = "test_sending.py"
_CONFTEST = "conftest.py"


@dataclass(frozen=True, slots=True)
class TestView:
    """The test of one operation."""

    label: Literal
    name: Identifier
    doc: DocText


@dataclass(frozen=True, slots=True)
class TestsView:
    """`test_operations.py`."""

    header: CommentText
    title: DocText
    tests: tuple[TestView, ...]


@dataclass(frozen=True, slots=True)
class Received:
    """What a receiver of webhooks and callbacks serves.

    Attributes:
        spelled: their contract.
        remembering: what earlier runs made of it.
    """

    spelled: SpelledContract
    remembering: Remembering


def emit(spelled: SpelledContract, remembering: Remembering | None = None, received: Received | None = None) -> PageSet:
    """Return the tests of *spelled* and of what is *received*, with the requests prepared for them."""
    own = Page("contract_tests/test_operations.py.jinja", _view(spelled, ""), FOLDER / "test_operations.py")
    pages = [own]
    if received is not None:
        view = _view(received.spelled, RECEIVED)
        pages.append(Page("contract_tests/test_operations.py.jinja", view, FOLDER / "test_webhooks.py"))
    return PageSet(
        pages=tuple(pages),
        files=(
            GeneratedFile(FOLDER / "cases.json", _cases(spelled, remembering or Remembering(), received)),
            *_support(spelled, has_received=received is not None),
        ),
    )


def _view(spelled: SpelledContract, prefix: str) -> TestsView:
    wire_names = [operation.function for operation in spelled.operations]
    test_names = names.unique(wire_names, lambda function: f"test_{function.rstrip('_')}")
    return TestsView(
        header=docs.header(spelled),
        title=DocText(f"{docs.one_line(spelled.contract.title)}{', its webhooks and callbacks' if prefix else ''}", 0),
        tests=tuple(_test(operation, test_names[operation.function], prefix) for operation in spelled.operations),
    )


def _test(spelled: SpelledOperation, name: str, prefix: str) -> TestView:
    operation = spelled.operation
    summary = docs.one_line(operation.summary) or docs.one_line(operation.description) or f"Call {operation.id}"
    return TestView(
        label=Literal(f"{operation.method} {prefix}{operation.path}"),
        name=Identifier(name),
        doc=DocText(summary if summary.endswith((".", "!", "?")) else f"{summary}."),
    )


def _cases(spelled: SpelledContract, remembering: Remembering, received: Received | None) -> bytes:
    cases = Cases(spelled)
    credentials: dict[str, JsonValue] = {}
    for scheme in spelled.schemes:
        found = credential(scheme.scheme)
        if found is not None:
            credentials[scheme.scheme.name] = found
    content: dict[str, JsonValue] = {
        "service": spelled.contract.service,
        "package": spelled.package,
        "credentials": credentials,
        "operations": [
            *(_entry(operation, cases, remembering) for operation in spelled.operations),
            *(() if received is None else _received_entries(received)),
        ],
    }
    return json_bytes(content)


def _received_entries(received: Received) -> Iterator[JsonValue]:
    """Yield the cases of what is received, on the paths that the tests have it on."""
    cases = Cases(received.spelled)
    for operation in received.spelled.operations:
        entry = _entry(operation, cases, received.remembering)
        yield _prefixed(entry) if isinstance(entry, dict) else entry


def _prefixed(entry: dict[str, JsonValue]) -> JsonValue:
    valid, wrong = entry["valid"], entry["wrong"]
    return {
        **_moved(entry),
        "valid": _moved(valid) if isinstance(valid, dict) else valid,
        "wrong": [_moved(one) if isinstance(one, dict) else one for one in wrong] if isinstance(wrong, list) else [],
    }


def _moved(entry: dict[str, JsonValue]) -> dict[str, JsonValue]:
    return {name: f"{RECEIVED}{value}" if name == "path" else value for name, value in entry.items()}


def _entry(operation: SpelledOperation, cases: Cases, remembering: Remembering) -> JsonValue:
    known: JsonValue = remembering.recall("cases", operation)
    if known is None:
        known = cases.entry(operation)
        remembering.keep("cases", operation, known)
    return known


def _support(spelled: SpelledContract, *, has_received: bool) -> Iterator[GeneratedFile]:
    """Yield the modules that run the tests, as they are; those of links or of sending only where there are any.

    Where there are events, too, their tests bring a `conftest.py` for both.
    """
    modules = importlib.resources.files("apictl.support.contract_testing").iterdir()
    for module in sorted(modules, key=lambda module: module.name):
        is_wanted = module.name.endswith((".py", ".ini")) and (module.name != _LINKS or _has_links(spelled))
        is_wanted = is_wanted and (module.name != _SENDING or has_received)
        is_wanted = is_wanted and (module.name != _CONFTEST or spelled.contract.events is None)
        if is_wanted:
            yield GeneratedFile(FOLDER / module.name, module.read_bytes())


def _has_links(spelled: SpelledContract) -> bool:
    """Whether any response of the source document declares links."""
    waiting: list[JsonValue] = [spelled.contract.source.get("paths"), spelled.contract.source.get("components")]
    while waiting:
        match waiting.pop():
            case dict() as node:
                if isinstance(node.get("links"), dict) and node["links"] and "description" in node:
                    return True
                waiting.extend(node.values())
            case list() as items:
                waiting.extend(items)
            case _:
                continue
    return False
