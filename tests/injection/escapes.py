"""Whether text of a contract has escaped into generated code: the judgement that tests and the sweep share."""

from __future__ import annotations

import ast
import json
import tomllib

from apictl.findings import Severity
from apictl.pages.page import GeneratedFile
from apictl.pages.rendering import render
from apictl.readers.read import read
from apictl.source.library import Library
from apictl.workspace.targets import TargetOptions, emit
from tests.injection.places import CANARY, InjectionPlace, injected


def flaws(place: InjectionPlace, payload: str) -> list[str]:
    """Return what is wrong with the code made of *payload* in *place*; a refusal has to be a located finding."""
    raw = json.dumps(injected(place, payload)).encode()
    reading = read(Library(lambda _path: raw), "specs/base/openapi.json", service="base")
    if reading.contract is None:
        refusals = [finding for finding in reading.findings if finding.severity is Severity.ERROR]
        return [] if refusals else ["refused without a finding"]
    emission = emit(reading.contract, TargetOptions())
    return [flaw for file in render(emission.pages) for flaw in _flaws_of_file(file)]


def _flaws_of_file(file: GeneratedFile) -> list[str]:
    name = file.path.as_posix()
    if ".." in file.path.parts or file.path.is_absolute():
        return [f"{name}: leaves the output"]
    match file.path.suffix:
        case ".py":
            return [f"{name}: {flaw}" for flaw in flaws_of_module(file.content.decode())]
        case ".toml":
            tomllib.loads(file.content.decode())
        case ".json":
            json.loads(file.content)
        case _:
            pass
    return []


def flaws_of_module(text: str) -> list[str]:
    """Return each place of the module *text* where the canary is code."""
    compile(text, "generated", "exec")
    return [
        f"line {node.lineno}: {CANARY} stands outside a constant"
        for node in ast.walk(ast.parse(text))
        if (isinstance(node, ast.Name) and node.id == CANARY)
        or (isinstance(node, ast.Attribute) and node.attr == CANARY)
    ]
