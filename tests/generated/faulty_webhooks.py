"""Receivers with one fault each: ASGI applications around a stub, which the contract tests must tell apart."""

from __future__ import annotations

from typing import Any

from payments_api.webhooks import sample

Application = Any


def answering(status: int, *, media_type: bytes = b"application/json", path: str = "") -> Application:
    """Return a receiver that answers *status* to what is sent to *path*, whatever it is, and is faithful elsewhere."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["path"].endswith(path) and scope["method"] == "POST":
            headers = [(b"content-type", media_type)]
            await send({"type": "http.response.start", "status": status, "headers": headers})
            await send({"type": "http.response.body", "body": b'{"title": "Planted"}'})
        else:
            await sample.app(scope, receive, send)

    return app


faithful = sample.app
accepts_everything = answering(204, path="/onRefundPaid")
answers_what_is_not_declared = answering(200, path="/onRefundPaid")
