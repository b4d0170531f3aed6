"""Signatures of Standard Webhooks, by the vector of the specification's own libraries."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from apictl.support.deliveries import Delivery
from apictl.support.standard_webhooks import StandardWebhooks

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
BODY = b'{"test": 2432232314}'
NOW = 1614265330.0
HEADERS = {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
}


def delivery(headers: Mapping[str, str] = HEADERS, body: bytes = BODY) -> Delivery:
    return Delivery("POST", "https://a.example/hooks", headers, body)


def test_known_delivery_is_signed_and_believed() -> None:
    signer = StandardWebhooks(SECRET, today=lambda: NOW + 0.9)

    signed = signer.sign(delivery({"webhook-id": HEADERS["webhook-id"]}))

    assert {"webhook-id": HEADERS["webhook-id"], **signed} == HEADERS
    assert signer.verify(delivery())


@pytest.mark.parametrize(
    "changed",
    [
        {"webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OF="},
        {"webhook-signature": "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="},
        {"webhook-signature": ""},
        {"webhook-signature": "ü"},
        {"webhook-timestamp": "1614265331"},
        {"webhook-timestamp": "1614265330.0"},
        {"webhook-timestamp": "9" * 5000},
        {"webhook-id": "msg_other"},
        {"webhook-id": ""},
    ],
)
def test_what_is_changed_on_the_way_is_not_believed(changed: dict[str, str]) -> None:
    assert not StandardWebhooks(SECRET, today=lambda: NOW).verify(delivery({**HEADERS, **changed}))
    assert not StandardWebhooks(SECRET, today=lambda: NOW).verify(delivery(body=BODY + b" "))


@pytest.mark.parametrize("seconds, is_believed", [(299, True), (301, False), (-299, True), (-301, False)])
def test_old_delivery_is_not_believed_nor_one_of_the_future(seconds: int, is_believed: bool) -> None:  # noqa: FBT001
    assert StandardWebhooks(SECRET, today=lambda: NOW + seconds).verify(delivery()) is is_believed


def test_secret_is_replaced_while_both_are_believed() -> None:
    old, new = StandardWebhooks(SECRET, today=lambda: NOW), StandardWebhooks(OTHER, SECRET, today=lambda: NOW)
    several = {**HEADERS, "webhook-signature": f"v1,AAAA {HEADERS['webhook-signature']}"}

    assert new.verify(delivery())
    assert old.verify(delivery(several))
    assert new.sign(delivery()) != old.sign(delivery())


def test_event_without_an_id_is_not_signed() -> None:
    with pytest.raises(ValueError, match="webhook-id"):
        StandardWebhooks(SECRET).sign(delivery({}))


@pytest.mark.parametrize("secrets", [(), ("",), ("whsec_",), ("whsec_not base64!",)])
def test_secret_that_is_none_is_refused(secrets: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="secret"):
        StandardWebhooks(*secrets)
