"""Contract to `models.py`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from apictl.emitters.models.classes import model_module
from apictl.pages.nodes import CommentText, Module
from apictl.pages.page import Page, PageSet
from apictl.pages.python import docs
from apictl.pages.python.spelling import SpelledContract


@dataclass(frozen=True, slots=True)
class ModelsView:
    """`models.py`: its classes arrive finished."""

    header: CommentText
    module: Module


def emit(spelled: SpelledContract) -> PageSet:
    """Return the page of the values that the contract exchanges."""
    text = model_module(
        {name: definition.schema for name, definition in spelled.contract.definitions.items()},
        spelled.class_names,
        docstring=f"The values that {docs.one_line(spelled.contract.title)} exchanges.",
        support=f"{spelled.package}._support",
    )
    view = ModelsView(docs.header(spelled), Module(text))
    return PageSet((Page("models/models.py.jinja", view, PurePosixPath("python") / spelled.package / "models.py"),))
