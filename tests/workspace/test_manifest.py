"""`apictl.yaml` says what it says, or names the line where it doesn't; J01 to J03 and J16 of the catalogue."""

from __future__ import annotations

import pytest

from apictl.errors import ApictlError
from apictl.workspace.manifest import Manifest, Service, read_manifest


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


@pytest.mark.parametrize("name", ["../evil", "Trips", "a_b", "-a", "a--b", "日本", "1st"])
def test_name_of_a_service_must_be_usable_everywhere(name: str) -> None:
    message = fault(f'services:\n  "{name}":\n')

    assert message.startswith("apictl.yaml:2:3: service ")


def test_two_services_with_one_package_are_refused() -> None:
    message = fault("services:\n  a: {package: x}\n  b: {package: x}\n")

    assert message == "apictl.yaml:3:3: package 'x' is also the package of 'a'"


def test_package_must_be_an_identifier() -> None:  # H19
    assert "services.a.package" in fault('services: {a: {package: "x; import os"}}')
