"""Webhooks and callbacks to `webhooks/sender.py`: whoever publishes the contract sends them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from apictl.contract.expressions import Expression as RuntimeExpression
from apictl.contract.expressions import Message, Part, parse_expression
from apictl.contract.operation import ParameterLocation
from apictl.contract.outgoing import Outgoing, Trigger, outgoing
from apictl.emitters.client.class_names import ClassNames, asynchronous, class_names
from apictl.emitters.client.emit import credential_views, exported_files, method_view
from apictl.emitters.client.views import ArgumentView, CredentialView, MethodView
from apictl.pages.nodes import CommentText, DocText, DottedName, Expression, Identifier, Literal
from apictl.pages.page import Page, PageSet
from apictl.pages.python import docs, names
from apictl.pages.python.signing import is_signed_by_standard
from apictl.pages.python.spelling import SpelledContract, SpelledOperation
from apictl.support.deliveries import is_left_to_sign

_SENDER: Final = "WebhookSender"
_ALSO_RAISED: Final = (
    "UnexpectedResponse: what came is not declared by the contract.",
    "ValueError: what is to be sent is not what the contract says.",
    "httpx2.RequestError: no response came, or none that can be read.",
)
_EXPORTED: Final = ("Delivery", "Hooks", "Retries", "Sign", "UnexpectedResponse")
_EMBEDDED: Final = re.compile(r"\{(\$[^{}]+)\}")


@dataclass(frozen=True, slots=True)
class SenderView:
    """A class that sends, synchronous or asynchronous."""

    name: Identifier
    doc: DocText
    is_async: bool
    caller: Identifier
    transport: DottedName
    methods: tuple[MethodView, ...]


@dataclass(frozen=True, slots=True)
class TakenView:
    """What an expression takes of the triggering request."""

    key: Literal
    name: Identifier
    annotation: Expression


@dataclass(frozen=True, slots=True)
class UrlView:
    """A function that evaluates where a callback goes; of `body` there is one, or none."""

    name: Identifier
    doc: DocText
    expression: Literal
    body: tuple[TakenView, ...]
    arguments: tuple[TakenView, ...]


@dataclass(frozen=True, slots=True)
class SenderPageView:
    """`webhooks/sender.py`."""

    header: CommentText
    package: DottedName
    title: DocText
    exported: tuple[Literal, ...]
    has_credentials: bool
    credentials: tuple[CredentialView, ...]
    groups: tuple[SenderView, ...]
    urls: tuple[UrlView, ...]


def emit(received: SpelledContract, spelled: SpelledContract) -> PageSet:
    """Return the page that sends what *received* serves: the webhooks and callbacks of *spelled*."""
    return PageSet((Page("client/sender.py.jinja", _view(received, spelled), received.folder / "sender.py"),))


def _view(received: SpelledContract, spelled: SpelledContract) -> SenderPageView:
    urls = tuple(_urls(received, spelled))
    credentials = tuple(credential_views(received.schemes))
    classes = [_SENDER, asynchronous(_SENDER), *(("Credentials",) if credentials else ())]
    classes += ["StandardWebhooks"] if is_signed_by_standard(received) else []
    exported = sorted([*classes, *_EXPORTED, *exported_files(received), *(str(url.name) for url in urls)])
    return SenderPageView(
        header=docs.header(spelled),
        package=DottedName(received.package),
        title=DocText(docs.one_line(spelled.contract.title), 0),
        exported=tuple(map(Literal, exported)),
        has_credentials=bool(credentials),
        credentials=credentials,
        groups=tuple(_sender(received, is_async=is_async) for is_async in (False, True)),
        urls=urls,
    )


def _sender(received: SpelledContract, *, is_async: bool) -> SenderView:
    chosen = class_names(received)
    methods = (_method(operation, chosen, is_async=is_async) for operation in received.operations)
    return SenderView(
        name=Identifier(asynchronous(_SENDER) if is_async else _SENDER),
        doc=DocText(
            f"Sends the webhooks and callbacks of {docs.one_line(received.contract.title)} to one address.\n\n"
            "It is made quickly: each subscriber, and each callback, gets one of its own. What the contract refuses is "
            "not sent."
        ),
        is_async=is_async,
        caller=Identifier("AsyncSender" if is_async else "Sender"),
        transport=DottedName("httpx2.AsyncClient" if is_async else "httpx2.Client"),
        methods=tuple(methods),
    )


def _method(operation: SpelledOperation, chosen: ClassNames, *, is_async: bool) -> MethodView:
    method = method_view(operation, chosen, is_async=is_async)
    signatures = {
        parameter.argument
        for parameter in operation.parameters
        if parameter.parameter.location is ParameterLocation.HEADER and is_left_to_sign(parameter.parameter.name)
    }
    arguments = (_optional(one) if str(one.name) in signatures else one for one in method.arguments)
    doc = docs.operation_doc(operation, also_raised=_ALSO_RAISED)
    return replace(method, arguments=tuple(arguments), doc=DocText(doc, 8))


def _optional(argument: ArgumentView) -> ArgumentView:
    """Return *argument* as one that `sign` may give instead."""
    annotation = str(argument.annotation)
    optional = annotation if annotation.endswith("None") or annotation == "Any" else f"{annotation} | None"
    return replace(argument, is_required=False, annotation=Expression(optional))


def _urls(received: SpelledContract, spelled: SpelledContract) -> Iterator[UrlView]:
    """Yield a function for each callback whose address can be told from the request that announced it."""
    functions = {each.operation.id: each.function for each in received.operations}
    triggering = {each.operation.id: each for each in spelled.operations}
    wanted: dict[str, tuple[Outgoing, Trigger]] = {}
    for request in outgoing(spelled.contract):
        for trigger in request.triggers:
            is_own = request.operation.place.pointer.startswith(f"{trigger.operation.place.pointer}/")
            name = f"{functions[request.operation.id].rstrip('_')}_url"
            by = triggering.get(trigger.operation.id)
            if by is not None:
                wanted.setdefault(name if is_own else f"{name}_of_{by.function}", (request, trigger))
    for name, (request, trigger) in wanted.items():
        taken = _taken(trigger, triggering[trigger.operation.id])
        if taken is not None:
            yield _url(names.snake(name, "url"), functions[request.operation.id], trigger, taken)


def _url(name: str, function: str, trigger: Trigger, taken: tuple[TakenView, ...]) -> UrlView:
    whose = f"{trigger.operation.method} {trigger.operation.path}"
    return UrlView(
        name=Identifier(name),
        doc=DocText(
            f"Return where `{function}` goes that a request of {whose} announced.\n\n"
            "It is what the caller named, and may be a host of your own network.\n\n"
            "Raises:\n    ValueError: the request names no absolute URL of http or https."
        ),
        expression=Literal(trigger.callback.expression),
        body=tuple(one for one in taken if str(one.name) == "body"),
        arguments=tuple(one for one in taken if str(one.name) != "body"),
    )


def _taken(trigger: Trigger, by: SpelledOperation) -> tuple[TakenView, ...] | None:
    """Return what the address is made of; None where that is more than body and parameters, or nothing."""
    text = trigger.callback.expression
    found: dict[str, TakenView] = {}
    for each in [text] if text.startswith("$") else _EMBEDDED.findall(text):
        expression = parse_expression(each)
        view = None if expression is None else _one_taken(each, expression, by)
        if view is None:
            return None
        found[str(view.name)] = view
    return tuple(found.values()) or None


def _one_taken(text: str, expression: RuntimeExpression, by: SpelledOperation) -> TakenView | None:
    if expression.message is not Message.REQUEST:
        return None
    if expression.part is Part.BODY:
        if by.body is None:
            return None
        return TakenView(Literal("$request.body"), Identifier("body"), Expression(by.body.annotation))
    for parameter in by.parameters:
        declared = parameter.parameter
        name = declared.name.lower() if declared.location is ParameterLocation.HEADER else declared.name
        if expression.part is not None and declared.location.value == expression.part.value and name == expression.name:
            return TakenView(Literal(text), Identifier(parameter.argument), Expression(parameter.service_annotation))
    return None
