"""Generates a models module from inline definitions and imports it."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Mapping
from types import ModuleType

from apictl.contract.schema import Schema
from apictl.emitters.models.classes import model_module
from apictl.pages.python import names

_NUMBERS = itertools.count()


def source(definitions: Mapping[str, Schema], **class_names: str) -> str:
    """Return the module's text; a class is named after its definition where *class_names* says nothing."""
    chosen = {name: class_names.get(name, names.pascal(name, "Model")) for name in definitions}
    return model_module(definitions, chosen, docstring="Models.", support="apictl.support")


def load(definitions: Mapping[str, Schema], **class_names: str) -> ModuleType:
    """Return the imported module."""
    return execute(source(definitions, **class_names))


def execute(text: str) -> ModuleType:
    """Return *text* as a module that annotations can be looked up in."""
    module = ModuleType(f"models_under_test_{next(_NUMBERS)}")
    sys.modules[module.__name__] = module
    exec(compile(text, module.__name__, "exec"), module.__dict__)  # noqa: S102  (the module under test)
    return module
