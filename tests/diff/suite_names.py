"""What the changes that the suite names are called here."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from apictl.diff.changes import Change, Use

_REQUIRED: Final = re.compile("required|optional")
RESPELLED: Final = "schema-respelled"
_TYPES: Final = "type-.*|format-.*|null-.*|parameter-(not-)?repeatable"
_TYPE_WORDS: Final = ("type", "format")
_UNION_WORDS: Final = ("type", "anyOf", "oneOf")


class Name(NamedTuple):
    r"""What an id of the suite is here.

    Attributes:
        its: pattern of ids.
        ours: pattern of the rules that tell of the same; `\1` is the first group of the id.
        keywords: that are told of when they are only written otherwise; those with the group in kebab case.
        within: a keyword that the place of the change must be at or below; "" for any place.
    """

    its: str
    ours: str
    keywords: tuple[str, ...] = ()
    within: str = ""


_NAMES: Final[tuple[Name, ...]] = (
    Name(r".*sunset-parse", "sunset-unreadable"),
    Name(r".*sunset-deleted", "sunset-removed"),
    Name(r".*sunset-date-changed-too-small", "sunset-moved-closer"),
    Name(r".*deprecated-sunset-missing", "sunset-too-soon"),
    Name(r".*stability-level", "stability-unknown"),
    Name(r".*stability-decreased", "stability-lowered"),
    Name(r".*stability-increased", "stability-raised"),
    Name(r"(endpoint|request-parameter)-deprecated", "deprecated-added"),
    Name(r"api-(path-)?removed-.*", "operation-removed"),
    Name(r"api-operation-id-.*", "operation-id-changed"),
    Name(r"api-tag-.*", "operation-tags-changed"),
    Name(r"api-security-scope-(added|removed)", r"security-scope-\1"),
    Name(r"api-global-security-scope-(added|removed)", r"security-scope-\1"),
    Name(r"api-security-component-(added|removed)", r"security-scheme-\1"),
    # Where nothing was asked for, to ask for something takes away the alternative of asking for nothing.
    Name(r"api-(global-)?security-(added|removed)", "security-alternative-(added|removed)"),
    Name(r"request-parameter-removed.*", "parameter-removed"),
    Name(r"request-parameter-became-(required|optional)", r"parameter-\1"),
    Name(r"request-body-became-required", "request-body-required"),
    Name(r"(?:required-)?response-header-(added|removed)", r"header-\1"),
    Name(r"response-.*status-(added|removed)", r"response-status-(\1|named)"),
    Name(r"response-media-type-(added|removed)", r"media-type-\1"),
    Name(r".*x-extensible-enum-value-(added|removed)", r"extensible-enum-value-\1"),
    Name(r".*enum-value-(added|removed)", r"enum-value-\1", ("enum",)),
    Name(r".*-const-(added|removed)", r"enum-\1", ("const",), "const"),
    Name(r".*-const-changed", "const-changed", ("const",)),
    Name(r".*exclusive-min-(?:increased|set)", "minimum-tightened", ("exclusiveMinimum",)),
    Name(r".*exclusive-min-decreased", "minimum-loosened", ("exclusiveMinimum",)),
    Name(r".*exclusive-max-(?:decreased|set)", "maximum-tightened", ("exclusiveMaximum",)),
    Name(r".*exclusive-max-increased", "maximum-loosened", ("exclusiveMaximum",)),
    Name(r".*-min-(?:increased|set)", "minimum-tightened", ("minimum",)),
    Name(r".*-min-decreased", "minimum-loosened", ("minimum",)),
    Name(r".*-max-(?:decreased|set)", "maximum-tightened", ("maximum",)),
    Name(r".*-max-increased", "maximum-loosened", ("maximum",)),
    Name(r".*-min-(length|items|contains)-(?:increased|set)", r"min-\1-tightened", (r"min-\1",)),
    Name(r".*-min-(length|items|contains)-decreased", r"min-\1-loosened", (r"min-\1",)),
    Name(r".*-max-(length|items|contains)-(?:decreased|set)", r"max-\1-tightened", (r"max-\1",)),
    Name(r".*-max-(length|items|contains)-increased", r"max-\1-loosened", (r"max-\1",)),
    Name(r".*-contains-(added|removed)", r"contains-\1", ("contains",)),
    Name(r".*pattern-property-(added|removed)", r"pattern-properties-\1", ("patternProperties",)),
    Name(r".*-pattern-(added|removed)", r"pattern-\1", ("pattern",)),
    Name(r".*-pattern-(?:changed|generalized)", "pattern-changed", ("pattern",)),
    Name(r".*default-value-.*", "default-changed"),
    Name(r".*became-nullable", "null-added", ("type",)),
    Name(r".*became-not-nullable", "null-removed", ("type",)),
    Name(r"new-(required|optional)-request-property", "property-added"),
    Name(r"response-(required|optional)-property-added", "property-added"),
    # Readers of requests and answers see the members of the other way as forbidden.
    Name(r"response-.*write-only-property-removed", "property-allowed"),
    Name(r"response-write-only-property-became-(required|optional)", "property-added"),
    Name(r"request-.*became-not-read-only", "property-added|property-allowed"),
    Name(r"request-.*became-read-only", "property-removed|property-forbidden"),
    Name(r"response-.*became-not-write-only", "property-added|property-allowed"),
    Name(r"response-.*became-write-only", "property-removed|property-forbidden"),
    Name(r".*became-not-(read|write)-only", r"\1-only-removed"),
    Name(r".*became-(read|write)-only", r"\1-only-added"),
    Name(r".*property-became-(required|optional)", r"property-\1", ("required",)),
    Name(r".*property-removed", "property-removed"),
    Name(r".*discriminator-.*", "discriminator-changed"),
    Name(r".*content-(schema|media-type|encoding)-.*", r"content-\1-changed"),
    Name(r".*dependent-required-(added|removed|changed)", r"dependent-required-\1", ("dependentRequired",)),
    Name(r".*dependent-schema-.*", "dependent-schemas-changed", ("dependentSchemas",)),
    Name(r".*-(if|then|else)-(?:added|removed)", "condition-changed", ("if", "then", "else")),
    Name(r".*property-names-(added|removed)", r"property-names-\1", ("propertyNames",)),
    Name(r".*prefix-items-.*", ".*", ("prefixItems",), "prefixItems"),
    Name(
        r".*unevaluated-properties-.*", "additional-properties-.*", ("unevaluatedProperties",), "unevaluatedProperties"
    ),
    Name(r".*unevaluated-items-.*", "schema-changed", ("unevaluatedItems",)),
    Name(r".*all-of-.*", ".*", ("allOf",), "allOf"),
    Name(r".*any-of-(added|removed)", r"branch-\1", ("anyOf",), "anyOf"),
    # Where two alternatives are alike, oneOf allows neither, and with the last one nothing at all.
    Name(r".*one-of-(added|removed)", r"branch-\1|type-narrowed", ("oneOf",), "oneOf"),
    Name(r".*wrapped-in-one-of", "branch-.*|schema-changed", (), "oneOf"),
    Name(r".*list-of-types-.*", "type-.*", _UNION_WORDS),
    Name(r".*type-(changed|generalized|specialized)", _TYPES, _TYPE_WORDS),
)
"""The first that fits decides."""


def name_of(its_id: str) -> Name:
    """Return what *its_id* is here.

    Raises:
        LookupError: nothing here tells of it.
    """
    for name in _NAMES:
        found = re.fullmatch(name.its, its_id)
        if found is not None:
            ours, *keywords = (found.expand(each) if "\\1" in each else each for each in (name.ours, *name.keywords))
            return name._replace(ours=ours, keywords=tuple(map(_camel, keywords)))
    raise LookupError(its_id)


def _camel(words: str) -> str:
    first, *others = words.split("-")
    return first + "".join(map(str.capitalize, others))


def tells_of(change: Change, its_id: str, besides: str = "") -> bool:
    """Whether *change* is the one that *its_id* names: by its rule, its place, and what it requires.

    *besides* is a pattern of rules that tell of it as well.
    """
    name = name_of(its_id)
    if change.rule == RESPELLED:
        return change.facts["keyword"] in name.keywords
    if besides and re.fullmatch(besides, change.rule):
        return True
    wanted = _REQUIRED.search(its_id)
    is_of_member = change.rule in ("property-added", "property-removed")
    if wanted and is_of_member and change.facts["is_required"] is not (wanted[0] == "required"):
        return False
    steps = {step for place in (change.old, change.new) for step in place.pointer.split("/")}
    return re.fullmatch(name.ours, change.rule) is not None and (not name.within or name.within in steps)


def is_beside(change: Change, its_id: str) -> bool:
    """Whether *change* is felt in the part of an operation that *its_id* speaks of."""
    return any(_is_at(use, its_id) for use in change.uses)


def _is_at(use: Use, its_id: str) -> bool:
    """Whether *its_id* speaks of the part of an operation that *use* is about."""
    words = its_id.split("-")
    is_parameter = " parameter '" in use.part
    is_answer = " of response " in f" of {use.part}"
    if "parameter" in words:
        return is_parameter
    if "response" in words:
        return is_answer
    return "request" not in words or not (is_parameter or is_answer)
