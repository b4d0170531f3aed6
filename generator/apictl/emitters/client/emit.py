"""Contract to `client.py`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Final, assert_never

from apictl.contract.security import SecurityKind, SecurityScheme
from apictl.emitters.client.class_names import FETCHED, ClassNames, asynchronous, class_names
from apictl.emitters.client.parted import Making, parted
from apictl.emitters.client.views import (
    ArgumentView,
    ClientPageView,
    ClientView,
    CompanionView,
    CredentialView,
    GroupView,
    MemberView,
    MethodView,
)
from apictl.pages.memory import Memory
from apictl.pages.nodes import DocText, DottedName, Expression, Identifier, Literal
from apictl.pages.page import Page, PageSet
from apictl.pages.python import docs
from apictl.pages.python.parts import is_parted, module_name
from apictl.pages.python.remembering import Remembering, remembering
from apictl.pages.python.spelling import SpelledBody, SpelledContract, SpelledGroup, SpelledOperation, SpelledScheme
from apictl.support.declarations import Kind

_ALSO_RAISED: Final = (
    "UnexpectedResponse: what came is not declared by the contract.",
    "DeadlinePassed: the deadline passed before the response was there.",
    "httpx2.RequestError: no response came, or none that can be read.",
)
_UNSENT: Final = "ValueError: an argument can't be written as the contract says."
_UNGRANTED: Final = "TokenRefused: no access token was given."
_PAGES: Final = "Yields the items of this page and of all that follow, each page when its first item is asked for."
_EXPORTED: Final = ("Answered", "Attempt", "DeadlinePassed", "Hooks", "Retries", "UnexpectedResponse")
_GRANTS: Final = ("ClientCredentials", "RefreshToken")


def emit(spelled: SpelledContract, remembered: Remembering | None = None) -> PageSet:
    """Return the pages of the client side; what is *remembered* is not made again."""
    names = class_names(spelled)
    if is_parted(spelled):
        remembered = remembered or remembering(spelled, Memory())
        return PageSet(pages=tuple(parted(spelled, _view(spelled, names), Making(_group, names, remembered))))
    groups = tuple(_group(group, names, is_async=is_async) for is_async in (False, True) for group in spelled.groups)
    view = dataclasses.replace(_view(spelled, names), groups=groups)
    return PageSet(pages=(Page("client/client.py.jinja", view, spelled.folder / "client.py"),))


def _view(spelled: SpelledContract, names: ClassNames) -> ClientPageView:
    """Return what stands around the classes of the groups."""
    credentials = tuple(credential_views(spelled.schemes))
    clients = tuple(_client(spelled, names, is_async=is_async) for is_async in (False, True))
    groups = [names.groups[group.attribute] for group in spelled.groups]
    classes = [*groups, *map(asynchronous, groups), *(str(client.name) for client in clients)]
    items = [operation.items for operation in spelled.operations if operation.items]
    shown = (
        *(("Credentials",) if credentials else ()),
        *((*_GRANTS, "TokenRefused") if names.fetched else ()),
        *(("AsyncStream", "Stream") if items else ()),
        *(("ServerSentEvent",) if any("ServerSentEvent[" in each for each in items) else ()),
    )
    exported = sorted([*classes, *_EXPORTED, *shown, *exported_files(spelled)])
    return ClientPageView(
        header=docs.header(spelled),
        package=DottedName(spelled.package),
        title=DocText(docs.one_line(spelled.contract.title), 0),
        client=Identifier(names.client),
        async_client=Identifier(asynchronous(names.client)),
        exported=tuple(map(Literal, exported)),
        has_credentials=bool(credentials),
        credentials=credentials,
        groups=(),
        clients=clients,
    )


def exported_files(spelled: SpelledContract) -> Iterator[str]:
    """Yield the types of files that bodies of *spelled* take."""
    bodies = [content for each in spelled.operations if each.body is not None for content in each.body.contents]
    if any(content.kind is Kind.MULTIPART for content in bodies):
        yield "File"
    if any(content.annotation == "Binary" for content in bodies):
        yield "Binary"


def credential_views(schemes: tuple[SpelledScheme, ...]) -> Iterator[CredentialView]:
    """Yield what a request can carry; a client certificate is the transport's."""
    for spelled in schemes:
        scheme = spelled.scheme
        if scheme.kind is not SecurityKind.MUTUAL_TLS:
            yield CredentialView(
                name=Identifier(spelled.method),
                scheme=Literal(scheme.name),
                annotation=Expression(f"{_credential_type(scheme)} | None"),
                doc=DocText("\n\n".join(filter(None, (_carried(scheme), scheme.description.strip())))),
            )


def _credential_type(scheme: SecurityScheme) -> str:
    if scheme.kind is SecurityKind.BASIC:
        return "Login"
    return f"Secret | {' | '.join(_GRANTS)}" if scheme.kind in FETCHED else "Secret"


def _carried(scheme: SecurityScheme) -> str:
    match scheme.kind:
        case SecurityKind.API_KEY:
            location = "" if scheme.key_location is None else scheme.key_location.value
            return f"API key, sent in the {location} as {docs.one_line(scheme.key_name)!r}."
        case SecurityKind.BASIC:
            return "User and password of HTTP Basic."
        case SecurityKind.BEARER:
            return "Bearer token."
        case SecurityKind.OAUTH2 | SecurityKind.OPENID_CONNECT:
            return "Access token, sent as bearer token, or what it is fetched with."
        case SecurityKind.HTTP:
            return f"What follows {docs.one_line(scheme.http_scheme)!r} in `Authorization`."
        case SecurityKind.MUTUAL_TLS:
            return "Client certificate of the transport."
        case SecurityKind.BROKER:
            return "Credential of a broker."
        case _:
            assert_never(scheme.kind)


def _group(group: SpelledGroup, names: ClassNames, *, is_async: bool) -> GroupView:
    return GroupView(
        name=Identifier(names.group(group, is_async=is_async)),
        doc=DocText(_group_doc(group)),
        is_async=is_async,
        caller=_caller(is_async=is_async),
        methods=tuple(each for operation in group.operations for each in _methods(operation, names, is_async=is_async)),
    )


def _methods(operation: SpelledOperation, names: ClassNames, *, is_async: bool) -> Iterator[MethodView]:
    """Yield the method that calls *operation*, and what it was called before, which type checkers strike out."""
    method = method_view(operation, names, is_async=is_async)
    yield method
    for old in names.renamed.get(operation.function, ()):
        stream = old if operation.is_streamed else f"stream_{old}"
        yield dataclasses.replace(
            method,
            name=Identifier(old),
            iterations=tuple(_called(each, f"iterate_{old}") for each in method.iterations),
            streams=tuple(_called(each, stream) for each in method.streams),
            advices=(Literal(f"it is called {operation.function} now"),),
        )


def _called(companion: CompanionView, name: str) -> CompanionView:
    return dataclasses.replace(companion, name=Identifier(name))


def _group_doc(group: SpelledGroup) -> str:
    tag = docs.one_line(group.tag)
    return group.description.strip() or (f"Calls of {tag}." if tag else "Calls of the service.")


def _caller(*, is_async: bool) -> Identifier:
    return Identifier("AsyncCaller" if is_async else "Caller")


def method_view(operation: SpelledOperation, names: ClassNames, *, is_async: bool) -> MethodView:
    """Return the method that calls *operation*, with those that read it page by page or piece by piece."""
    body = operation.body
    return MethodView(
        name=Identifier(operation.function),
        constant=Identifier(operation.constant),
        doc=DocText(docs.operation_doc(operation, also_raised=_also_raised(operation, names)), 8),
        has_body=body is not None,
        has_optional_body=body is not None and not body.is_required,
        body=Expression("None" if body is None else _body_annotation(body, is_async=is_async)),
        has_content_types=body is not None and len(body.contents) > 1,
        content_types=Expression(_content_types(body)),
        has_arguments=bool(operation.parameters),
        arguments=tuple(
            ArgumentView(
                name=Identifier(parameter.argument),
                key=Literal(parameter.argument),
                annotation=Expression(parameter.client_annotation),
                is_required=parameter.parameter.is_required,
            )
            for parameter in operation.parameters
        ),
        returns=Expression(operation.returns),
        is_whole=not operation.is_streamed,
        iterations=tuple(_iterations(operation, names, is_async=is_async)),
        streams=tuple(_streams(operation, names, is_async=is_async)),
    )


def _streams(operation: SpelledOperation, names: ClassNames, *, is_async: bool) -> Iterator[CompanionView]:
    """Yield the method that reads piece by piece; the only one of an operation that answers with streams alone."""
    if not operation.items:
        return
    opened = f"Open it by `{'async with' if is_async else 'with'}`; it yields what comes as it arrives."
    if operation.is_streamed:
        doc = f"{docs.operation_doc(operation, also_raised=_also_raised(operation, names))}\n\n{opened}"
    else:
        doc = docs.companion_doc(operation, opened)
    yield CompanionView(
        name=Identifier(operation.function if operation.is_streamed else names.streams[operation.function]),
        doc=DocText(doc, 8),
        returns=Expression(f"{'AsyncStream' if is_async else 'Stream'}[{operation.items}]"),
    )


def _also_raised(operation: SpelledOperation, names: ClassNames) -> tuple[str, ...]:
    asked = {requirement.scheme for alternative in operation.operation.security for requirement in alternative}
    is_written = bool(operation.parameters) or operation.body is not None
    return (
        *_ALSO_RAISED,
        *((_UNSENT,) if is_written else ()),
        *((_UNGRANTED,) if asked & names.fetched else ()),
    )


def _iterations(operation: SpelledOperation, names: ClassNames, *, is_async: bool) -> Iterator[CompanionView]:
    if operation.paging is not None:
        yield CompanionView(
            name=Identifier(names.iterations[operation.function]),
            doc=DocText(docs.companion_doc(operation, _PAGES), 8),
            returns=Expression(f"{'AsyncIterator' if is_async else 'Iterator'}[{operation.paging.item}]"),
        )


def _body_annotation(body: SpelledBody, *, is_async: bool) -> str:
    """Return what `body` may be; bytes may come in pieces, and a list item by item."""
    sent = dict.fromkeys("bytes" if each.kind is Kind.BINARY else each.sent for each in body.contents)
    kinds = ("Iterable", "AsyncIterable") if is_async else ("Iterable",)
    pieces = [f"{kind}[{item}]" for item in filter(None, sent) for kind in kinds]
    if not pieces:
        return body.argument_annotation
    return " | ".join([body.annotation, *pieces, *([] if body.is_required else ["None"])])


def _content_types(body: SpelledBody | None) -> str:
    if body is None:
        return "None"
    names = dict.fromkeys(str(Literal(name)) for name in body.media_types)
    return f"Literal[{', '.join(names)}] | None"


def _client(spelled: SpelledContract, names: ClassNames, *, is_async: bool) -> ClientView:
    def named(name: str) -> Identifier:
        return Identifier(asynchronous(name) if is_async else name)

    return ClientView(
        name=named(names.client),
        doc=DocText(_client_doc(spelled)),
        caller=_caller(is_async=is_async),
        transport=DottedName("httpx2.AsyncClient" if is_async else "httpx2.Client"),
        members=tuple(
            MemberView(
                attribute=Identifier(group.attribute),
                module=DottedName(f"{spelled.package}._client.{module_name(group.attribute)}"),
                group=named(names.groups[group.attribute]),
                doc=DocText(docs.one_line(_group_doc(group)), 8),
            )
            for group in spelled.groups
        ),
    )


def _client_doc(spelled: SpelledContract) -> str:
    return (
        f"Calls the {docs.one_line(spelled.contract.title)}.\n\n"
        "Calls go through *http*, which belongs to the caller: its base URL says where the service answers, and "
        "limits, TLS, redirects, event hooks and timeouts are set there. `timeout_seconds` of a call replaces the "
        "timeout of *http*: it bounds each wait on the network. `deadline_seconds` bounds the call as a whole: every "
        "attempt, the pauses between them, and reading the response."
    )
