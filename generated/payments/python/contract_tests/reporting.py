"""How a failure reads: operation and line of the contract, what is wrong, the request, how to see it again."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

import httpx2
import pytest
from schemathesis.errors import FailureGroup

from . import refusals
from .cases import OperationCase, load_cases
from .contract import meant
from .places import place_of

_SECRET_HEADERS = frozenset({"authorization", "cookie", "proxy-authorization"})
_UNSENT_HEADERS = frozenset({"accept", "accept-encoding", "connection", "content-length", "host", "user-agent"})
_SHOWN = 600
_LONGEST_LINE = 1500


class ContractBroken(AssertionError):
    """An answer that the contract does not allow."""


def explain(item: pytest.Item, fault: BaseException) -> str | None:
    """Return what a failed test says; None where pytest's own words are better."""
    match fault:
        case FailureGroup():
            _, _, found = fault.message.strip().partition("\n")
            found = "\n\n".join([found, *_advice(item, fault)])
        case ContractBroken():
            found = str(fault)
        case httpx2.TransportError() | OSError():  # what the client of schemathesis raises is an OSError, too
            notes = "\n".join(getattr(fault, "__notes__", ()))
            found = f"- No answer that can be read: {str(fault) or type(fault).__name__}\n{notes}"
        case _:
            return None
    return "\n".join(
        [
            *_heading(item),
            "",
            *map(_shortened, found.strip().splitlines()),
            "",
            "See it again:",
            "",
            f"    {_command(item)}",
            "",
        ]
    )


def _advice(item: pytest.Item, group: FailureGroup) -> Iterator[str]:
    options = item.config.option
    is_theirs = options.app or options.url or options.receiver
    for failure in group.exceptions:
        match failure:
            case object(code="ST202", operation=str(label), status_code=int(status)) if is_theirs:
                operation = load_cases().operations.get(meant(label))
                yield "" if operation is None else refusals.advice(operation, status)
            case _:
                continue


def _shortened(line: str) -> str:
    return line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]}… ({len(line)} characters)"


def _heading(item: pytest.Item) -> Iterator[str]:
    operation = operation_of(item)
    if operation is None:
        yield f"{load_cases().service} breaks its contract"
    else:
        yield f"{operation.label} breaks its contract"
        yield f"{place_of(operation)}: {operation.id}"


def operation_of(item: pytest.Item) -> OperationCase | None:
    """Return the operation that *item* is about."""
    marker = item.get_closest_marker("contract")
    return None if marker is None else load_cases().operations.get(marker.args[0])


def _command(item: pytest.Item) -> str:
    options = item.config.option
    words = ["apictl", "test", load_cases().service, "--seed", str(options.seed)]
    for flag, value in (("--app", options.app), ("--url", options.url), ("--receiver", options.receiver)):
        words += [flag, value] if value else []
    for header in options.header:
        words += ["--header", f"{header.partition(':')[0]}: …"]
    for refusal in options.refusal:
        words += ["--refusal", refusal]
    words += ["-k", item.name]
    return shlex.join(words)


def curl(request: httpx2.Request) -> str:
    """Return *request* as a command for a shell, its secrets left out."""
    words = ["curl", "-X", request.method]
    for name, value in request.headers.items():
        if name.lower() in _SECRET_HEADERS:
            words += ["-H", f"{name}: [Filtered]"]
        elif name.lower() not in _UNSENT_HEADERS:
            words += ["-H", f"{name}: {value}"]
    if request.content:
        words += ["--data-binary", shown(request.content)]
    return shlex.join([*words, str(request.url)])


def shown(content: bytes) -> str:
    """Return the beginning of *content* as text."""
    text = content.decode("utf-8", "backslashreplace")
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}… ({len(content)} bytes)"


def exchange(response: httpx2.Response) -> str:
    """Return what was answered to which request."""
    body = shown(response.content).strip()
    lines = [f"[{response.status_code}] {response.reason_phrase}:", "", f"    {body or '(no body)'}", ""]
    return "\n".join([*lines, "Request:", "", f"    {curl(response.request)}"])
