"""The distribution of a package: what it takes along and asks for, so that its events reach their brokers."""

from __future__ import annotations

import ast
import tomllib
from pathlib import PurePosixPath
from typing import Any

import pytest

from apictl.contract.contract import Contract
from apictl.emitters.package.emit import emit
from apictl.pages.adapters import ADAPTERS
from apictl.pages.python.spell import spell
from apictl.pages.rendering import render
from apictl.readers.read import read
from apictl.source.library import Library
from apictl.support.events.connecting import Brokers
from tests.architecture.sources import ROOT

CHANNEL = """
channels: {c: {address: a, messages: {m: {payload: {type: string}}}}}
operations: {take: {action: receive, channel: {$ref: '#/channels/c'}}}
"""
OPENAPI = "openapi: 3.1.0\ninfo: {title: T, version: 1.0.0}\npaths: {}\n"
SUPPORT = PurePosixPath("python/t_api/_support")


def files(text: str, path: str = "asyncapi.yaml") -> dict[PurePosixPath, bytes]:
    """Return what the package of the document *text* takes along, by path."""
    reading = read(Library(lambda _: text.encode()), path, service="t")
    assert isinstance(reading.contract, Contract), reading.findings
    return {file.path: file.content for file in render(emit(spell(reading.contract), has_server=True))}


def with_servers(servers: str) -> dict[PurePosixPath, bytes]:
    """Return the files of a package whose contract has *servers*."""
    return files(f"asyncapi: 3.0.0\ninfo: {{title: T, version: 1.0.0}}\nservers: {{{servers}}}\n{CHANNEL}")


def adapters(found: dict[PurePosixPath, bytes]) -> set[str]:
    """Return the adapters among *found*."""
    return {path.stem for path in found if path.parent == SUPPORT / "events/transports"} & {
        each.name for each in ADAPTERS
    }


def extras(found: dict[PurePosixPath, bytes]) -> dict[str, Any]:
    """Return the optional dependencies that the project file among *found* has for brokers."""
    project: dict[str, Any] = tomllib.loads(found[PurePosixPath("python/pyproject.toml")].decode())["project"]
    return {name: needs for name, needs in project["optional-dependencies"].items() if name not in {"test", "fastapi"}}


@pytest.mark.parametrize(
    "protocol,adapter",
    [
        ("kafka", "kafka"),
        ("kafka-secure", "kafka"),
        ("amqps", "rabbit"),
        ("nats", "nats"),
        ("rediss", "redis"),
        ("secure-mqtt", "mqtt"),
        ("MQTT5", "mqtt"),
    ],
)
def test_package_has_the_adapter_of_the_protocol_that_its_server_speaks(protocol: str, adapter: str) -> None:
    found = with_servers(f"s: {{host: h, protocol: {protocol}}}")

    assert adapters(found) == {adapter}
    assert [*extras(found)] == [adapter]
    assert any(f"faststream[{adapter}]" in need for need in extras(found)[adapter])


def test_package_without_servers_has_all_adapters_and_one_of_other_protocols_none() -> None:
    everything, nothing = with_servers(""), with_servers("s: {host: h, protocol: ibmmq}")

    assert adapters(everything) == {*extras(everything)} == {each.name for each in ADAPTERS}
    assert adapters(nothing) == {*extras(nothing)} == set()


def test_package_without_events_has_none_of_this() -> None:
    found = files(OPENAPI, "openapi.yaml")

    assert [*extras(found)] == ["telemetry"]
    assert not any("events" in path.parts for path in found)
    assert b"events" not in found[PurePosixPath("python/README.md")]


@pytest.mark.parametrize("servers", ["", "s: {host: h, protocol: amqp}", "s: {host: h, protocol: ibmmq}"])
def test_every_module_that_a_support_module_imports_comes_along(servers: str) -> None:
    found = with_servers(servers)

    modules = {path: ast.parse(text) for path, text in found.items() if path.is_relative_to(SUPPORT)}
    imported = {
        (path, path.parents[node.level - 1].joinpath(*(node.module or "").split(".")))
        for path, tree in modules.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level
    }

    assert imported
    assert not {
        (importer, module)
        for importer, module in imported
        if module.with_suffix(".py") not in found and module / "__init__.py" not in found
    }


def test_requirements_of_adapters_are_those_of_apictl_itself() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    own: set[str] = {*project["dependencies"], *project["optional-dependencies"]["brokers"]}

    (together,) = (need for need in own if need.startswith("faststream["))
    shared = together.partition("]")[2]
    for each in ADAPTERS:
        assert set(each.requirements) <= own | {f"faststream[{each.name}]{shared}"}


def test_schemes_of_adapters_are_those_that_packages_take() -> None:
    for each in ADAPTERS:
        assert Brokers("t-api", (each.name,)).schemes == (*each.schemes, "memory")
        assert set(each.protocols.values()) <= set(each.schemes)
