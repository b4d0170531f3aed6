"""Imports that annotations need, and that the module has not got."""

from __future__ import annotations

import ast

from apictl.pages.python.imports import with_imports


def test_a_type_of_the_support_modules_is_imported() -> None:
    assert "from shop_api._support.files import File" in _with_imports("def send(file: File) -> None: ...")


def test_a_name_that_only_type_checkers_see_is_not_imported_again() -> None:
    module = "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from shop_api._models.file import File as File"

    assert _with_imports(module) == module


def test_a_name_of_another_branch_is_not_imported_again() -> None:
    module = "if sys.platform:\n    pass\nelse:\n    File = bytes\n"

    assert _with_imports(module) == module


def _with_imports(text: str) -> str:
    return with_imports(text, ast.parse(text), package="shop_api")
