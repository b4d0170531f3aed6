"""How documents are linted: what `lint` in the manifest says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ManifestIgnore:
    """Something that is not to be told.

    Attributes:
        rule: id.
        file: path relative to the workspace, or a pattern with `*`.
        pointer: of an object, or a pattern with `*`; what is below is meant, too.
        reason: why.
    """

    rule: str
    file: str
    pointer: str
    reason: str


@dataclass(frozen=True, slots=True)
class LintSettings:
    """What a team may set.

    Attributes:
        rules: names of sets and ids of rules, `!` before what is left out; empty for the default.
        severities: by the id of a rule; `off` for nothing at all.
        ignores: in the manifest's order.
        custom: paths of files with rules of the team's own.
    """

    rules: tuple[str, ...] = ()
    severities: tuple[tuple[str, str], ...] = ()
    ignores: tuple[ManifestIgnore, ...] = ()
    custom: tuple[str, ...] = ()


def lint_settings_of(tree: Mapping[str, Any]) -> LintSettings:
    """Return what *tree*, the `lint` of a manifest that keeps to its schema, says."""
    return LintSettings(
        tuple(tree.get("rules", ())),
        tuple(tree.get("severities", {}).items()),
        tuple(_ignore(entry) for entry in tree.get("ignores", ())),
        tuple(tree.get("custom", ())),
    )


def _ignore(entry: Mapping[str, Any]) -> ManifestIgnore:
    return ManifestIgnore(entry["rule"], entry.get("file", "*"), entry.get("pointer", ""), entry["reason"])
