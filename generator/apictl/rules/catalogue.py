"""All rules about changes: every file of `breaking` holds one, and differences of schemas have pages of their own."""

from __future__ import annotations

import difflib
import functools
import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final, get_args

from apictl.diff.walk import AnyPair
from apictl.rules import breaking
from apictl.rules.pages.catalogue import difference_pages
from apictl.rules.pages.services import SERVICE_PAGES
from apictl.rules.rule import Rule

_FOLDER: Final = breaking.__name__
_LONGEST_ID: Final = 100


@functools.cache
def breaking_rules() -> tuple[Rule[Any], ...]:
    """Return the rules, by name of their files."""
    names = sorted(module.name for module in pkgutil.iter_modules(breaking.__path__))
    modules = [importlib.import_module(f"{_FOLDER}.{name}") for name in names]
    return tuple(value for module in modules for value in vars(module).values() if isinstance(value, Rule))


@functools.cache
def rules_by_pair() -> Mapping[type, tuple[Rule[Any], ...]]:
    """Return the rules that look at a kind of pair, by name of their files, for every kind."""
    return MappingProxyType(
        {kind: tuple(rule for rule in breaking_rules() if issubclass(kind, rule.pair)) for kind in get_args(AnyPair)}
    )


@functools.cache
def pages() -> Mapping[str, str]:
    """Return the page of everything that `apictl diff` may tell of, by id, sorted; CommonMark text."""
    differences = {page.id: page.text for page in difference_pages()}
    rules = {rule.id: rule.page for rule in breaking_rules()}
    return MappingProxyType(dict(sorted({**differences, **SERVICE_PAGES, **rules}.items())))


def likeliest(unknown: str, known: Iterable[str] | None = None) -> str:
    """Return the id of *known*, or of `pages`, that *unknown* was most likely meant to be; "" when none is like it."""
    ids = pages() if known is None else known
    return next(iter(difflib.get_close_matches(unknown[:_LONGEST_ID], ids, n=1)), "")
