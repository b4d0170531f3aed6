"""What a person asks `apictl lint` for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """The list of findings that are known.

    Attributes:
        file: as the person wrote it; "" for none.
        is_written: the list is brought up to date.
        may_grow: findings are added to it, too.
    """

    file: str = ""
    is_written: bool = False
    may_grow: bool = False


@dataclass(frozen=True, slots=True)
class Judging:
    """What documents are judged by.

    Attributes:
        rules: sets and rules; those of the manifest when empty.
        known: the list of findings that are not told.
        is_trusting: rules of the workspace's own are run.
    """

    rules: tuple[str, ...]
    known: Known
    is_trusting: bool = False


@dataclass(frozen=True, slots=True)
class Showing:
    """How the result is told.

    Attributes:
        format: of the output.
        reports: files to be written, each as "FORMAT=FILE".
        is_quiet: errors only.
        is_verbose: all findings of a rule, however many.
    """

    format: str
    reports: tuple[str, ...] = ()
    is_quiet: bool = False
    is_verbose: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for.

    Attributes:
        operands: services or files; all services when empty.
        judging: by what.
        showing: how the result is told.
        is_strict: a warning makes the exit code 1, too.
        is_remembered: what an earlier run came to is told again when nothing changed.
    """

    operands: tuple[str, ...]
    judging: Judging
    showing: Showing
    is_strict: bool = False
    is_remembered: bool = True
