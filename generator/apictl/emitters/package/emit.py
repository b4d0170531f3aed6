"""Contract to `pyproject.toml`, `README.md`, `__init__.py`, `contract.json` and the support modules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from apictl.contract.events import Message
from apictl.contract.security import SecurityKind
from apictl.contract.values.bounds import bounded
from apictl.emitters.package.events_view import EventsView, events_view
from apictl.emitters.package.support_modules import support_modules
from apictl.emitters.package.webhooks_view import WebhooksView, webhooks_view
from apictl.pages.adapters import Adapter, adapters
from apictl.pages.codings import coding_imports, requirements
from apictl.pages.data import json_bytes
from apictl.pages.nodes import CommentText, DocText, DottedName, Identifier, MarkdownCode, MarkdownText, TomlString
from apictl.pages.page import GeneratedFile, Page, PageSet
from apictl.pages.python import docs
from apictl.pages.python.companions import companions
from apictl.pages.python.contents import SpelledContent
from apictl.pages.python.parts import is_parted
from apictl.pages.python.spelling import SpelledContract
from apictl.support.declarations import Kind

_LONGEST_SUMMARY = 200
_YAML = "pyyaml>=6.0.2"
"""What reads and writes YAML; without such bodies it is never imported."""
_FETCHED = frozenset({SecurityKind.OAUTH2, SecurityKind.OPENID_CONNECT})
"""Schemes whose credential is a token that the client can get by itself."""


@dataclass(frozen=True, slots=True)
class OperationLine:
    """One line of the read-me's table."""

    request: MarkdownCode
    method: MarkdownCode
    summary: MarkdownText


@dataclass(frozen=True, slots=True)
class ExtraView:
    """An optional dependency: what the adapter for one kind of broker stands on."""

    name: Identifier
    requirements: tuple[TomlString, ...]


@dataclass(frozen=True, slots=True)
class PackageView:
    """The files around the code; of `events` there is one, or none."""

    header: CommentText
    package: DottedName
    package_literal: TomlString
    distribution: TomlString
    version: TomlString
    summary: TomlString
    title: MarkdownText
    doc: DocText
    client_class: Identifier
    telemetry: MarkdownCode
    fetched: tuple[Identifier, ...]
    iterated: tuple[MarkdownCode, ...]
    streamed: tuple[MarkdownCode, ...]
    server_arguments: tuple[Identifier, ...]
    operations: tuple[OperationLine, ...]
    has_requests: bool
    has_server: bool
    has_security: bool
    webhooks: tuple[WebhooksView, ...]
    events: tuple[EventsView, ...]
    extras: tuple[ExtraView, ...]
    requirements: tuple[TomlString, ...]


def emit(spelled: SpelledContract, *, has_server: bool, received: SpelledContract | None = None) -> PageSet:
    """Return the files of the distribution; an external service has no server.

    *received* is what receivers of webhooks and callbacks serve; None where there are none.
    """
    root = PurePosixPath("python")
    package = root / spelled.package
    view = _view(spelled, received, has_server=has_server and spelled.has_requests)
    return PageSet(
        pages=(
            Page("package/pyproject.toml.jinja", view, root / "pyproject.toml"),
            Page("package/README.md.jinja", view, root / "README.md"),
            Page("package/__init__.py.jinja", view, package / "__init__.py"),
        ),
        files=(
            GeneratedFile(package / "py.typed", b""),
            GeneratedFile(package / "contract.json", _judged(spelled)),
            *_support(spelled, received, package / "_support"),
        ),
    )


def _view(spelled: SpelledContract, received: SpelledContract | None, *, has_server: bool) -> PackageView:
    title = docs.one_line(spelled.contract.title)
    return PackageView(
        header=docs.header(spelled),
        package=DottedName(spelled.package),
        package_literal=TomlString(spelled.package),
        distribution=TomlString(spelled.distribution),
        version=TomlString(_python_version(spelled.contract.version)),
        summary=TomlString(f"Generated from the contract of {title}."[:_LONGEST_SUMMARY]),
        title=MarkdownText(title),
        doc=DocText(title, 0),
        client_class=Identifier(f"{spelled.stem}Client"),
        telemetry=MarkdownCode(f"pip install '{spelled.distribution}[telemetry]'"),
        fetched=tuple(Identifier(each.method) for each in spelled.schemes if each.scheme.kind in _FETCHED)[:1],
        iterated=tuple(_iterated(spelled))[:1],
        streamed=tuple(_streamed(spelled))[:1],
        server_arguments=tuple(Identifier(group.attribute) for group in spelled.groups),
        operations=tuple(
            OperationLine(
                request=MarkdownCode(f"{operation.operation.method} {operation.operation.path}"),
                method=MarkdownCode(f"{group.attribute}.{operation.function}"),
                summary=MarkdownText(docs.one_line(operation.operation.summary)),
            )
            for group in spelled.groups
            for operation in group.operations
        ),
        has_requests=spelled.has_requests,
        has_server=has_server,
        has_security=bool(spelled.schemes),
        webhooks=() if received is None else (webhooks_view(received, spelled),),
        events=() if spelled.contract.events is None else (events_view(spelled, spelled.contract.events),),
        requirements=tuple(map(TomlString, _requirements(spelled, received))),
        extras=tuple(
            ExtraView(Identifier(each.name), tuple(map(TomlString, each.requirements))) for each in _adapters(spelled)
        ),
    )


def _iterated(spelled: SpelledContract) -> Iterator[MarkdownCode]:
    names = companions(spelled, "iterate")
    for group in spelled.groups:
        for operation in group.operations:
            if operation.paging is not None:
                yield MarkdownCode(f"{group.attribute}.{names[operation.function]}")


def _streamed(spelled: SpelledContract) -> Iterator[MarkdownCode]:
    names = companions(spelled, "stream")
    for group in spelled.groups:
        for operation in group.operations:
            if operation.items:
                name = operation.function if operation.is_streamed else names[operation.function]
                yield MarkdownCode(f"{group.attribute}.{name}")


def _adapters(spelled: SpelledContract) -> tuple[Adapter, ...]:
    events = spelled.contract.events
    return () if events is None else adapters(events)


def _support(
    spelled: SpelledContract, received: SpelledContract | None, folder: PurePosixPath
) -> tuple[GeneratedFile, ...]:
    names = tuple(each.name for each in _adapters(spelled))
    has_events = spelled.contract.events is not None
    return support_modules(
        folder,
        with_requests=spelled.has_requests,
        with_parts=is_parted(spelled) or (received is not None and is_parted(received)),
        adapters=names if has_events else None,
        codings=tuple(sorted({module for module, _ in coding_imports(_messages(spelled))})),
    )


def _requirements(spelled: SpelledContract, received: SpelledContract | None) -> list[str]:
    """Return the distributions that the package needs besides those of every package."""
    sides = (spelled,) if received is None else (spelled, received)
    has_yaml = any(content.kind is Kind.YAML for side in sides for content in _contents(side))
    return sorted([*requirements(_messages(spelled)), *([_YAML] if has_yaml else [])])


def _contents(spelled: SpelledContract) -> Iterator[SpelledContent]:
    for operation in spelled.operations:
        for body in (operation.body, *(answer.body for answer in operation.answers)):
            yield from () if body is None else body.contents


def _messages(spelled: SpelledContract) -> tuple[Message, ...]:
    events = spelled.contract.events
    return () if events is None else tuple(events.messages.values())


def _python_version(version: str) -> str:
    """Return *version* when a Python distribution may have it, else "0" with what is usable of it."""
    from packaging.version import InvalidVersion, Version  # noqa: PLC0415 - only a run that emits needs it

    try:
        return str(Version(version))
    except InvalidVersion:
        digits = ".".join(part for part in "".join(c if c.isdigit() else " " for c in version).split()[:3])
        return f"0+{digits}" if digits else "0"


def _judged(spelled: SpelledContract) -> bytes:
    """Return the schemas that judge every value of the package."""
    definitions = {name: definition.schema for name, definition in spelled.contract.definitions.items()}
    judged = definitions | dict(spelled.judged)
    return json_bytes({"$defs": {name: bounded(schema) for name, schema in judged.items()}})
