"""AsyncAPI documents in memory, spelled and emitted."""

from __future__ import annotations

import ast

from apictl.contract.contract import Contract
from apictl.emitters.events.emit import emit, sample_replies
from apictl.emitters.events.spell import spell_events
from apictl.emitters.events.spelling import SpelledEvents
from apictl.pages.python.spell import spell
from apictl.pages.rendering import render
from apictl.readers.read import read
from apictl.source.library import Library

PATH = "asyncapi.yaml"


def contract(text: str) -> Contract:
    """Return the contract of the AsyncAPI 3.0 document that *text* completes."""
    whole = f"asyncapi: 3.0.0\ninfo: {{title: T, version: 1.0.0}}\ndefaultContentType: application/json\n{text}"
    reading = read(Library(lambda _: whole.encode()), PATH, service="t")
    assert reading.contract is not None, reading.findings
    return reading.contract


def spelled(text: str) -> SpelledEvents:
    """Return the events of the document that *text* completes."""
    return spell_events(spell(contract(text)))


def pages(text: str) -> dict[str, str]:
    """Return the text of each rendered file of the document that *text* completes, by name."""
    requests = spell(contract(text))
    events = spell_events(requests)
    replies, findings = sample_replies(requests, events)
    assert not findings
    files = {file.path.name: file.content.decode() for file in render(emit(requests, events, replies))}
    for name, content in files.items():
        if name.endswith(".py"):
            ast.parse(content)
    return files


def methods(module: str, name: str) -> dict[str, str]:
    """Return the signature of each method of the class *name* in *module*."""
    tree = ast.parse(module)
    (found,) = (node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name)
    defined = (node for node in found.body if isinstance(node, ast.AsyncFunctionDef))
    return {node.name: f"({ast.unparse(node.args)}) -> {ast.unparse(node.returns)}" for node in defined if node.returns}
