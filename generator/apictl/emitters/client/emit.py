"""Contract to `client.py`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final, assert_never

from apictl.contract.security import SecurityKind, SecurityScheme
from apictl.emitters.client.class_names import ClassNames, asynchronous, class_names
from apictl.emitters.client.views import (
    ArgumentView,
    ClientPageView,
    ClientView,
    CredentialView,
    GroupView,
    MemberView,
    MethodView,
)
from apictl.pages.nodes import DocText, DottedName, Expression, Identifier, Literal
from apictl.pages.page import Page, PageSet
from apictl.pages.python import docs
from apictl.pages.python.spelling import SpelledBody, SpelledContract, SpelledGroup, SpelledOperation, SpelledScheme

_ALSO_RAISED: Final = (
    "UnexpectedResponse: what came is not declared by the contract.",
    "httpx2.RequestError: no response came, or none that can be read.",
)


def emit(spelled: SpelledContract) -> PageSet:
    """Return the page of the client side."""
    path = PurePosixPath("python") / spelled.package / "client.py"
    return PageSet(pages=(Page("client/client.py.jinja", _view(spelled), path),))


def _view(spelled: SpelledContract) -> ClientPageView:
    names = class_names(spelled)
    credentials = tuple(_credentials(spelled.schemes))
    groups = tuple(_group(group, names, is_async=is_async) for is_async in (False, True) for group in spelled.groups)
    clients = tuple(_client(spelled, names, is_async=is_async) for is_async in (False, True))
    classes = [*(str(group.name) for group in groups), *(str(client.name) for client in clients)]
    exported = sorted([*classes, "UnexpectedResponse", *(["Credentials"] if credentials else [])])
    return ClientPageView(
        header=docs.header(spelled),
        package=DottedName(spelled.package),
        title=DocText(docs.one_line(spelled.contract.title), 0),
        client=Identifier(names.client),
        async_client=Identifier(asynchronous(names.client)),
        exported=tuple(map(Literal, exported)),
        has_credentials=bool(credentials),
        credentials=credentials,
        groups=groups,
        clients=clients,
    )


def _credentials(schemes: tuple[SpelledScheme, ...]) -> Iterator[CredentialView]:
    """Yield what a request can carry; a client certificate is the transport's."""
    for spelled in schemes:
        scheme = spelled.scheme
        if scheme.kind is not SecurityKind.MUTUAL_TLS:
            yield CredentialView(
                name=Identifier(spelled.method),
                scheme=Literal(scheme.name),
                annotation=Expression("Login | None" if scheme.kind is SecurityKind.BASIC else "Secret | None"),
                doc=DocText("\n\n".join(filter(None, (_carried(scheme), scheme.description.strip())))),
            )


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
            return "Access token, sent as bearer token."
        case SecurityKind.HTTP:
            return f"What follows {docs.one_line(scheme.http_scheme)!r} in `Authorization`."
        case SecurityKind.MUTUAL_TLS:
            return "Client certificate of the transport."
        case SecurityKind.BROKER:
            return "Credential of a broker."
        case _:
            assert_never(scheme.kind)


def _group(group: SpelledGroup, names: ClassNames, *, is_async: bool) -> GroupView:
    name = names.groups[group.attribute]
    return GroupView(
        name=Identifier(asynchronous(name) if is_async else name),
        doc=DocText(_group_doc(group)),
        is_async=is_async,
        caller=_caller(is_async=is_async),
        methods=tuple(map(_method, group.operations)),
    )


def _group_doc(group: SpelledGroup) -> str:
    tag = docs.one_line(group.tag)
    return group.description.strip() or (f"Calls of {tag}." if tag else "Calls of the service.")


def _caller(*, is_async: bool) -> Identifier:
    return Identifier("AsyncCaller" if is_async else "Caller")


def _method(operation: SpelledOperation) -> MethodView:
    body = operation.body
    return MethodView(
        name=Identifier(operation.function),
        constant=Identifier(operation.constant),
        doc=DocText(docs.operation_doc(operation, also_raised=_ALSO_RAISED), 8),
        has_body=body is not None,
        has_optional_body=body is not None and not body.is_required,
        body=Expression("None" if body is None else body.argument_annotation),
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
    )


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
        "timeout of *http*: it bounds each wait on the network, not the call as a whole."
    )
