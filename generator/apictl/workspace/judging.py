"""How changes are judged: what `diff` in the manifest says, as dials."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from apictl.findings import Severity
from apictl.rules.dials import Dials, SeverityOverride

_SILENT: Final = "off"


@dataclass(frozen=True, slots=True)
class Judging:
    """What a team may set.

    Attributes:
        dials: for all services.
        severities: name of a service, or "" for all, and a weight; the last that holds decides.
    """

    dials: Dials = field(default_factory=Dials)
    severities: tuple[tuple[str, SeverityOverride], ...] = ()

    def of(self, service: str, today: dt.date) -> Dials:
        """Return the dials for *service* as of *today*."""
        severities = tuple(override for name, override in self.severities if name in {"", service})
        return dataclasses.replace(self.dials, today=today, severities=severities)


def judging_of(tree: Mapping[str, Any]) -> Judging:
    """Return what *tree*, the `diff` of a manifest that keeps to its schema, says."""
    usual = Dials()
    dials = Dials(
        open_enums=tree.get("open-enums", usual.open_enums),
        tolerant_readers=tree.get("tolerant-readers", usual.tolerant_readers),
        open_statuses=tree.get("open-statuses", usual.open_statuses),
        unpromised=frozenset(tree.get("unpromised", usual.unpromised)),
        deprecation_days=tree.get("deprecation-days", usual.deprecation_days),
        is_sunset_needed=tree.get("sunset-needed", usual.is_sunset_needed),
    )
    return Judging(dials, tuple((entry.get("service", ""), _override(entry)) for entry in tree.get("severities", ())))


def _override(entry: Mapping[str, Any]) -> SeverityOverride:
    severity = None if entry["severity"] == _SILENT else Severity(entry["severity"])
    return SeverityOverride(entry.get("rule", "*"), entry.get("path", "*"), severity)
