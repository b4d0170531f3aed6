"""Pages become files: complete imports in their blocks, nothing unused, nothing that does not parse."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pytest

from apictl.pages.nodes import Module, UnsafeText
from apictl.pages.page import Page, PageSet
from apictl.pages.rendering import render


@dataclass(frozen=True, slots=True)
class _View:
    module: Module


def _rendered(folder: Path, **modules: str) -> dict[str, str]:
    """Return the text of *modules* of a package `pets_api`, rendered without more than the template prints."""
    (folder / "plain.py.jinja").write_text("{{ view.module }}", encoding="utf-8")
    pages = tuple(
        Page("plain.py.jinja", _View(Module(text)), PurePosixPath("python/pets_api") / f"{name}.py")
        for name, text in modules.items()
    )
    return {file.path.stem: file.content.decode() for file in render(PageSet(pages), overrides=folder)}


def test_a_type_that_an_annotation_names_is_imported(tmp_path: Path) -> None:
    text = '"""Doc."""\n\nfrom __future__ import annotations\n\ndef f(a: File, b: AwareDatetime) -> list[UUID]: ...\n'

    found = _rendered(tmp_path, client=text)["client"]

    assert found == (
        '"""Doc."""\n\nfrom __future__ import annotations\n\nfrom uuid import UUID\n\n'
        "from pydantic import AwareDatetime\n\n"
        "from pets_api._support.files import File\n\n\ndef f(a: File, b: AwareDatetime) -> list[UUID]: ...\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        '"""A File of any Decimal."""\n',
        "from elsewhere import UUID\n\nx: UUID\n",
        "from elsewhere import one as UUID\n\nx: UUID\n",
        "class File:\n    x: int\n\n\nx: File\n",
        "UUID: int = 1\nDecimal = UUID\n",
        "# A File: no more than a comment.\n",
    ],
)
def test_a_name_that_is_bound_or_only_written_about_is_not_imported(tmp_path: Path, text: str) -> None:
    assert _rendered(tmp_path, client=text)["client"] == text


def test_imports_of_the_package_itself_are_a_block_of_their_own(tmp_path: Path) -> None:
    text = "from pets_api import models\nimport httpx2\nfrom .x import y\nimport ast\n\nprint(models, httpx2, y, ast)\n"

    # Without an `__init__.py` beside it, nothing in the file's folder says what is its own package.
    found = _rendered(tmp_path, client=text)["client"]

    assert found.startswith("import ast\n\nimport httpx2\n\nfrom pets_api import models\n\nfrom .x import y\n\n")


def test_a_module_that_does_not_parse_never_leaves(tmp_path: Path) -> None:
    (tmp_path / "broken.py.jinja").write_text("def {{ view.module }}", encoding="utf-8")
    page = Page("broken.py.jinja", _View(Module("x = 1")), PurePosixPath("python/pets_api/client.py"))

    with pytest.raises(UnsafeText, match=r"python/pets_api/client\.py"):
        render(PageSet((page,)), overrides=tmp_path)
