"""What is done with each document, and what becomes of it: findings are right, everything else is a failure."""

from __future__ import annotations

import random
import resource
import signal
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Final

from apictl.contract.contract import Contract
from apictl.errors import ApictlError
from apictl.findings import Finding, Severity, is_refused
from apictl.pages.rendering import render
from apictl.readers.parts import Parts
from apictl.readers.read import read
from apictl.readers.reading import Reading
from apictl.report.text import text as shown
from apictl.rules.dials import Dials
from apictl.rules.lint.catalogue import lint_rules
from apictl.rules.lint.judging import Judge
from apictl.rules.lint.scope import Scope
from apictl.rules.walk import changes
from apictl.source.library import DocumentMissing, Library
from apictl.workspace.excerpts import text_excerpts
from apictl.workspace.locating import located
from apictl.workspace.targets import TargetOptions, emit

SECONDS: Final = 10
MEMORY: Final = 1 << 30
_LONGEST: Final = 200
_NAME: Final = "openapi.yaml"


@dataclass(frozen=True, slots=True)
class Share:
    """Of the documents that are accepted, every how manieth goes on.

    Attributes:
        linted: is judged by every rule of `apictl lint`, also when it is refused for what it means.
        emitted: becomes pages.
        rendered: of those, becomes files.
        diffed: is compared with its origin.
    """

    linted: int = 2
    emitted: int = 8
    rendered: int = 10
    diffed: int = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document.

    Attributes:
        step: the last one: "read", "linted", "emitted" or "compared".
        is_accepted: whether a contract came of it.
        failure: where and how it went wrong; "" when it did not.
        trace: of the failure.
    """

    step: str
    is_accepted: bool
    failure: str = ""
    trace: str = ""


class Slow(BaseException):
    """The document took too long; no `except Exception` may hide it."""


def tried(raw: bytes, origin: Contract | None, chance: random.Random, share: Share) -> Outcome:
    """Return what becomes of *raw*, which was made of *origin*."""
    step = "read"
    contract = None
    try:
        with _timed():
            reading = _read(raw)
            contract = reading.contract
            if reading.parts is not None and chance.randrange(share.linted) == 0:
                step = "linted"
                _lint(reading.parts, contract)
            if contract is not None and origin is not None and chance.randrange(share.diffed) == 0:
                step = "compared"
                changes(origin, contract, Dials())
                changes(contract, origin, Dials())
            if contract is not None and chance.randrange(share.emitted) == 0:
                step = "emitted"
                _emit(contract, is_rendered=chance.randrange(share.rendered) == 0)
    except ApictlError:
        pass
    except (Exception, Slow) as fault:  # noqa: BLE001 - that is what is looked for
        return Outcome(
            step, contract is not None, f"{step}: {_where(fault)}", "".join(traceback.format_exception(fault))
        )
    return Outcome(step, contract is not None)


def _read(raw: bytes) -> Reading:
    def fetch(path: str) -> bytes:
        if path != _NAME:
            raise DocumentMissing(path)
        return raw

    library = Library(fetch)
    reading = read(library, _NAME, service="fuzzed")
    findings = tuple(located(finding, library) for finding in reading.findings)
    for finding in findings:
        _judge(finding)
    assert is_refused(findings) == (reading.contract is None), "neither refused nor accepted"
    texts = {_NAME: raw.decode("utf-8-sig", "backslashreplace")}
    "\n".join(shown(findings, text_excerpts(texts))).encode()
    return reading


def _lint(parts: Parts, contract: Contract | None) -> None:
    rules = lint_rules()
    judge = Judge(rules, {rule.id: Severity.WARNING for rule in rules})
    for finding in judge.findings(Scope(parts, contract)):
        assert len(finding.message) <= _LONGEST, f"long message [{finding.rule}]"


def _judge(finding: Finding) -> None:
    assert len(finding.message) <= _LONGEST, f"long message [{finding.rule}]"
    for place in (finding.place, *(related.place for related in finding.related)):
        assert place.line is not None, f"no line [{finding.rule}]"
        assert place.line >= 1, f"line below 1 [{finding.rule}]"
        assert place.column is not None, f"no column [{finding.rule}]"


def _emit(contract: Contract, *, is_rendered: bool) -> None:
    emission = emit(contract, TargetOptions())
    if is_rendered and not is_refused(emission.findings):
        render(emission.pages)


def _where(fault: BaseException) -> str:
    """Return the kind of *fault*, and the last line of apictl that it went through."""
    frames = [frame for frame in traceback.extract_tb(fault.__traceback__) if "apictl" in Path(frame.filename).parts]
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno} {frames[-1].name}" if frames else "?"
    said = f": {fault}" if isinstance(fault, AssertionError) else ""
    return f"{type(fault).__name__}{said} at {place}"


@contextmanager
def _timed() -> Iterator[None]:
    def end(_number: int, _frame: FrameType | None) -> None:
        raise Slow

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def cap_memory() -> None:
    """Let this process have a gigabyte more than it has; a document that needs more is a failure."""
    size = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
