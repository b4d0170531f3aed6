"""What the changes that the suite names are called here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_VALUES: Final = "enum-.*|const-changed"
_TYPES: Final = "type-.*|format-.*|null-.*|enum-.*|const-.*|parameter-(not-)?repeatable|schema-changed|pattern-.*"
_BRANCHES: Final = "branch-.*|schema-changed|type-.*|null-.*|property-.*|enum-.*|const-.*"

_NAMES: Final[tuple[tuple[str, str], ...]] = (
    (r".*sunset-parse", "sunset-unreadable"),
    (r".*sunset-deleted", "sunset-removed"),
    (r".*sunset-date-changed-too-small", "sunset-moved-closer"),
    (r".*deprecated-sunset-missing", "sunset-too-soon"),
    (r".*stability-level", "stability-unknown"),
    (r".*stability-decreased", "stability-lowered"),
    (r".*stability-increased", "stability-raised"),
    (r"(endpoint|api|request-parameter)-deprecated", "deprecated-added"),
    (r"api-(path-)?removed-.*", "operation-removed"),
    (r"api-operation-id-.*", "operation-id-changed"),
    (r"api-tag-.*", "operation-tags-changed|tag-.*"),
    (r"api-(global-)?security-scope-.*", "security-scope-.*"),
    (r"api-security-component-.*", "security-scheme-.*"),
    (r"api-(global-)?security-.*", "security-alternative-.*"),
    (r"request-parameter-removed.*", "parameter-removed"),
    (r"request-parameter-became-required", "parameter-required"),
    (r"request-parameter-became-optional", "parameter-optional"),
    (r"request-body-became-required", "request-body-required"),
    (r".*response-header-.*", "header-.*"),
    (r"response-.*status-.*", "response-status-.*"),
    (r"response-media-type-.*", "media-type-.*"),
    (r".*x-extensible-enum.*", "extensible-enum-.*"),
    (r".*enum-value-.*", _VALUES),
    (r".*-const-.*", _VALUES),
    (r".*(exclusive-)?min-(increased|decreased|set)", "minimum-.*"),
    (r".*(exclusive-)?max-(increased|decreased|set)", "maximum-.*"),
    (r".*-(min|max)-contains-.*|.*-contains-(added|removed)", "contains-.*"),
    (r".*-(max-length|min-length|max-items|min-items)-.*", r"\1-.*"),
    (r".*pattern-property-.*", "pattern-properties-.*|additional-.*"),
    (r".*-pattern-.*", "pattern-.*"),
    (r".*default-value-.*", "default-changed"),
    (r".*nullable", "null-.*|type-.*"),
    (r"new-(required|optional)-request-property|.*property-added", "property-added|property-required"),
    (r".*property-became-required", "property-required"),
    (r".*property-became-optional", "property-optional"),
    (r".*property-removed", "property-removed"),
    (r".*became-(not-)?(read|write)-only", "property-.*|read-only-.*|write-only-.*"),
    (r".*discriminator-.*", "discriminator-.*"),
    (r".*content-schema-.*", "content-schema-.*|schema-changed"),
    (r".*content-(media-type|encoding)-.*", r"content-\1-.*"),
    (r".*dependent-required-.*", "dependent-required-.*"),
    (r".*dependent-schema-.*", "dependent-schemas-.*"),
    (r".*-(if|then|else)-(added|removed)", "condition-changed"),
    (r".*property-names-.*", "property-names-.*"),
    (r".*prefix-items-.*", "type-.*|schema-changed|format-.*|additional-.*|items-.*"),
    (r".*unevaluated-.*", "additional-.*|schema-changed|unevaluated-.*|type-.*"),
    (r".*(all|any|one)-of.*", _BRANCHES),
    (r".*(type-(changed|generalized|specialized)|list-of-types-.*)", _TYPES),
)
"""Its ids, and the rules here that tell of the same."""


def our_names(ids: Iterable[str]) -> str:
    """Return a pattern for the rules that tell of what *ids* name; "" for none.

    Raises:
        LookupError: nothing here tells of one of *ids*.
    """
    return "|".join(dict.fromkeys(_name(each) for each in ids))


def _name(its_id: str) -> str:
    for pattern, rules in _NAMES:
        found = re.fullmatch(pattern, its_id)
        if found is not None:
            return found.expand(rules) if "\\1" in rules else rules
    raise LookupError(its_id)
