"""Rules of the team's own: programs of the workspace that run only where somebody trusts them, and never too long."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any, Final

from apictl.errors import ApictlError
from apictl.findings import Finding, Place, Related, Severity
from apictl.rules.lint.judging import finding_of, objects_of
from apictl.rules.lint.rule import Flaw, LintRule
from apictl.rules.lint.scope import Scope
from apictl.workspace.naming import path_inside

SECONDS: Final = 10.0
"""How long one rule may look at one document."""
_LONGEST: Final = 100
_KINDS: Final = (str, str, Place)


class _TooLong(BaseException):
    """Raised inside a rule whose time is up; no `except Exception` of the rule catches it."""


def load_rules(root: Path, paths: Sequence[str]) -> tuple[LintRule, ...]:
    """Return the rules in the files at *paths*, relative to the workspace *root*, by file and in its order.

    The files are run: whoever calls this trusts them.

    Raises:
        ApictlError: a file is not in the workspace, fails, or holds no rule; or two rules have the same id.
    """
    rules: list[LintRule] = []
    for path in paths:
        found = _rules_in(_module(root, path))
        if not found:
            raise ApictlError(f"{path} holds no rule", hint="decorate functions with @lint_rule of apictl.rules.custom")
        rules += found
    return tuple(rules)


def refuse_equal_ids(rules: Sequence[LintRule], known: Mapping[str, str]) -> None:
    """Refuse *rules* of which one has the id of another, or of one in *known*.

    Raises:
        ApictlError: it has.
    """
    seen = {*known}
    for rule in rules:
        if rule.id in seen:
            raise ApictlError(f"there are two rules {rule.id!r}", hint="give the one of your own another id")
        seen.add(rule.id)


class Guarded:
    """Asks rules that may fail, print or hang, one after the other; who fails once is not asked again."""

    def __init__(self, rules: Sequence[LintRule], severities: Mapping[str, Severity]) -> None:
        """Ask *rules*; *severities* are by their ids."""
        self._rules = rules
        self._severities = severities
        self._failed: dict[str, str] = {}

    @property
    def faults(self) -> tuple[str, ...]:
        """What became of rules that failed, a line each."""
        return tuple(self._failed.values())

    def findings(self, scope: Scope) -> Iterator[Finding]:
        """Yield what the rules find in the document of *scope*."""
        for rule in self._rules:
            if rule.id not in self._failed:
                yield from self._asked(rule, scope)

    def _asked(self, rule: LintRule, scope: Scope) -> list[Finding]:
        result: list[Finding] = []
        path = scope.root.place.path
        try:
            with _silence(), _time_limit(SECONDS):
                for node in objects_of(rule, scope):
                    result += [self._finding(rule, flaw) for flaw in rule.find(node, scope)]
        except _TooLong:
            self._failed[rule.id] = f"rule {rule.id!r} took longer than {SECONDS:g} s for {path}"
        except (Exception, SystemExit) as fault:  # noqa: BLE001 - the program of somebody else may raise anything
            self._failed[rule.id] = f"rule {rule.id!r} failed for {path}: {_told(fault)}"
        return result

    def _finding(self, rule: LintRule, flaw: object) -> Finding:
        if not isinstance(flaw, Flaw):
            message = f"it yields {type(flaw).__name__}, which is no Flaw"
            raise TypeError(message)
        values: tuple[object, ...] = (flaw.message, flaw.hint or "", flaw.place)
        is_right = all(isinstance(value, kind) for value, kind in zip(values, _KINDS, strict=True))
        related: tuple[object, ...] = flaw.related
        if not is_right or not all(isinstance(each, Related) for each in related):
            message = "a Flaw has a text, a Place and, perhaps, a hint"
            raise TypeError(message)
        return finding_of(rule, flaw, self._severities[rule.id])


def _module(root: Path, path: str) -> ModuleType:
    inside = path_inside(path)
    file = root / path
    if inside is None or not file.resolve().is_relative_to(root.resolve()):
        raise ApictlError(f"{path} leads out of the workspace", hint="rules of your own are files of the workspace")
    if file.suffix != ".py" or not file.is_file():
        raise ApictlError(f"{path} is no Python file", hint="`custom` in apictl.yaml lists files with rules")
    spec = importlib.util.spec_from_file_location(f"apictl_custom_rules.{file.stem}", file)
    if spec is None or spec.loader is None:
        raise ApictlError(f"{path} can't be loaded")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # the page of a rule is the docstring of its module
    try:
        with _silence(), _time_limit(SECONDS):
            spec.loader.exec_module(module)
    except _TooLong as fault:
        raise ApictlError(f"{path} took longer than {SECONDS:g} s to load") from fault
    except (Exception, SystemExit) as fault:
        raise ApictlError(f"{path} failed while it was loaded: {_told(fault)}") from fault
    return module


def _rules_in(module: ModuleType) -> list[LintRule]:
    return [value for value in vars(module).values() if isinstance(value, LintRule)]


def _told(fault: BaseException) -> str:
    """Return what happened and on which line of the rule."""
    frames = fault.__traceback__
    line, file = 0, ""
    while frames is not None:
        line, file = frames.tb_lineno, Path(frames.tb_frame.f_code.co_filename).name
        frames = frames.tb_next
    return f"{type(fault).__name__} at {file}:{line}: {str(fault)[:_LONGEST]}"


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Let nothing that a rule prints reach a report."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        yield


@contextlib.contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise `_TooLong` in the block after *seconds*, where the system has an alarm clock."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(_number: int, _frame: FrameType | None) -> None:
        raise _TooLong

    previous: Callable[[int, FrameType | None], Any] | int | None = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
