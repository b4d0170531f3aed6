"""What a rule about documents is made of, and how a function becomes one."""

from __future__ import annotations

import enum
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from apictl.findings import Place, Related, Severity
from apictl.readers.asyncapi import kinds as asyncapi
from apictl.readers.inventory import Node
from apictl.readers.openapi import kinds as openapi
from apictl.rules.lint.scope import Scope

OpenApi = openapi.Kind
AsyncApi = asyncapi.Kind
AnyKind: TypeAlias = openapi.Kind | asyncapi.Kind
AnyNode: TypeAlias = Node[Any]

_ID: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")
_LONGEST_ID: Final = 60


class RuleSet(enum.Enum):
    """What a document is judged for; whatever keeps it from being read is told in each."""

    MINIMAL = "minimal"
    """What breaks tools, and nothing else."""
    RECOMMENDED = "recommended"
    """What most contracts want."""
    STRICT = "strict"
    """All that is recommended, and the style of an API that many teams share."""
    CODEGEN = "codegen"
    """What makes generated code worse than it could be."""
    SECURITY = "security"
    """What an attacker would look for, as far as a contract shows it."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """What a rule found.

    Attributes:
        message: place, thing, state; lower case but for names, no full stop, at most 200 characters.
        place: of the flaw; `Place.key()` where the name of a field is meant.
        hint: what to do, when it is known.
        related: further places, in the order of telling.
    """

    message: str
    place: Place
    hint: str | None = None
    related: tuple[Related, ...] = ()


Find: TypeAlias = Callable[[AnyNode, Scope], Iterator[Flaw]]
"""Yields what is wrong with an object; it may be of any shape that the specification allows, or none."""


@dataclass(frozen=True, slots=True)
class LintRule:
    """A kind of flaw.

    Attributes:
        id: in kebab case, named after the flaw.
        page: what is wrong and why, with a document that has the flaw, what to write instead; CommonMark text.
        kinds: of the objects that it looks at.
        fields: of which an object must have one to be looked at; empty for every object of these kinds.
        sets: that it is in, and how much a flaw weighs in each.
        find: yields flaws of one object, which is no reference.
        is_about_callers: it asks what other documents refer to, so that all must have been read before.
    """

    id: str
    page: str
    kinds: tuple[AnyKind, ...]
    fields: tuple[str, ...]
    sets: Mapping[RuleSet, Severity]
    find: Find
    is_about_callers: bool = False

    @property
    def severity(self) -> Severity:
        """How much a flaw weighs where the rule is named alone: as in the first of its sets."""
        return next(iter(self.sets.values()), Severity.WARNING)


def lint_rule(
    rule_id: str,
    *kinds: AnyKind,
    sets: Mapping[RuleSet, Severity],
    field: str | tuple[str, ...] = (),
    is_about_callers: bool = False,
) -> Callable[[Find], LintRule]:
    """Return what makes a rule of a function; the page is the docstring of its module.

    The function gets each object of *kinds* that has *field*, or one of several, and the document that it is in. A rule
    that *is_about_callers* is asked once more when all documents of a run have been read, if it finds anything before.

    Raises:
        ValueError: *rule_id* is no id in kebab case.
    """
    if not _ID.fullmatch(rule_id) or len(rule_id) > _LONGEST_ID:
        message = f"{rule_id!r} is no id of a rule: two words or more of a-z and 0-9, with hyphens between them"
        raise ValueError(message)

    fields = (field,) if isinstance(field, str) else field

    def made(find: Find) -> LintRule:
        page = sys.modules[find.__module__].__doc__ or ""
        return LintRule(rule_id, page, kinds, fields, sets, find, is_about_callers)

    return made
