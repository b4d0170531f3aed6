"""Imports of the types that annotations name, so that no template has to know which formats have one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from typing import Final

from apictl.pages.python.formats import INSTALLED, STANDARD, SUPPORT

_WORD: Final = re.compile(r"\b(?:{})\b".format("|".join(sorted({*STANDARD, *INSTALLED, *SUPPORT}))))

_FIRST_DEFINITION: Final = re.compile(r"^(?=@|class |def |async def )", re.MULTILINE)


def may_need_imports(text: str) -> bool:
    """Whether the module *text* names a type that `with_imports` may import; if not, nobody need parse it."""
    words = set(_WORD.findall(text))
    return bool(words) and not words <= _imported(text)


def _imported(text: str) -> set[str]:
    """Return the names that *text* binds before its first class or function, as far as that can be told by itself."""
    head = text[: found.start()] if (found := _FIRST_DEFINITION.search(text)) else ""
    try:
        return set(_bound(ast.parse(head).body))
    except (SyntaxError, ValueError):  # it ends in the middle of something
        return set()


def with_imports(text: str, tree: ast.Module, *, package: str) -> str:
    """Return the module *text*, parsed as *tree*, with imports of the types that it names and nothing in it binds.

    The names in comments and strings count, too: what is not used after all is removed when the module is formatted.
    """
    missing = set(_WORD.findall(text)) - set(_bound(tree.body))
    if not missing:
        return text
    modules = {**STANDARD, **INSTALLED, **{name: f"{package}._support.{module}" for name, module in SUPPORT.items()}}
    lines = text.split("\n")
    start = _after_head(tree)
    return "\n".join(
        [*lines[:start], *(f"from {modules[name]} import {name}" for name in sorted(missing)), *lines[start:]]
    )


def _bound(statements: Iterable[ast.stmt]) -> Iterator[str]:
    """Yield the names that *statements*, at the top of a module, bind, be it for type checkers only."""
    for statement in statements:
        match statement:
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                yield from (each.asname or each.name.partition(".")[0] for each in names)
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case ast.Assign(targets=targets):
                yield from (each.id for each in targets if isinstance(each, ast.Name))
            case ast.If(body=body, orelse=otherwise):
                yield from _bound((*body, *otherwise))
            case _:
                continue


def _after_head(tree: ast.Module) -> int:
    """Return how many lines the docstring and `__future__` take, with everything above them."""
    ends = [0]
    for statement in tree.body:
        match statement:
            case ast.Expr(value=ast.Constant(value=str())) | ast.ImportFrom(module="__future__"):
                ends.append(statement.end_lineno or 0)
            case _:
                break
    return ends[-1]
