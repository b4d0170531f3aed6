"""The kinds of differences between schemas, read from the code that tells of them."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from tests.architecture.sources import PACKAGE, Function, parse

_Texts: TypeAlias = frozenset[str]
_Scope: TypeAlias = dict[str, _Texts]
_TELLING = {"tell": 0, "tell_below": 1, "SchemaDifference": 0}
"""Calls that tell of a difference, and which of their arguments is its kind."""
_ROUNDS = 4
"""How far a text is followed from function to function."""


def kinds_of_differences() -> dict[str, str]:
    """Return every kind that a difference may have, with the module that tells of it."""
    modules = sorted((PACKAGE / "diff" / "schemas").rglob("*.py"))
    return {kind: module.name for module in modules for kind in sorted(_Module(module).kinds())}


class _Module:
    """One module, with the texts that its names may stand for."""

    def __init__(self, path: Path) -> None:
        self._path = path
        tree = parse(path)
        self._tables = {name: keys for node in tree.body for name, keys in _tables(node)}
        self._functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
        methods = [node for each in tree.body if isinstance(each, ast.ClassDef) for node in each.body]
        self._methods = [node for node in methods if isinstance(node, ast.FunctionDef)]
        self._constants: _Scope = {name: text for node in tree.body for name, text in _constants(node)}
        self._scopes: dict[str, _Scope] = {name: dict(self._constants) for name in self._functions}
        for _ in range(_ROUNDS):
            for function in self._functions.values():
                self._bind(function)

    def kinds(self) -> Iterator[str]:
        """Yield the kinds that are told of in this module.

        Raises:
            LookupError: it can't be seen which kind is told of.
        """
        for function in [*self._functions.values(), *self._methods]:
            handed_on = {each.arg for each in function.args.args} if function in self._methods else set()
            for node, scope in self._within(function, self._scopes.get(function.name, self._constants)):
                argument = _kind_argument(node)
                if argument is None or (isinstance(argument, ast.Attribute) and argument.attr == "kind"):
                    continue
                if isinstance(argument, ast.Name) and argument.id in handed_on:
                    continue
                found = _texts(argument, scope)
                if not found:
                    raise LookupError(f"{self._path.name}:{argument.lineno}: {ast.unparse(argument)}")
                yield from found

    def _bind(self, function: Function) -> None:
        """Note what the names of *function* stand for, and those of the functions that it calls."""
        own = self._scopes[function.name]
        for node, scope in self._within(function, own):
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    _add(own, name, _texts(value, scope))
                case ast.Call(func=ast.Name(id=called), args=arguments) if called in self._functions:
                    names = [each.arg for each in self._functions[called].args.args]
                    for name, argument in zip(names, arguments, strict=False):
                        _add(self._scopes[called], name, _texts(argument, scope))
                case _:
                    pass

    def _within(self, node: ast.AST, scope: _Scope) -> Iterator[tuple[ast.AST, _Scope]]:
        """Yield everything below *node* with what names stand for there; a loop over a table has its own."""
        for child in ast.iter_child_nodes(node):
            inner = scope
            match child:
                case ast.For(
                    target=ast.Tuple(elts=[ast.Name(id=name), *_]),
                    iter=ast.Call(func=ast.Attribute(value=ast.Name(id=table), attr="items")),
                ) if table in self._tables:
                    inner = {**scope, name: self._tables[table]}
                case _:
                    pass
            yield child, inner
            yield from self._within(child, inner)


def _add(scope: _Scope, name: str, texts: _Texts) -> None:
    if texts:
        scope[name] = scope.get(name, frozenset()) | texts


def _tables(node: ast.stmt) -> Iterator[tuple[str, _Texts]]:
    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
    target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
    if isinstance(target, ast.Name) and isinstance(value, ast.Dict):
        keys = [key.value for key in value.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]
        yield target.id, frozenset(keys)


def _constants(node: ast.stmt) -> Iterator[tuple[str, _Texts]]:
    target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
    if isinstance(target, ast.Name) and isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        yield target.id, _texts(node.value, {})


def _kind_argument(call: ast.AST) -> ast.expr | None:
    """Return what *call* calls the kind of a difference; None when it tells of none."""
    if not isinstance(call, ast.Call):
        return None
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    position = _TELLING.get(name)
    return None if position is None or position >= len(call.args) else call.args[position]


def _texts(node: ast.expr, scope: _Scope) -> _Texts:
    """Return the texts that *node* may be; none when it can't be seen."""
    match node:
        case ast.Constant(value=str(text)):
            return frozenset([text])
        case ast.Name(id=name):
            return scope.get(name, frozenset())
        case ast.IfExp(body=first, orelse=second):
            return _texts(first, scope) | _texts(second, scope)
        case ast.FormattedValue(value=value):
            return _texts(value, scope)
        case ast.Call(func=ast.Attribute(value=ast.Dict(values=values), attr="get"), args=[_, default]):
            return frozenset().union(*(_texts(value, scope) for value in [*values, default]))
        case ast.JoinedStr(values=parts):
            choices = [_texts(part, scope) for part in parts]
            return frozenset("".join(chosen) for chosen in itertools.product(*choices))
        case _:
            return frozenset()
