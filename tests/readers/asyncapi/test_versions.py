"""The language and version of a document decide who reads it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import apictl.readers.asyncapi
from apictl.readers.asyncapi.metaschemas import known_bindings, published
from apictl.readers.asyncapi.version import Version
from tests.readers.asyncapi.documents import channel_of, one_message, read_text, read_tree, second
from tests.readers.documents import contract_of, errors_of


@pytest.mark.parametrize(
    "version", ["2.0.0", "2.1.0", "2.2.0", "2.3.0", "2.4.0", "2.5.0", "2.6.0", "3.0.0", "3.1.0", "2.6.7", "3.0.1"]
)
def test_each_version_of_asyncapi_2_and_3_is_read(version: str) -> None:
    reading = read_tree(one_message({"payload": {"type": "string"}}, version=version))

    assert contract_of(reading).title == "Lights"
    assert channel_of(reading).address == "lights"


@pytest.mark.parametrize(
    "written, rule",
    [
        ("1.2.0", "version-unsupported"),
        ("4.0.0", "version-unsupported"),
        ("2.7.0", "version-unsupported"),
        ("3", "version-not-a-string"),
        ("3.0", "version-not-a-string"),
        ("[]", "version-not-a-string"),
    ],
)
def test_other_versions_are_refused_at_the_version(written: str, rule: str) -> None:
    reading = read_text(f"asyncapi: {written}\ninfo: {{title: x, version: '1'}}\nchannels: {{}}\n")

    assert errors_of(reading) == [(rule, "/asyncapi")]


def test_a_document_of_both_languages_is_refused() -> None:
    reading = read_tree(second() | {"openapi": "3.1.0", "paths": {}})

    assert ("field-unknown", "/asyncapi") in errors_of(reading)


@pytest.mark.parametrize("version", list(Version))
def test_every_published_meta_schema_ships_and_judges_its_own_version(version: Version) -> None:
    definitions: Any = published(version)["definitions"]

    assert {"components", "correlationId", "schema"} <= set(definitions)


def test_licence_and_notice_ship_beside_the_meta_schemas() -> None:
    folder = Path(apictl.readers.asyncapi.__path__[0]) / "published"

    assert "Apache License" in (folder / "LICENSE").read_text("utf-8")
    assert "Modified" in (folder / "NOTICE").read_text("utf-8")
    assert {path.stem for path in folder.glob("*.json")} == {f"{version.value}.0" for version in Version}


def test_what_is_known_of_bindings_comes_from_the_meta_schemas() -> None:
    known = known_bindings()

    assert known["kafka"] >= {"0.4.0", "0.5.0"}
    assert known["redis"] == frozenset()
    json.dumps(sorted(known))


def test_structural_errors_name_their_cause() -> None:
    reading = read_text(
        """
asyncapi: 3.0.0
info: {title: Lights, version: '1'}
channels:
  lights: {adress: lights, messages: {lit: {payload: {type: strin}}}}
operations:
  onLit: {action: fly, channel: {$ref: '#/channels/lights'}}
"""
    )

    assert [(rule, pointer) for rule, pointer in errors_of(reading)] == [
        ("value-not-allowed", "/channels/lights/messages/lit/payload/type"),
        ("field-unknown", "/channels/lights/adress"),
        ("value-not-allowed", "/operations/onLit/action"),
    ]
    assert [finding.place.path for finding in reading.findings] == ["asyncapi.yaml"] * 3
