"""Whether the contract tests of events find what teams do wrong: `python -m tests.generated.event_faults`.

Each fault is a service of `faulty_events` or `faulty_receivers`, or handlers of `events_by_hand`, that breaks its
contract in one way. The contract tests of its package run as a user runs them; a fault is caught when the law that
forbids it says so. `--clean 200` runs services without a fault instead, each time with another seed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from tests.generated.event_fault_runs import Run, runs_in
from tests.generated.packages import generate_into

POSITION: Final = "test_on_position_reported"
OFFLINE: Final = "test_on_driver_offline"
PRICE: Final = "test_on_price_asked"
TRIP: Final = "test_on_trip_completed"
UNASKED: Final = "test_what_is_sent_unasked"


@dataclass(frozen=True, slots=True)
class Fault:
    """A service with one fault.

    Attributes:
        name: of its class.
        service: whose contract it breaks.
        test: that is to fail.
        law: by which it is to fail; "" where the test has only one.
        option: by which it is given to the tests.
    """

    name: str
    service: str
    test: str
    law: str = ""
    option: str = "--service=tests.generated.faulty_events"

    @property
    def options(self) -> tuple[str, ...]:
        """What pytest is given."""
        return (f"{self.option}:{self.name}",)

    @property
    def chosen(self) -> tuple[str, ...]:
        """What pytest is given to run the one test alone."""
        return (*self.options, f"-k={self.test} and {self.law}" if self.law else f"-k={self.test}")

    def is_caught(self, run: Run) -> bool:
        """Return whether the test that is to fail has failed."""
        return run.code == 1 and (f"{self.test}[{self.law}]" if self.law else self.test) in run.failures


_RECEIVING: Final = "--service=tests.generated.faulty_receivers"
_HANDLERS: Final = "--handlers=tests.generated.events_by_hand"

FAULTS: Final = (
    Fault("TextForNumber", "pricing", POSITION, "accepts"),
    Fault("MissingMember", "pricing", PRICE, "accepts"),
    Fault("EnumOutOfRange", "pricing", PRICE, "accepts"),
    Fault("LostCorrelation", "pricing", PRICE, "accepts"),
    Fault("ForeignCorrelation", "pricing", PRICE, "accepts"),
    Fault("CrossedCorrelation", "pricing", PRICE, "accepts"),
    Fault("SwallowsOneKind", "pricing", PRICE, "accepts"),
    Fault("DoubleReply", "pricing", PRICE, "accepts"),
    Fault("ReplyElsewhere", "pricing", PRICE, "accepts"),
    Fault("UndeclaredReply", "pricing", PRICE, "accepts"),
    Fault("WrongContentType", "pricing", PRICE, "accepts"),
    Fault("ReplyBeforeValidation", "pricing", PRICE, "refuses", _RECEIVING),
    Fault("AcceptsMissingHeader", "pricing", POSITION, "refuses", _RECEIVING),
    Fault("AcceptsNumberAsText", "pricing", POSITION, "refuses", _RECEIVING),
    Fault("AcceptsAnything", "pricing", PRICE, "refuses", _RECEIVING),
    Fault("RefusesOffsets", "pricing", POSITION, "accepts", _RECEIVING),
    Fault("RefusesLongTexts", "pricing", PRICE, "accepts", _RECEIVING),
    Fault("RefusesTheSouth", "pricing", PRICE, "explores", _RECEIVING),
    Fault("LetterWithoutBytes", "pricing", OFFLINE, "refuses", _RECEIVING),
    Fault("LetterWithoutHeaders", "pricing", OFFLINE, "refuses", _RECEIVING),
    Fault("LetterTwice", "pricing", OFFLINE, "refuses", _RECEIVING),
    Fault("LetterWithoutReason", "pricing", OFFLINE, "refuses", _RECEIVING),
    Fault("StopsAtInvalid", "pricing", OFFLINE, "refuses", _RECEIVING),
    Fault("SwallowsInvalid", "pricing", OFFLINE, "refuses", _RECEIVING),
    Fault("PoisonForever", "pricing", OFFLINE, "refuses", _RECEIVING),
    Fault("AcknowledgesFirst", "pricing", POSITION, "keeps", _RECEIVING),
    Fault("EffectOfRefused", "pricing", POSITION, "refuses", _RECEIVING),
    Fault("HandlesCopies", "pricing", POSITION, "ignores_copies", _RECEIVING),
    Fault("LosesOnFailure", "pricing", POSITION, "recovers", _RECEIVING),
    Fault("RemembersBeforeWork", "pricing", POSITION, "recovers", _RECEIVING),
    Fault("UndeclaredChannel", "pricing", PRICE, "accepts"),
    Fault("WrongParameter", "pricing", POSITION, "accepts"),
    Fault("ExtraMessage", "pricing", POSITION, "accepts"),
    Fault("Failing", "pricing", OFFLINE, "accepts", _HANDLERS),
    Fault("Inventive", "pricing", PRICE, "accepts", _HANDLERS),
    Fault("Talkative", "pricing", OFFLINE, "accepts", _HANDLERS),
    Fault("Impostor", "pricing", OFFLINE, "accepts", _HANDLERS),
    Fault("Hasty", "pricing", OFFLINE, "keeps", _HANDLERS),
    Fault("MissingHeader", "payments", TRIP, "accepts"),
    Fault("WrongHeader", "payments", TRIP, "accepts"),
    Fault("FailsAtZero", "payments", TRIP, "accepts"),
    Fault("ChargesTwice", "payments", TRIP, "ignores_copies"),
    Fault("WrongType", "payments", TRIP, "accepts"),
    Fault("MissingKey", "drivers", UNASKED),
    Fault("WrongKey", "drivers", UNASKED),
    Fault("NoReplyAddress", "trips", UNASKED),
)

CLEAN: Final[Mapping[str, tuple[str, ...]]] = {
    "pricing": (
        "--service=tests.generated.event_services:Pricing",
        "--handlers=tests.generated.events_by_hand:Pricing",
        "--service=tests.generated.events_by_hand:served",
        "",
    ),
    "payments": (
        "--service=tests.generated.event_services:Payments",
        "--service=tests.generated.event_services:BoxedPayments --outbox",
        "",
    ),
    "drivers": ("--service=tests.generated.event_services:Drivers",),
    "trips": ("--service=tests.generated.event_services:Trips",),
}
"""Options that give services without a fault, the stub among them, by service."""


def caught(folder: Path, faults: Sequence[Fault] = FAULTS, *, is_whole: bool = True) -> Iterator[tuple[Fault, Run]]:
    """Yield what came of each of *faults*: of all tests, or only of the test that is to fail."""
    for service in sorted({fault.service for fault in faults}):
        own = [fault for fault in faults if fault.service == service]
        runs = runs_in(folder, service, [fault.options if is_whole else fault.chosen for fault in own])
        yield from zip(own, runs, strict=True)


def clean_runs(folder: Path, count: int) -> Iterator[tuple[str, Run]]:
    """Yield what came of *count* runs of services without a fault, each with another seed."""
    given = [(service, option) for service, options in CLEAN.items() for option in options]
    for place, (service, option) in enumerate(given):
        seeds = list(islice(range(place, count, len(given)), count))
        runs = runs_in(folder, service, [[*option.split(), f"--seed={seed}"] for seed in seeds])
        yield from ((f"{service} {option or 'stub'} --seed={seed}", run) for seed, run in zip(seeds, runs, strict=True))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line a fault, or how many clean runs failed; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.generated.event_faults", description=__doc__.splitlines()[0])
    parser.add_argument("--clean", type=int, default=0, metavar="RUNS", help="run services without a fault instead")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        generate_into(Path(folder), Path(__file__).parents[2], CLEAN)
        return _clean(Path(folder), chosen.clean) if chosen.clean else _faults(Path(folder))


def _faults(folder: Path) -> int:
    found = 0
    for fault, run in caught(folder):
        found += fault.is_caught(run)
        state = "caught" if fault.is_caught(run) else "MISSED"
        _say(f"{fault.service:9} {fault.name:22} {state}  {', '.join(sorted(run.failures)) or '-'}")
    _say(f"{found} of {len(FAULTS)} caught")
    return int(found < len(FAULTS))


def _clean(folder: Path, count: int) -> int:
    failed = runs = 0
    for name, run in clean_runs(folder, count):
        runs += 1
        if run.code:
            failed += 1
            _say(f"{name}: {run.failures}")
    _say(f"{failed} of {runs} clean runs failed")
    return int(failed > 0)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
