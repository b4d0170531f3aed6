"""How changes are judged: what `diff` in the manifest says, as dials."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any, Final

from apictl.findings import Severity
from apictl.rules.dials import ChannelCompatibility, Compatibility, Dials, SeverityOverride

_SILENT: Final = "off"
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class Judging:
    """What a team may set.

    Attributes:
        dials: for all services.
        severities: name of a service, or "" for all, and a weight; the last that holds decides.
        compatibilities: name of a service, or "" for all, and what its channels ask for.
    """

    dials: Dials = field(default_factory=Dials)
    severities: tuple[tuple[str, SeverityOverride], ...] = ()
    compatibilities: tuple[tuple[str, ChannelCompatibility], ...] = ()

    def of(self, service: str, today: dt.date) -> Dials:
        """Return the dials for *service* as of *today*."""
        severities = tuple(override for name, override in self.severities if name in {"", service})
        asked = tuple(one for name, one in self.compatibilities if name in {"", service})
        return dataclasses.replace(self.dials, today=today, severities=severities, compatibilities=asked)

    def telling_of_respellings(self) -> Judging:
        """Return the same, told of schemas that are written otherwise and allow the same, too."""
        return dataclasses.replace(self, dials=dataclasses.replace(self.dials, is_respelling_told=True))


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
    return Judging(
        dials,
        tuple((entry.get("service", ""), _override(entry)) for entry in tree.get("severities", ())),
        tuple((entry.get("service", ""), _compatibility(entry)) for entry in tree.get("compatibilities", ())),
    )


def rule_flaw(rule: str) -> str:
    """Return that no rule is called *rule*, an id or a pattern with `*`; "" when one is."""
    from apictl.rules.catalogue import likeliest, pages  # noqa: PLC0415 - only who sets weights waits for all pages

    if rule in pages() or any(fnmatchcase(known, rule) for known in pages()):
        return ""
    close = likeliest(rule)
    shown = repr(rule) if len(rule) <= _LONGEST else f"{rule[:_LONGEST]!r}..."
    return f"there is no rule {shown}" + (f", did you mean {close!r}?" if close else ", `apictl rules` lists them")


def _override(entry: Mapping[str, Any]) -> SeverityOverride:
    severity = None if entry["severity"] == _SILENT else Severity(entry["severity"])
    return SeverityOverride(entry.get("rule", "*"), entry.get("path", "*"), severity)


def _compatibility(entry: Mapping[str, Any]) -> ChannelCompatibility:
    # Only two versions are at hand, so that `full-transitive` asks what `full` asks.
    word = entry["compatibility"].removesuffix("-transitive")
    return ChannelCompatibility(entry.get("channel", "*"), Compatibility(word))
