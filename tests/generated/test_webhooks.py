"""Webhooks and callbacks of the example's Payments, as who publishes and who receives them writes it."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import importlib.resources
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import httpx2
import pytest
from fastapi import FastAPI
from payments_api import models
from payments_api._support.judge import Refused
from payments_api.webhooks import errors, receiver, sample, sender

Value = TypeVar("Value")

SECRET = b"whsec"
URL = "https://subscriber.example/hooks"
ONE_PATH: receiver.Paths = {"on_charge_changed": "/hooks", "on_refund_paid": "/hooks", "on_charge_ended": "/hooks"}


class Ledger:
    """Handles by keeping."""

    def __init__(self) -> None:
        """Begin empty."""
        self.heard: list[object] = []

    async def on_charge_changed(self, body: models.ChargeChanged, *, x_signature: str) -> None:
        """Keep the charge."""
        del x_signature
        self.heard.append(body)

    async def on_refund_paid(self, body: models.RefundPaid, *, x_signature: str) -> None:
        """Keep the refund."""
        del x_signature
        self.heard.append(body)

    async def on_charge_ended(self, body: models.Charge) -> None:
        """Keep the charge, unless nobody waits for it."""
        if body.status is models.ChargeStatus.DECLINED:
            raise errors.OnChargeEndedGone
        self.heard.append(body)


def signature(body: bytes) -> str:
    return hmac.new(SECRET, body, hashlib.sha256).hexdigest()


def sign(delivery: sender.Delivery) -> Mapping[str, str]:
    return {"X-Signature": signature(delivery.body)}


def verify(delivery: receiver.Delivery) -> bool:
    return hmac.compare_digest(delivery.headers.get("x-signature", ""), signature(delivery.body))


def example(name: str) -> Any:
    source = importlib.resources.files("payments_api").joinpath("webhooks", "openapi.json").read_bytes()
    return json.loads(source)["components"]["examples"][name]["value"]


def changed() -> models.ChargeChanged:
    return models.ChargeChanged.model_validate(example("ChargeChanged"))


def over(app: Any, use: Callable[[httpx2.AsyncClient], Any]) -> Any:
    async def used() -> Any:
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app)) as http:
            return await use(http)

    return asyncio.run(used())


def sending(seen: list[httpx2.Request], answer: int = 204) -> httpx2.Client:
    def respond(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(answer)

    return httpx2.Client(transport=httpx2.MockTransport(respond), base_url="https://api.example/v1")


def test_what_is_sent_arrives_as_the_same_value() -> None:
    ledger = Ledger()
    app = receiver.app(ledger, verify=verify)

    url = "https://subscriber.example/onChargeChanged"
    over(app, lambda http: sender.AsyncWebhookSender(http, url, sign=sign).on_charge_changed(changed()))

    assert ledger.heard == [changed()]


def test_delivery_that_is_not_verified_is_refused_as_the_contract_declares() -> None:
    ledger = Ledger()
    app = receiver.app(ledger, verify=verify, paths=ONE_PATH)
    forged = {"X-Signature": "0" * 64}

    with pytest.raises(errors.OnChargeChangedUnauthorized) as refused:
        over(app, lambda http: sender.AsyncWebhookSender(http, URL, sign=lambda _: forged).on_charge_changed(changed()))

    assert refused.value.body.status == 401
    assert ledger.heard == []


def test_verification_may_be_asynchronous_and_comes_before_anything_is_judged() -> None:
    async def never(delivery: receiver.Delivery) -> bool:
        await asyncio.sleep(0)
        return delivery.body == b"believed"

    app = receiver.app(Ledger(), verify=never)

    answer = over(app, lambda http: http.post("https://x.example/onChargeChanged", content=b"no JSON"))

    assert answer.status_code == 401


def test_verification_that_fails_is_the_receivers_failure_and_told_to_nobody() -> None:
    def broken(delivery: receiver.Delivery) -> bool:
        raise KeyError(delivery.headers["x-secret"])

    app = receiver.app(Ledger(), verify=broken)

    answer = over(app, lambda http: http.post("https://x.example/onChargeChanged", headers={"X-Secret": "s3cret"}))

    assert answer.status_code == 500
    assert "s3cret" not in answer.text


@pytest.mark.parametrize("door", ["app", "router"])
def test_several_at_one_path_are_told_apart_by_the_contract(door: str) -> None:
    ledger = Ledger()
    if door == "app":
        app: Any = receiver.app(ledger, paths=ONE_PATH)
    else:
        app = FastAPI()
        app.include_router(receiver.router(ledger, paths=ONE_PATH))
    charge = changed().charge

    async def all_of_them(http: httpx2.AsyncClient) -> None:
        sends = sender.AsyncWebhookSender(http, URL, sign=sign)
        await sends.on_charge_ended(charge)
        await sends.on_charge_changed(changed())

    over(app, all_of_them)

    assert ledger.heard == [charge, changed()]


def test_delivery_that_is_none_of_those_at_its_path_is_refused() -> None:
    app = receiver.app(Ledger(), paths=ONE_PATH)

    answer = over(app, lambda http: http.post(URL, json={"type": "charge.lost"}, headers={"X-Signature": "0" * 64}))

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_choose_has_the_last_word_on_whom_a_delivery_is_for() -> None:
    app = receiver.app(Ledger(), paths=ONE_PATH, choose=lambda delivery: delivery.headers["x-event"])
    body = example("ChargeChanged")

    async def post(http: httpx2.AsyncClient) -> tuple[int, int, int]:
        headers = {"X-Signature": "0" * 64}
        names = ("on_charge_changed", "on_refund_paid", "on_nothing")
        answers = [await http.post(URL, json=body, headers={**headers, "X-Event": name}) for name in names]
        return tuple(answer.status_code for answer in answers)  # type: ignore[return-value]

    assert over(app, post) == (204, 422, 422)


def test_error_that_the_handler_raises_is_caught_by_the_sender() -> None:
    charge = changed().charge.model_copy(update={"status": models.ChargeStatus.DECLINED})
    url = "https://subscriber.example/onChargeEnded"

    with pytest.raises(errors.OnChargeEndedGone):
        over(receiver.app(Ledger()), lambda http: sender.AsyncWebhookSender(http, url).on_charge_ended(charge))


def test_path_that_is_none_and_path_of_nothing_are_refused_at_the_start() -> None:
    with pytest.raises(ValueError, match="no path"):
        receiver.app(Ledger(), paths={"on_charge_ended": "hooks"})
    with pytest.raises(ValueError, match="on_nothing"):
        receiver.app(Ledger(), paths={"on_nothing": "/hooks"})  # type: ignore[arg-type]  # which forbids it, too


def test_address_is_the_subscribers_whatever_the_transport_has_as_base() -> None:
    seen: list[httpx2.Request] = []

    sender.WebhookSender(sending(seen), f"{URL}?tenant=7#top", sign=sign).on_charge_changed(changed())

    assert str(seen[0].url) == f"{URL}?tenant=7"
    assert seen[0].headers["host"] == "subscriber.example"
    assert seen[0].headers["x-signature"] == signature(seen[0].content)


@pytest.mark.parametrize("url", ["", "/hooks", "file:///etc/passwd", "ftp://x.example/", "https://", "http://[::1"])
def test_address_that_nothing_can_be_sent_to_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="URL"):
        sender.WebhookSender(sending([]), url)


def test_each_attempt_is_signed_anew() -> None:
    seen: list[httpx2.Request] = []
    stamps = iter(["a" * 64, "b" * 64, "c" * 64])
    retries = sender.Retries(attempts=2, first_pause_seconds=0)

    def stamped(_: sender.Delivery) -> Mapping[str, str]:
        return {"X-Signature": next(stamps), "Idempotency-Key": "1"}

    with pytest.raises(sender.UnexpectedResponse):
        sender.WebhookSender(sending(seen, 503), URL, sign=stamped, retries=retries).on_charge_changed(changed())

    assert [request.headers["x-signature"][0] for request in seen] == ["a", "b"]


def test_required_signature_that_nobody_gives_is_missed_before_anything_is_sent() -> None:
    seen: list[httpx2.Request] = []

    with pytest.raises(ValueError, match="X-Signature"):
        sender.WebhookSender(sending(seen), URL).on_charge_changed(changed())

    assert seen == []


def test_signature_that_would_add_a_header_is_not_sent() -> None:
    seen: list[httpx2.Request] = []

    with pytest.raises(ValueError, match="line break"):
        sender.WebhookSender(sending(seen), URL, sign=lambda _: {"X-A": "1\r\nX-B: 2"}).on_charge_changed(changed())

    assert seen == []


def test_body_that_breaks_the_contract_does_not_leave() -> None:
    seen: list[httpx2.Request] = []
    broken = changed().model_copy(update={"type": "charge.lost"})

    with pytest.raises(Refused):
        sender.WebhookSender(sending(seen), URL, sign=sign).on_charge_changed(broken)

    assert seen == []


def test_callback_goes_where_the_request_said() -> None:
    body = models.NewCharge.model_construct(callback_url="https://trips.example/ended?charge=1")
    nowhere = models.NewCharge.model_construct(callback_url="javascript:alert(1)")
    silent = models.NewCharge.model_construct()

    assert sender.on_charge_ended_url(body) == "https://trips.example/ended?charge=1"
    for refused in (nowhere, silent):
        with pytest.raises(ValueError, match=r"URL|says nothing"):
            sender.on_charge_ended_url(refused)


def test_receiver_serves_the_contract_of_what_it_receives() -> None:
    answer = over(sample.app, lambda http: http.get("https://x.example/openapi.json"))

    assert sorted(answer.json()["paths"]) == ["/onChargeChanged", "/onChargeEnded", "/onRefundPaid"]


def test_sender_imports_no_framework_of_servers() -> None:
    code = "import sys, payments_api.webhooks.sender; sys.exit('starlette' in sys.modules or 'fastapi' in sys.modules)"
    paths = os.pathsep.join(path for path in sys.path if path)

    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": paths}, check=False)

    assert done.returncode == 0
