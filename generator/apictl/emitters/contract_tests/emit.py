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
from apictl.pages.python.spelling import SpelledContract, SpelledOperation

FOLDER = PurePosixPath("python/contract_tests")
"""Of the tests, in the folder of the service."""
_LINKS = "test_links.py"
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


def emit(spelled: SpelledContract) -> PageSet:
    """Return the tests of *spelled*, with the requests prepared for them."""
    return PageSet(
        pages=(Page("contract_tests/test_operations.py.jinja", _view(spelled), FOLDER / "test_operations.py"),),
        files=(GeneratedFile(FOLDER / "cases.json", _cases(spelled)), *_support(spelled)),
    )


def _view(spelled: SpelledContract) -> TestsView:
    wire_names = [operation.function for operation in spelled.operations]
    test_names = names.unique(wire_names, lambda function: f"test_{function.rstrip('_')}")
    return TestsView(
        header=docs.header(spelled),
        title=DocText(docs.one_line(spelled.contract.title), 0),
        tests=tuple(_test(operation, test_names[operation.function]) for operation in spelled.operations),
    )


def _test(spelled: SpelledOperation, name: str) -> TestView:
    operation = spelled.operation
    summary = docs.one_line(operation.summary) or docs.one_line(operation.description) or f"Call {operation.id}"
    return TestView(
        label=Literal(f"{operation.method} {operation.path}"),
        name=Identifier(name),
        doc=DocText(summary if summary.endswith((".", "!", "?")) else f"{summary}."),
    )


def _cases(spelled: SpelledContract) -> bytes:
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
        "operations": [cases.entry(operation) for operation in spelled.operations],
    }
    return json_bytes(content)


def _support(spelled: SpelledContract) -> Iterator[GeneratedFile]:
    """Yield the modules that run the tests, as they are; those of links only where the contract has any.

    Where there are events, too, their tests bring a `conftest.py` for both.
    """
    modules = importlib.resources.files("apictl.support.contract_testing").iterdir()
    for module in sorted(modules, key=lambda module: module.name):
        is_wanted = module.name.endswith((".py", ".ini")) and (module.name != _LINKS or _has_links(spelled))
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
