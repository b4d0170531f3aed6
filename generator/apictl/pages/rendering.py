"""Pages to files: the one template environment, one formatter run, every module parsed before it leaves."""

from __future__ import annotations

import ast
import functools
import json
import subprocess
import tempfile
import traceback
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import jinja2
import jinja2.sandbox

from apictl.errors import ApictlError
from apictl.pages.blocks import BlockContext
from apictl.pages.memory import Memory, key_of
from apictl.pages.nodes import UnsafeText, finalize
from apictl.pages.page import LINE_LENGTH, Deferred, GeneratedFile, Page, PageSet
from apictl.pages.python.imports import may_need_imports, with_imports


def render(
    page_set: PageSet, *, overrides: Path | None = None, memory: Memory | None = None
) -> tuple[GeneratedFile, ...]:
    """Return the files of *page_set*, formatted, sorted by path.

    Args:
        page_set: pages and finished files; no two with one path.
        overrides: folder whose templates take precedence over apictl's own.
        memory: knows how modules of earlier runs were formatted.

    Raises:
        ApictlError: a template of *overrides* fails, or the formatter does.
        UnsafeText: a page printed something that is no safe node, or a module does not compile: a bug of apictl.
    """
    environment, memory = _environment(overrides), memory or Memory()
    packages = sorted({_package(page.path) for page in page_set.pages if page.path.suffix == ".py"})
    keys = {page.path: key for page in page_set.pages if (key := _key(page, packages))}
    known = {path: text for path, key in keys.items() if (text := memory.recall(key)) is not None}
    rendered = {page.path: _text(environment, page) for page in page_set.pages if page.path not in known}
    modules = {path: text for path, text in rendered.items() if path.suffix == ".py"}
    keys = {path: keys.get(path) or key_of("module", *packages, str(path), text) for path, text in modules.items()}
    finished = known | rendered | _finished(modules, keys, packages, memory)
    files = [GeneratedFile(path, text.encode()) for path, text in finished.items()]
    return tuple(sorted([*files, *page_set.files], key=lambda file: file.path.as_posix()))


def _key(page: Page, packages: list[str]) -> str:
    """Return what the text of *page* is remembered by; "" when only the text itself says so."""
    if not isinstance(page.view, Deferred) or page.path.suffix != ".py":
        return ""
    return key_of("page", *packages, page.template, str(page.path), page.view.key)


def _text(environment: jinja2.Environment, page: Page) -> str:
    view = page.view.make() if isinstance(page.view, Deferred) else page.view
    try:
        return environment.get_template(page.template).render(view=view)
    except jinja2.TemplateError as error:
        raise ApictlError(f"{_place(error, page)}: {error}") from error


def _place(error: jinja2.TemplateError, page: Page) -> str:
    """Return file and line of *error*: those of syntax say them, of others the frames do."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return f"{error.filename or page.template}:{error.lineno}"
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".jinja")]
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else page.template


def _finished(
    rendered: dict[PurePosixPath, str], keys: Mapping[PurePosixPath, str], packages: list[str], memory: Memory
) -> dict[PurePosixPath, str]:
    """Return the modules *rendered*, formatted; only those that *memory* does not know by *keys* are looked at."""
    known = {path: text for path in rendered if (text := memory.recall(keys[path])) is not None}
    new = {path: _module(path, text) for path, text in rendered.items() if path not in known}
    formatted = _formatted(new, packages)
    for path, text in formatted.items():
        memory.keep(keys[path], text)
    return known | formatted


def _module(path: PurePosixPath, text: str) -> str:
    """Return the module *text* with the imports that its annotations need."""
    try:
        # It finds more than parsing does: an argument that comes twice.
        compile(text, str(path), "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        message = f"{path}: the generated module does not compile: {error}"
        raise UnsafeText(message) from error
    return with_imports(text, ast.parse(text), package=_package(path)) if may_need_imports(text) else text


def _package(path: PurePosixPath) -> str:
    """Return the name of the package that *path* is in, be it in a package within it."""
    return next(iter(path.parts[1:-1]), path.parent.name)


@functools.cache
def _environment(overrides: Path | None) -> jinja2.Environment:
    own = jinja2.FileSystemLoader(templates_folder())
    # By its prefix an override finds what it overrides: {% extends "apictl/client/method.jinja" %}.
    loaders = [*([] if overrides is None else [jinja2.FileSystemLoader(overrides)]), own]
    environment = jinja2.sandbox.ImmutableSandboxedEnvironment(
        loader=jinja2.ChoiceLoader([*loaders, jinja2.PrefixLoader({"apictl": own})]),
        undefined=jinja2.StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    environment.context_class = BlockContext
    return environment


def templates_folder() -> Path:
    """Return the folder of apictl's own templates: in the package when installed, beside `generator/` in a checkout."""
    installed = Path(__file__).parents[1] / "templates"
    return installed if installed.is_dir() else Path(__file__).parents[3] / "templates"


def _formatted(modules: dict[PurePosixPath, str], packages: list[str]) -> dict[PurePosixPath, str]:
    """Return *modules* after one run of ruff over all of them; they are of *packages*."""
    if not modules:
        return {}
    with tempfile.TemporaryDirectory(prefix="apictl-") as name:
        folder = Path(name)
        for path, text in modules.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        # What stands in the same run is not installed: without being told, the formatter takes it for foreign.
        own = json.dumps(packages)
        imports = (f"--config=lint.isort.known-first-party={own}", "--config=lint.isort.split-on-trailing-comma=false")
        _run_ruff(folder, "check", "--fix-only", "--select=F401,I001,RUF022", "--exit-zero", *imports)
        _run_ruff(folder, "format", "--config=format.skip-magic-trailing-comma=true")
        return {path: (folder / path).read_text(encoding="utf-8") for path in modules}


def _run_ruff(folder: Path, *arguments: str) -> None:
    from ruff.__main__ import find_ruff_bin  # noqa: PLC0415 - only a run that renders needs the formatter

    fixed = ["--isolated", "--no-cache", "--quiet", f"--line-length={LINE_LENGTH}", "--target-version=py311"]
    try:
        done = subprocess.run(  # noqa: S603 - a binary of our own environment with constant arguments
            [find_ruff_bin(), *arguments, *fixed, "."], cwd=folder, capture_output=True, text=True, check=False
        )
    except OSError as error:
        message = f"the formatter ruff cannot be started: {error}"
        raise ApictlError(message) from error
    if done.returncode != 0:
        message = f"the formatter ruff failed with {done.returncode}: {done.stderr.strip()[:500]}"
        raise ApictlError(message)
