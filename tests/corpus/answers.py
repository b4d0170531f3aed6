"""Samples of answers for a package that has none of its own: clients of what no server can tell apart."""

from __future__ import annotations

import importlib.resources
from collections.abc import Mapping
from typing import Any

from apictl.emitters.server.emit import sample_values
from apictl.pages.python.spell import spell
from apictl.readers.expectation import Expectation
from apictl.readers.forgiven import Need
from apictl.readers.read import read
from apictl.source.library import Library


def has_samples(package: str) -> bool:
    """Whether *package* brings samples."""
    return importlib.resources.files(package).joinpath("samples.json").is_file()


def samples_of(package: str) -> Mapping[str, Any]:
    """Return samples for the operations of *package*, as its `samples.json` would have them."""
    raw = importlib.resources.files(package).joinpath("openapi.json").read_bytes()
    expected = Expectation(need=Need.CLIENT)
    reading = read(Library(lambda _: raw), "openapi.json", service="trial", expected=expected)
    assert reading.contract is not None, reading.findings
    values, findings = sample_values(spell(reading.contract, package=package))
    assert not findings, findings
    return values
