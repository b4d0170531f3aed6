"""How much the flaws weigh that a document can be read in spite of."""

from __future__ import annotations

from typing import Final

from apictl.findings import Severity

FORGIVABLE: Final = {
    "default-mismatch": Severity.ERROR,
    "keyword-ill-formed": Severity.ERROR,
    "required-repeated": Severity.ERROR,
}
"""Flaws whose meaning is beyond doubt; errors all the same, for openapi-spec-validator refuses them."""


def severity(rule: str) -> Severity:
    """Return the weight of the forgivable flaw *rule*."""
    return FORGIVABLE[rule]
