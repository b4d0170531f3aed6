"""What is done with each document, and what becomes of it: findings are right, everything else is a failure."""

from __future__ import annotations

import random
import resource
import signal
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Final

from apictl.contract.contract import Contract
from apictl.errors import ApictlError
from tests.fuzz.storeys import House, compare, emitted, rendered

SECONDS: Final = 10
MEMORY: Final = 1 << 30
STOREYS: Final = ("read", "accepted", "linted", "reported", "fixed", "drawn", "compared", "emitted", "rendered")


@dataclass(frozen=True, slots=True)
class Share:
    """Every how manieth document goes on; 0 for none.

    Attributes:
        linted: is judged by every rule of `apictl lint`, also when it is refused for what it means.
        reported: is reported in every format.
        fixed: is mended.
        drawn: of those accepted, meets the contract of another document in a graph.
        compared: of those accepted, is compared with its origin.
        emitted: of those accepted, becomes pages, some joined with another contract.
        rendered: of those, becomes files.
    """

    linted: int = 2
    reported: int = 10
    fixed: int = 5
    drawn: int = 10
    compared: int = 8
    emitted: int = 10
    rendered: int = 10

    @classmethod
    def of(cls, storey: str) -> Share:
        """Return that every document goes to *storey*, and to no other that it can do without."""
        wanted = (
            {storey} | ({"linted"} if storey == "fixed" else set()) | ({"emitted"} if storey == "rendered" else set())
        )
        return cls(**{name: int(name in wanted) for name in cls.__slots__})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document.

    Attributes:
        storeys: those of `STOREYS` that it came through.
        failure: where and how it went wrong; "" when it did not.
        trace: of the failure.
    """

    storeys: tuple[str, ...]
    failure: str = ""
    trace: str = ""


@dataclass(frozen=True, slots=True)
class Company:
    """Contracts that a document meets.

    Attributes:
        origin: what it was made of; None when that was refused.
        other: any other one; None as for *origin*.
    """

    origin: Contract | None = None
    other: Contract | None = None


class Slow(BaseException):
    """The document took too much time of the processor; no `except Exception` may hide it."""


class _Way:
    """The way of one document through the storeys, by chance."""

    def __init__(self, chance: random.Random, share: Share) -> None:
        self._chance = chance
        self._share = share
        self.passed: list[str] = []
        self.here = "read"

    def goes_to(self, storey: str, *, every: int) -> bool:
        """Return whether the document goes to *storey*; it is there then."""
        is_wanted = every > 0 and self._chance.randrange(every) == 0
        if is_wanted:
            self.here = storey
        return is_wanted

    def leave(self) -> None:
        """Note that the document came through."""
        self.passed.append(self.here)


def tried(files: Mapping[str, bytes], company: Company, chance: random.Random, share: Share) -> Outcome:
    """Return what becomes of *files*, which were made of the origin in *company*."""
    way = _Way(chance, share)
    try:
        with _timed():
            _walked(way, files, company, share)
    except ApictlError:
        pass
    except (Exception, Slow) as fault:  # noqa: BLE001 - that is what is looked for
        trace = "".join(traceback.format_exception(fault))
        return Outcome(tuple(way.passed), f"{way.here}: {_where(fault)}", trace)
    return Outcome(tuple(way.passed))


def _walked(way: _Way, files: Mapping[str, bytes], company: Company, share: Share) -> None:
    house = House(files)
    reading = house.read()
    way.leave()
    if reading.parts is not None and way.goes_to("linted", every=share.linted):
        house.lint(reading.parts, reading.contract)
        way.leave()
    if way.goes_to("reported", every=share.reported):
        house.report()
        way.leave()
    if way.goes_to("fixed", every=share.fixed):
        house.fix()
        way.leave()
    if reading.contract is not None:
        way.passed.append("accepted")
        _used(way, house, reading.contract, company, share)


def _used(way: _Way, house: House, contract: Contract, company: Company, share: Share) -> None:
    if company.other is not None and way.goes_to("drawn", every=share.drawn):
        house.draw(contract, company.other)
        way.leave()
    if company.origin is not None and way.goes_to("compared", every=share.compared):
        compare(company.origin, contract)
        way.leave()
    if way.goes_to("emitted", every=share.emitted):
        pages = emitted(contract, company.other)
        way.leave()
        if pages is not None and way.goes_to("rendered", every=share.rendered):
            rendered(pages)
            way.leave()


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
