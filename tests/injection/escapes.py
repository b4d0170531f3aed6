"""Whether text of other people has escaped into generated files: the judgement that tests and the sweep share."""

from __future__ import annotations

import ast
import functools
import json
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from markdown_it import MarkdownIt

import apictl.support
from apictl.pages.page import GeneratedFile
from tests.injection.generating import generated
from tests.injection.places import CANARY, InjectionPlace, Inputs, injected

Start = Callable[[], Inputs]
"""Makes the inputs without a payload."""

_MARKDOWN: Final = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a payload in a place.

    Attributes:
        refusals: what it was refused for; empty when it was accepted.
        flaws: what is wrong with the files, or with the refusal.
    """

    refusals: tuple[str, ...]
    flaws: tuple[str, ...]


def verdict(place: InjectionPlace, payload: str) -> Verdict:
    """Return what becomes of *payload* in *place*: accepted and harmless, or refused with a place, or flawed."""
    result = generated(injected(place, payload))
    if result.refusals:
        return Verdict(result.refusals, result.flaws)
    known = frozenset(_base_files(place.start).values())
    changed = [file for file in result.files if file.content not in known]
    flaws = [f"{file.path}: {flaw}" for file in changed for flaw in flaws_of_file(file, place.start)]
    if place.is_prose:
        flaws += [
            f"{file.path}: its structure depends on a text" for file in changed if _is_restructured(file, place.start)
        ]
    flaws += _losses(place, payload, changed)
    return Verdict((), tuple(flaws))


def flaws_of_file(file: GeneratedFile, start: Start = Inputs) -> list[str]:
    """Return what is wrong with one file, whatever the text in it says."""
    if ".." in file.path.parts or file.path.is_absolute() or CANARY in file.path.as_posix():
        return ["its path is of the contract's making"]
    if file.path.suffix == ".py":
        return flaws_of_module(file.content.decode(), start)
    structure(file)
    return []


def flaws_of_module(text: str, start: Start = Inputs) -> list[str]:
    """Return each place of the module *text* where the canary is code, or that is code of an unknown kind."""
    compile(text, "generated", "exec")
    flaws = []
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Constant) and CANARY in _names(node):
            flaws.append(f"line {getattr(node, 'lineno', 0)}: {CANARY} stands outside a constant")
        if type(node) not in _known_kinds(start):
            flaws.append(f"line {getattr(node, 'lineno', 0)}: {type(node).__name__} is in no other module")
    return flaws


def _names(node: ast.AST) -> list[str]:
    """Return the names that *node* itself has, as of a variable, attribute, class, argument or import."""
    values = [value for _, value in ast.iter_fields(node)]
    return [name for value in values for name in (value if isinstance(value, list) else [value]) if _is_text(name)]


def _is_text(value: object) -> bool:
    return isinstance(value, str)


@functools.cache
def _base_files(start: Start) -> dict[str, bytes]:
    """Return the files of the contract without a payload, by path."""
    return {file.path.as_posix(): file.content for file in generated(start()).files}


@functools.cache
def _known_kinds(start: Start) -> frozenset[type[ast.AST]]:
    """Return the kinds of nodes that modules without a payload are made of, copied ones left out."""
    copied = {path.read_bytes() for path in Path(apictl.support.__path__[0]).rglob("*.py")}
    modules = [text for path, text in _base_files(start).items() if path.endswith(".py") and text not in copied]
    return frozenset(type(node) for content in modules for node in ast.walk(ast.parse(content)))


def _is_restructured(file: GeneratedFile, start: Start) -> bool:
    base = _base_files(start).get(file.path.as_posix())
    return base is None or structure(file) != structure(GeneratedFile(file.path, base))


def structure(file: GeneratedFile) -> object:
    """Return what is left of a file when every text in it is taken away; data of the contract has none."""
    text = file.content.decode()
    match file.path.suffix:
        case ".py":
            return ast.dump(_Blank().visit(ast.parse(text)))
        case ".toml":
            return _blank(tomllib.loads(text))
        case ".md":
            return [(token.type, token.tag, len(token.children or ())) for token in _MARKDOWN.parse(text)]
        case ".json":
            json.loads(text)
            return None
        case suffix:
            return suffix


class _Blank(ast.NodeTransformer):
    """Takes the text out of constants."""

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        return ast.Constant("") if isinstance(node.value, str) else node


def _blank(value: Any) -> Any:
    match value:
        case dict():
            return {key: _blank(item) for key, item in value.items()}
        case list():
            return [_blank(item) for item in value]
        case _:
            return type(value)


def _losses(place: InjectionPlace, payload: str, files: list[GeneratedFile]) -> Iterator[str]:
    """Yield where *payload* can't be read that ought to be: exactly somewhere, and in words where people look."""
    texts = {file.path: list(texts_of(file)) for file in files}
    if place.is_kept and not any(payload in text for found in texts.values() for text in found):
        yield "the text is nowhere"
    words = " ".join(payload.split())
    for name in place.shown:
        shown = [found for path, found in texts.items() if path.name == name]
        if not any(words in " ".join(text.split()) for found in shown for text in found):
            yield f"{name}: the text does not read as it was written"


def texts_of(file: GeneratedFile) -> Iterator[str]:
    """Yield every text of *file* as its reader gets it."""
    content = file.content.decode()
    match file.path.suffix:
        case ".py":
            nodes = ast.walk(ast.parse(content))
            yield from (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
        case ".toml":
            yield from _strings(tomllib.loads(content))
        case ".json":
            yield from _strings(json.loads(content))
        case ".md":
            for token in _MARKDOWN.parse(content):
                yield "".join(child.content for child in token.children or ())
        case _:
            return


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            yield from value
            for item in value.values():
                yield from _strings(item)
        case list():
            for item in value:
                yield from _strings(item)
        case _:
            return
