"""`apictl.yaml` says what it says, or names the line where it doesn't; J01 to J03 and J16 of the catalogue."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from apictl.errors import ApictlError
from apictl.workspace.manifest import Manifest, Service, read_manifest
from apictl.workspace.packages import IMPORTED


def fault(text: str) -> str:
    with pytest.raises(ApictlError) as caught:
        read_manifest(text.encode())
    return str(caught.value)


def test_everything_has_a_default() -> None:
    assert read_manifest(b"") == Manifest(output="generated", specs="specs", templates="", services=())
    assert read_manifest(b"version: 1\n") == Manifest()


def test_all_that_can_be_said_of_a_service() -> None:
    manifest = read_manifest(b"""
services:
  trips:
    openapi: contracts/trips.yaml
    owner: team-marketplace
    external: true
    visibility: public
    package: trips_api
    consumes: {drivers: [getDriver, listDrivers]}
  drivers:
""")

    assert manifest.services == (
        Service(
            name="trips",
            openapi="contracts/trips.yaml",
            owner="team-marketplace",
            is_external=True,
            visibility="public",
            package="trips_api",
            consumes=(("drivers", ("getDriver", "listDrivers")),),
        ),
        Service(name="drivers"),
    )


def test_unknown_key_is_named_with_its_line_and_the_nearest_known_one() -> None:  # J01
    assert fault("version: 1\noutptu: x\n") == "apictl.yaml:2:1: unknown key 'outptu', did you mean 'output'?"


def test_unknown_key_of_a_service_is_compared_with_those_of_services() -> None:  # J01
    message = fault("services:\n  trips:\n    onwer: me\n")

    assert message == "apictl.yaml:3:5: unknown key 'onwer', did you mean 'owner'?"


def test_every_fault_is_told_in_the_order_of_lines() -> None:
    message = fault("zzz: 1\nservices:\n  trips:\n    external: maybe\n  a: []\n")

    assert [line.split(": ")[0] for line in message.splitlines()] == [
        "apictl.yaml:1:1",
        "apictl.yaml:4:15",
        "apictl.yaml:5:6",
    ]


@pytest.mark.parametrize(
    "text,spot",
    [
        ("services: [", "apictl.yaml:1:"),
        ("a: b: c", "apictl.yaml:1:"),
        ("- x", "apictl.yaml:1:1"),
        ("output: 7", "apictl.yaml:1:9"),
        ("services: {a: {consumes: {b: getB}}}", "apictl.yaml:1:30"),
    ],
)
def test_what_is_no_manifest_is_an_error_with_its_line(text: str, spot: str) -> None:  # J02
    assert fault(text).startswith(spot)


def test_other_version_of_the_format_is_refused() -> None:  # J16
    assert fault("version: 2") == "apictl.yaml:1:10: version 2 is not supported, this apictl reads version 1"


@pytest.mark.parametrize("path", ["../out", "/etc", "a/../../b", "C:\\x", "..", "~\0"])
@pytest.mark.parametrize("key", ["output", "specs", "templates"])
def test_path_out_of_the_workspace_is_refused(key: str, path: str) -> None:  # J03
    written = path.replace("\\", "\\\\").replace("\0", "\\0")

    assert fault(f'{key}: "{written}"').endswith("leads out of the workspace")


def test_contract_out_of_the_workspace_is_refused() -> None:  # J03
    message = fault("services:\n  a:\n    openapi: ../a.yaml\n")

    assert message == "apictl.yaml:3:14: path '../a.yaml' leads out of the workspace"


@pytest.mark.parametrize("name", ["../evil", "Trips", "a_b", "-a", "a--b", "日本", "1st", "con", "lpt1"])
def test_name_of_a_service_must_be_usable_everywhere(name: str) -> None:
    message = fault(f'services:\n  "{name}":\n')

    assert message.startswith("apictl.yaml:2:3: service ")


def test_package_must_be_an_identifier() -> None:  # H19
    assert "services.a.package" in fault('services: {a: {package: "x; import os"}}')


@pytest.mark.parametrize(
    "name,reason",
    [
        ("class", "is a keyword of Python"),
        ("con", "is no folder on Windows"),
        ("contract_tests", "is the folder of the contract tests"),
        ("typing", "is a module of Python"),
        ("pydantic", "is a library that generated code imports"),
        ("schemathesis", "is a library that generated code imports"),
    ],
)
def test_package_must_not_stand_in_the_way_of_another_module(name: str, reason: str) -> None:  # H19, G09
    message = fault(f"services:\n  a:\n    package: {name}\n")

    assert message == f"apictl.yaml:3:14: package {name!r} {reason}"


def test_every_library_that_generated_code_imports_is_known(root: Path) -> None:
    modules = [ast.parse(path.read_bytes()) for path in (root / "generator/apictl/support").rglob("*.py")]
    names = {name for module in modules for node in ast.walk(module) for name in _imported(node)}

    assert names - sys.stdlib_module_names <= IMPORTED


def _imported(node: ast.AST) -> set[str]:
    match node:
        case ast.Import(names):
            return {alias.name.split(".")[0] for alias in names}
        case ast.ImportFrom(module=str(module), level=0):
            return {module.split(".")[0]}
        case _:
            return set()
