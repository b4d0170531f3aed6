"""The workspace is found without configuration, and doubts are errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from apictl.errors import ApictlError
from apictl.workspace.discovery import chosen_services, open_workspace
from apictl.workspace.roots import workspace_root


def write(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("{}")


def test_every_contract_in_the_specs_folder_is_a_service(tmp_path: Path) -> None:
    write(tmp_path, "specs/b/openapi.json", "specs/a/openapi.yaml", "specs/c/openapi.yml", "specs/common/problem.yaml")
    write(tmp_path, "specs/d/swagger.json")

    workspace = open_workspace(tmp_path)

    assert [(each.name, each.openapi) for each in workspace.services] == [
        ("a", "specs/a/openapi.yaml"),
        ("b", "specs/b/openapi.json"),
        ("c", "specs/c/openapi.yml"),
        ("d", "specs/d/swagger.json"),
    ]


def test_name_of_a_folder_becomes_a_portable_name(tmp_path: Path) -> None:
    write(tmp_path, "specs/My_Service/openapi.yaml")

    assert [each.name for each in open_workspace(tmp_path).services] == ["my-service"]


@pytest.mark.parametrize(
    "paths,message",
    [
        (("specs/a/openapi.yaml", "specs/a/openapi.json"), "are both the contract of one service"),
        (("specs/a/openapi.yaml", "specs/a/swagger.json"), "are both the contract of one service"),
        (("specs/a_b/openapi.yaml", "specs/a-b/openapi.yaml"), "both are service 'a-b'"),
        (("specs/!!!/openapi.yaml",), "gives no name for a service"),
        (("specs/con/openapi.yaml",), "gives no name for a service"),
        (("specs/a\nerror: b/openapi.yaml",), r"^folder 'a\\nerror: b' has a name that can't be printed$"),
        (("specs/caf\udce9/openapi.yaml",), r"^folder 'caf\\udce9' has a name that can't be printed$"),
    ],
)
def test_doubt_about_a_service_is_an_error(tmp_path: Path, paths: tuple[str, ...], message: str) -> None:
    write(tmp_path, *paths)

    with pytest.raises(ApictlError, match=message):
        open_workspace(tmp_path)


def test_manifest_adds_to_what_is_found(tmp_path: Path) -> None:
    write(tmp_path, "specs/a/openapi.yaml", "elsewhere/b.yaml")
    (tmp_path / "apictl.yaml").write_text("services: {a: {owner: me}, b: {openapi: elsewhere/b.yaml}}")

    services = open_workspace(tmp_path).services

    assert [(each.name, each.openapi, each.owner) for each in services] == [
        ("a", "specs/a/openapi.yaml", "me"),
        ("b", "elsewhere/b.yaml", ""),
    ]


def test_listed_service_without_a_contract_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "apictl.yaml").write_text("services: {a: {}}")

    with pytest.raises(ApictlError, match=r"^apictl\.yaml:1:12: service 'a' has no contract"):
        open_workspace(tmp_path)


def test_consumed_service_must_exist(tmp_path: Path) -> None:
    write(tmp_path, "specs/trips/openapi.yaml")
    (tmp_path / "apictl.yaml").write_text("services: {trips: {consumes: {trisp: [x]}}}")

    with pytest.raises(ApictlError, match=r"^apictl\.yaml:1:31: 'trips' consumes unknown service 'trisp'$") as caught:
        open_workspace(tmp_path)

    assert caught.value.hint == "did you mean 'trips'?"


def test_root_is_found_from_below(tmp_path: Path) -> None:
    write(tmp_path, "specs/a/openapi.yaml", "deep/down/file")

    assert workspace_root(tmp_path / "deep/down") == tmp_path.resolve()


def test_manifest_above_counts_more_than_a_specs_folder_nearby(tmp_path: Path) -> None:
    write(tmp_path, "sub/specs/a/openapi.yaml")
    (tmp_path / "apictl.yaml").write_text("")

    assert workspace_root(tmp_path / "sub") == tmp_path.resolve()


def test_nothing_above_the_repository_is_looked_at(tmp_path: Path) -> None:  # J03
    (tmp_path / "apictl.yaml").write_text("")
    (tmp_path / "repository/.git").mkdir(parents=True)

    assert workspace_root(tmp_path / "repository") == (tmp_path / "repository").resolve()


def test_no_contract_at_all_is_an_error(tmp_path: Path) -> None:  # J13
    with pytest.raises(ApictlError, match="no contract found, expected specs/<service>/"):
        chosen_services(open_workspace(tmp_path), ())


def test_unknown_service_is_an_error_that_names_the_nearest(tmp_path: Path) -> None:
    write(tmp_path, "specs/pricing/openapi.yaml")

    with pytest.raises(ApictlError, match="there is no service 'pricin'") as caught:
        chosen_services(open_workspace(tmp_path), ["pricin"])

    assert caught.value.hint == "did you mean 'pricing'?"


def test_package_of_one_service_may_not_be_the_usual_one_of_another(tmp_path: Path) -> None:
    write(tmp_path, "specs/a/openapi.yaml", "specs/b/openapi.yaml")
    (tmp_path / "apictl.yaml").write_text("services: {a: {package: b_api}}")

    with pytest.raises(ApictlError, match=r"^apictl\.yaml:1:25: package 'b_api' is also the package of 'b'$"):
        open_workspace(tmp_path)


def test_two_services_with_one_package_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "specs/a/openapi.yaml", "specs/b/openapi.yaml")
    (tmp_path / "apictl.yaml").write_text("services:\n  a: {package: x}\n  b: {package: x}\n")

    with pytest.raises(ApictlError, match=r"^apictl\.yaml:3:16: package 'x' is also the package of 'a'$"):
        open_workspace(tmp_path)


def test_services_whose_names_make_one_package_are_told_what_to_do(tmp_path: Path) -> None:
    write(tmp_path, "specs/a1b2/openapi.yaml", "specs/a1-b2/openapi.yaml")

    with pytest.raises(ApictlError, match="'a1-b2' and 'a1b2' both have the package 'a1_b2_api'") as caught:
        open_workspace(tmp_path)

    assert caught.value.hint == "give one of them a `package` in apictl.yaml"


@pytest.mark.parametrize("templates", ["nowhere", "specs/a/openapi.yaml"])
def test_templates_must_be_a_folder(tmp_path: Path, templates: str) -> None:
    write(tmp_path, "specs/a/openapi.yaml")
    (tmp_path / "apictl.yaml").write_text(f"templates: {templates}")

    with pytest.raises(ApictlError, match=rf"^apictl\.yaml:1:12: templates '{templates}' is no folder$"):
        open_workspace(tmp_path)


def test_service_may_have_a_contract_of_events_beside_or_instead_of_one_of_requests(tmp_path: Path) -> None:
    for name in ("a/openapi.yaml", "a/asyncapi.yml", "b/asyncapi.json"):
        path = tmp_path / "specs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")

    services = open_workspace(tmp_path).services

    assert [(each.name, each.openapi, each.asyncapi, each.documents) for each in services] == [
        ("a", "specs/a/openapi.yaml", "specs/a/asyncapi.yml", ("specs/a/openapi.yaml", "specs/a/asyncapi.yml")),
        ("b", "", "specs/b/asyncapi.json", ("specs/b/asyncapi.json",)),
    ]


def test_two_contracts_of_events_in_one_folder_are_an_error(tmp_path: Path) -> None:
    for name in ("asyncapi.yaml", "asyncapi.json"):
        path = tmp_path / "specs" / "a" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")

    with pytest.raises(ApictlError, match="are both the contract of one service"):
        open_workspace(tmp_path)


def test_manifest_names_a_contract_of_events_and_whose_view_it_is(tmp_path: Path) -> None:
    (tmp_path / "apictl.yaml").write_text("services: {a: {asyncapi: x/a.yaml, perspective: client}}")

    (service,) = open_workspace(tmp_path).services

    assert (service.openapi, service.asyncapi, service.perspective) == ("", "x/a.yaml", "client")
