"""All that `apictl lint` may tell: what readers say, and the rules, a file each in `checks`."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from apictl.findings import Severity
from apictl.rules.lint import (
    checks,
    engine,
    events,
    languages,
    references,
    requests,
    schemas,
    structure,
    swagger,
    texts,
)
from apictl.rules.lint.rule import LintRule, RuleSet

_GROUPS: Final = (
    texts.PAGES, structure.PAGES, references.PAGES, schemas.PAGES, requests.PAGES, events.PAGES, languages.PAGES,
    swagger.PAGES,
)  # fmt: skip

READER_SEVERITIES: Final[Mapping[str, Mapping[RuleSet, Severity]]] = MappingProxyType(
    {
        "boolean-word-unquoted": {RuleSet.CODEGEN: Severity.WARNING},
        "number-leading-zero": {RuleSet.CODEGEN: Severity.WARNING},
        "operation-id-missing": {
            RuleSet.RECOMMENDED: Severity.WARNING,
            RuleSet.STRICT: Severity.WARNING,
            RuleSet.CODEGEN: Severity.WARNING,
        },
    }
)
"""What weighs more in a set than it does to a reader, who can do without."""


@functools.cache
def lint_rules() -> tuple[LintRule, ...]:
    """Return the rules, by name of their files."""
    names = sorted(module.name for module in pkgutil.iter_modules(checks.__path__))
    modules = [importlib.import_module(f"{checks.__name__}.{name}") for name in names]
    return tuple(value for module in modules for value in vars(module).values() if isinstance(value, LintRule))


@functools.cache
def reader_pages() -> Mapping[str, str]:
    """Return the page of everything that readers may say, by id, sorted; CommonMark text."""
    return MappingProxyType(dict(sorted((rule, page) for group in _GROUPS for rule, page in group.items())))


@functools.cache
def constant_pages() -> Mapping[str, str]:
    """Return the page of everything that is told whatever rules are asked, by id, sorted; CommonMark text."""
    return MappingProxyType(dict(sorted({**reader_pages(), **engine.PAGES}.items())))


@functools.cache
def lint_pages() -> Mapping[str, str]:
    """Return the page of everything that may be said about a document, by id, sorted; CommonMark text.

    A block of YAML in it is a document that the rule finds, or one that it finds nothing in; what comes before the
    block is left out.
    """
    rules = {rule.id: rule.page for rule in lint_rules()}
    return MappingProxyType(dict(sorted({**constant_pages(), **rules}.items())))
