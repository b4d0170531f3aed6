"""Webhooks and callbacks to `webhooks/receiver.py` and its stub: whoever uses the contract receives them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from apictl.emitters.server.emit import Samples, offered, server_view
from apictl.emitters.server.views import GroupView, ServerView
from apictl.pages.data import json_bytes
from apictl.pages.nodes import DocText, Expression, Identifier, Literal
from apictl.pages.page import GeneratedFile, Page, PageSet
from apictl.pages.python.signing import is_signed_by_standard
from apictl.pages.python.spelling import SpelledContract

_HANDLER: Final = "WebhookHandler"
_OFFERED: Final = ("Choose", "Delivery", "Paths", "Receiver", "Verify", "receiver", _HANDLER)
_NOT_OFFERED: Final = frozenset({"Service", "service"})


def emit(received: SpelledContract, samples: Samples) -> PageSet:
    """Return the pages that serve *received*, the webhooks and callbacks of a contract."""
    folder = received.folder
    view = _view(received)
    return PageSet(
        (
            Page("server/webhooks.py.jinja", view, folder / "__init__.py"),
            Page("server/receiver.py.jinja", view, folder / "receiver.py"),
            Page("server/sample_receiver.py.jinja", view, folder / "sample.py"),
        ),
        (GeneratedFile(folder / "samples.json", json_bytes(samples)),),
    )


def _view(received: SpelledContract) -> ServerView:
    view = server_view(received)
    standard = {"StandardWebhooks"} if is_signed_by_standard(received) else set()
    names = sorted((offered(received) - _NOT_OFFERED) | {*_OFFERED} | standard)
    return replace(view, groups=tuple(map(_group, view.groups)), exported=tuple(map(Literal, names)))


def _group(group: GroupView) -> GroupView:
    """Return *group*, the only one, as the handler of all that is received."""
    is_generic = str(group.protocol) != "Protocol"
    return replace(
        group,
        attribute=Identifier("handler"),
        service=Identifier(_HANDLER),
        annotation=Expression(f"{_HANDLER}[Principal]" if is_generic else _HANDLER),
        sample=Identifier("SampleHandler"),
        doc=DocText("Handles webhooks and callbacks, one method each."),
    )
