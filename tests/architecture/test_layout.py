"""The top level holds what it was given, emitters have twins, and no file knows the machine it was written on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import PACKAGE, ROOT, TEMPLATES, tracked_files

FOLDERS = {"generated", "generator", "specs", "templates", "tests"}
FILES = {
    "action.yml",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "apictl.lock",
    "apictl.yaml",
    "pyproject.toml",
    "requirements-dev.txt",
    "requirements.txt",
}

UNPRINTED: frozenset[str] = frozenset()
"""Emitters without templates: what they hand over was written by a library."""

# In parts, so that this file does not match itself.
FOREIGN = re.compile(
    "|".join(
        (
            r"(?<![\w.}/-])/(?:work|home|root|Users)" + r"/\w",
            r"\b(?:pypi|test\.pypi)\." + r"org\b",
            r"\bpythonhosted\." + r"org\b",
            r"\bregistry\." + r"(?:npmjs|yarnpkg)\b",
            r"\bproxy\." + r"golang\b",
            r"\brepo1?\.maven\b",
            r"--(?:extra-)?index" + r"-url\b",
        )
    )
)


def _folders_with_files(parent: Path) -> set[str]:
    tracked = (ROOT / name for name in tracked_files())
    below = (path.relative_to(parent).parts for path in tracked if path.is_relative_to(parent))
    return {parts[0] for parts in below if len(parts) > 1}


def _foreign_lines(name: str) -> Iterator[str]:
    try:
        text = (ROOT / name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return  # a picture or an archive; also documents that are wrong on purpose
    for number, line in enumerate(text.splitlines(), start=1):
        if found := FOREIGN.search(line):
            yield f"{name}:{number}: {found[0]!r}"


def test_top_level_holds_only_what_the_house_has() -> None:
    parts = [tuple(name.split("/")) for name in tracked_files()]

    folders = {first for first, *rest in parts if rest and not first.startswith(".")}
    files = {first for first, *rest in parts if not rest and not first.startswith(".")}

    assert folders <= FOLDERS
    assert files <= FILES


def test_every_emitter_has_its_folder_of_templates_and_the_other_way_round() -> None:
    emitters, templates = _folders_with_files(PACKAGE / "emitters"), _folders_with_files(TEMPLATES)

    assert emitters - UNPRINTED == templates


def test_every_folder_of_the_package_is_a_package() -> None:
    folders = {(ROOT / name).parent for name in tracked_files() if name.endswith(".py") and "generator/" in name}

    assert PACKAGE in folders
    assert [folder for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


def test_no_file_names_a_path_of_a_machine_or_a_package_index() -> None:
    found = [line for name in tracked_files() for line in _foreign_lines(name)]

    assert found == []


def test_the_search_for_machine_paths_finds_them() -> None:
    text = "cd " + "/ro" + "ot/x"

    assert FOREIGN.search(text)
    assert not FOREIGN.search("GET /orders/home/{id} and ../work/specs")
