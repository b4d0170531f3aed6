"""A delivery becomes a message: address, media type, headers and payload are judged, and it is told which it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias, assert_never

from pydantic import ValidationError

from ..files import File
from ..judge import MAX_MESSAGE, MAX_REFUSALS, Judge
from ..readings import guide_by, without_files
from ..shapes import from_json_value
from .cloudevents import STRUCTURED, CloudEvent, unwrap
from .codecs import Format, Formats, is_of
from .declarations import ByHeader, ByProperty, BySchema, ByValue, Channel, MessageKind, Plan
from .errors import NotConforming, Reason, Rule, reasons_of
from .headers import read_headers
from .identities import compare_key, judge_key
from .locations import text_at
from .messages import Delivery, header_text
from .parameters import read_parameters


class Incoming(NamedTuple):
    """A message that conforms.

    Attributes:
        kind: which it is.
        payload: of the type of the kind.
        headers: of the declared type; None when none are declared.
        value: JSON value of the payload; bytes when it is no JSON.
        header_values: JSON values of the headers, by name.
        parameters: of the address, by argument.
        event: the CloudEvent that it came in.
    """

    kind: MessageKind
    payload: Any
    headers: Any
    value: Any
    header_values: Mapping[str, Any]
    parameters: Mapping[str, Any]
    event: CloudEvent | None = None


@dataclass(frozen=True, slots=True)
class Judging:
    """What all channels of a service are read and written by."""

    judge: Judge
    formats: Formats
    max_body_bytes: int


_Decoded: TypeAlias = "tuple[Any, Format]"
_Candidates: TypeAlias = "tuple[Sequence[MessageKind], _Decoded | None]"


class _Judged(NamedTuple):
    kind: MessageKind
    value: Any
    headers: Mapping[str, Any]
    format: Format


class Reader:
    """Reads the messages of one channel."""

    def __init__(self, channel: Channel, shared: Judging) -> None:
        """Tell the messages of *channel* apart by its plan."""
        self._channel = channel
        self._messages = channel.messages
        self._plan: Plan = channel.plan
        self._judge = shared.judge
        self._formats = shared.formats
        self._max_body_bytes = shared.max_body_bytes
        # A contract may describe events as such; then they are no wrapping of something else.
        self._has_events = any(kind.content_type.startswith(STRUCTURED) for kind in self._messages)
        for kind in self._messages:
            self._formats.keep(kind.content_type)

    def read(self, delivery: Delivery) -> Incoming:
        """Return the message that *delivery* is.

        Raises:
            NotConforming: it breaks the contract.
        """
        if len(delivery.body) > self._max_body_bytes:
            raise NotConforming(Reason(Rule.TOO_LARGE, f"the body has {len(delivery.body)} bytes"))
        parameters = read_parameters(self._channel, delivery.address, self._judge)
        unwrapped, event = (delivery, None) if self._has_events else unwrap(delivery)
        kinds, decoded = self._candidates(unwrapped, event)
        judged = self._judged(unwrapped, kinds[0], decoded) if len(kinds) == 1 else self._only_one(unwrapped, kinds)
        kind = judged.kind
        # Not every transport has keys: one that is not there is nobody's fault.
        if delivery.key is not None:
            judge_key(kind, delivery.key, self._judge)
            compare_key(kind, delivery.key, judged.headers, judged.value)
        payload = _typed(Rule.PAYLOAD, judged.format.model, unwrapped.body, judged.value, kind)
        headers = None
        if kind.headers is not None and kind.headers.type is not None:
            headers = _typed(Rule.HEADERS, from_json_value, kind.headers.type, judged.headers)
        return Incoming(kind, payload, headers, judged.value, judged.headers, parameters, event)

    # ------------------------------------------------------------------------------------------------ which it is

    def _candidates(self, delivery: Delivery, event: CloudEvent | None) -> _Candidates:
        """Return which messages it may be, by media type and plan; at least one."""
        kinds: Sequence[MessageKind] = [
            kind for kind in self._messages if is_of(delivery.content_type, kind.content_type)
        ]
        if not kinds:
            declared = ", ".join(sorted({kind.content_type for kind in self._messages}))
            raise NotConforming(Reason(Rule.CONTENT_TYPE, f"{delivery.content_type!r:.80} is none of {declared}"))
        if event is not None and len(kinds) > 1:
            kinds = [kind for kind in kinds if (kind.event_type or kind.name) == event.type] or kinds
        return (kinds, None) if len(kinds) == 1 else self._narrowed(delivery, kinds)

    def _narrowed(self, delivery: Delivery, kinds: Sequence[MessageKind]) -> _Candidates:
        """Return which of *kinds* it may be by the plan."""
        match self._plan:
            case ByHeader(name, known):
                if name not in delivery.headers:
                    raise NotConforming(Reason(Rule.UNKNOWN_MESSAGE, f"header {name!r} is missing"))
                try:
                    told = header_text(delivery.headers[name])
                except ValueError:
                    told = ""
                return [_known(known, told, f"header {name!r}", kinds)], None
            case ByValue(location, known):
                decoded = self._decoded(delivery, kinds[0])
                text = text_at(location, {}, decoded[0])
                if text is None:
                    raise NotConforming(Reason(Rule.UNKNOWN_MESSAGE, "no text is there", location.pointer))
                return [_known(known, text, location.pointer, kinds)], decoded
            case ByProperty(known):
                decoded = self._decoded(delivery, kinds[0])
                names = decoded[0] if isinstance(decoded[0], dict) else ()
                found = [kind for name, kind in known.items() if name in names and kind in kinds]
                if not found:
                    raise NotConforming(Reason(Rule.UNKNOWN_MESSAGE, f"none of {', '.join(known)} is there"))
                return found, decoded
            case BySchema():
                return kinds, None
            case _:
                assert_never(self._plan)

    def _only_one(self, delivery: Delivery, kinds: Sequence[MessageKind]) -> _Judged:
        """Return the message as the one of *kinds* whose schemas accept it."""
        found: list[_Judged] = []
        refused: list[NotConforming] = []
        for kind in kinds:
            try:
                found.append(self._judged(delivery, kind, None))
            except NotConforming as error:
                refused.append(error)
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(judged.kind.name for judged in found)
            raise NotConforming(Reason(Rule.AMBIGUOUS_MESSAGE, f"it may be {names}"))
        nearest = min(refused, key=lambda error: len(error.reasons))
        raise NotConforming(Reason(Rule.UNKNOWN_MESSAGE, "no message accepts it"), *nearest.reasons)

    # ------------------------------------------------------------------------------------------------ its parts

    def _judged(self, delivery: Delivery, kind: MessageKind, decoded: _Decoded | None) -> _Judged:
        value, format_ = decoded or self._decoded(delivery, kind)
        headers = {} if kind.headers is None else read_headers(kind.headers, delivery.headers, self._judge)
        judge_payload(kind, value, self._judge)
        return _Judged(kind, value, headers, format_)

    def _decoded(self, delivery: Delivery, kind: MessageKind) -> _Decoded:
        content_type = delivery.content_type or kind.content_type
        format_ = self._formats.find(content_type, kind)
        if format_ is None:
            raise NotConforming(Reason(Rule.CONTENT_TYPE, f"{content_type!r:.80} can't be read"))
        try:
            return format_.decode(delivery.body, kind), format_
        except (ValueError, RecursionError) as error:
            raise NotConforming(Reason(Rule.UNREADABLE, str(error)[:MAX_MESSAGE])) from None


def judge_payload(kind: MessageKind, value: Any, judge: Judge) -> None:
    """Refuse *value* where the contract doesn't accept it as payload of *kind*.

    Raises:
        NotConforming: it is refused.
    """
    if kind.schema is None:
        return
    if isinstance(value, bytes):
        # Only a schema of bytes has something to say about bytes: their number.
        if not guide_by(judge).is_file((judge.schema(kind.schema),)):
            return
        value = without_files(File(value))
    if not judge.accepts(kind.schema, value):
        raise NotConforming(*reasons_of(Rule.PAYLOAD, judge.refusals(kind.schema, value)))


def _known(known: Mapping[str, MessageKind], told: str, where: str, kinds: Sequence[MessageKind]) -> MessageKind:
    kind = known.get(told)
    if kind is None or kind not in kinds:
        raise NotConforming(Reason(Rule.UNKNOWN_MESSAGE, f"{where} is {told!r:.80}"))
    return kind


def _typed(rule: Rule, make: Callable[..., Any], *arguments: Any) -> Any:
    """Return what *make* returns; what a type doesn't hold is refused, even if the schema accepts it."""
    try:
        return make(*arguments)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)[:MAX_REFUSALS]
        reasons = (Reason(rule, one["msg"][:MAX_MESSAGE], "".join(f"/{step}" for step in one["loc"])) for one in found)
        raise NotConforming(*reasons) from None
