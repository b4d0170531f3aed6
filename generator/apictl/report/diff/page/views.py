"""What the page shows, finished: plain text in frozen values, which the template escapes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FrameLine:
    """One line of a document.

    Attributes:
        number: 1-based.
        before: what stands before the mark; the whole line when nothing is marked.
        mark: what the change is about; "" for nothing.
        after: what stands after the mark.
        is_meant: the change is about this line.
    """

    number: int
    before: str
    mark: str = ""
    after: str = ""
    is_meant: bool = False


@dataclass(frozen=True, slots=True)
class FrameView:
    """Some lines of a document.

    Attributes:
        caption: "before" or "now".
        spot: path, line and column.
        note: what is to be said of the lines; "" for nothing.
        kind: "old" or "new".
        lines: none when the document can't be shown.
    """

    caption: str
    spot: str
    note: str
    kind: str
    lines: tuple[FrameLine, ...]


@dataclass(frozen=True, slots=True)
class WitnessView:
    """A value that shows a change.

    Attributes:
        caption: what it shows.
        before: what stands before the part that is meant.
        part: that is meant.
        after: what stands after it.
        is_harm: the part is what hurts, not what is new.
    """

    caption: str
    before: str
    part: str
    after: str
    is_harm: bool


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change.

    Attributes:
        kind: "breaking", "warning", "agreed" or "harmless".
        word: for the kind, to be read.
        message: the finding's.
        rule: its id.
        id: by which it is agreed to.
        spot: where it is.
        frames: of both documents; none of a harmless one.
        witness: None when there is none.
        hit: who is hit; "" for nobody known.
        remarks: further lines.
        hint: what to do; "" when it is not known.
        agreement: who agreed to it; "" when nobody did.
        is_open: somebody may want to agree to it.
    """

    kind: str
    word: str
    message: str
    rule: str
    id: str
    spot: str
    frames: tuple[FrameView, ...]
    witness: WitnessView | None
    hit: str
    remarks: tuple[str, ...]
    hint: str
    agreement: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class OperationView:
    """The changes of an operation that are shown open.

    Attributes:
        verb: method of HTTP in capitals, RECEIVE or SEND of messages; "" when it is no operation of the service.
        name: path, or the words for it.
        kinds: of its changes, with a space between.
        changes: in the order of the contract.
    """

    verb: str
    name: str
    kinds: str
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True)
class ServiceView:
    """One contract.

    Attributes:
        name: of the service.
        versions: "3.0.0 → 3.1.0"; "" when nobody read them.
        advice: what the changes ask of the version; "" for nothing.
        is_too_low: the version does not agree.
        outcome: counts, or why there are none.
        kinds: of its changes, with a space between.
        operations: what is shown open.
        rest: what is folded.
        rest_kinds: as `kinds`.
        remarks: why it can't be read.
    """

    name: str
    versions: str
    advice: str
    is_too_low: bool
    outcome: str
    kinds: str
    operations: tuple[OperationView, ...]
    rest: tuple[ChangeView, ...]
    rest_kinds: str
    remarks: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True)
class FilterView:
    """One choice of what is shown.

    Attributes:
        kind: as of a change, or "all".
        word: to be read.
        count: of changes.
        is_chosen: at first.
    """

    kind: str
    word: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class PageView:
    """The page.

    Attributes:
        headline: the result.
        mood: "breaking", "warning" or "fine".
        since: what the contracts are compared with.
        hit: who is hit; "" for nobody known.
        filters: what can be chosen.
        remarks: what is to be said of no contract.
        services: those of which something is to be said.
        alike: names of the others.
        style: of the page; the one text that is not escaped.
        style_hash: of `style`, for the policy.
    """

    headline: str
    mood: str
    since: str
    hit: str
    filters: tuple[FilterView, ...]
    remarks: tuple[ChangeView, ...]
    services: tuple[ServiceView, ...]
    alike: tuple[str, ...]
    style: str
    style_hash: str
