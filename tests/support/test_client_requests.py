"""What a client sends: URL, headers, body, and what the transport of the caller adds."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import unquote

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apictl.support.async_calls import AsyncCaller
from apictl.support.binary import Binary
from apictl.support.calls import Caller
from apictl.support.credentials import Wallet
from apictl.support.declarations import Answer, Body, Content, Kind, Operation, Parameter
from apictl.support.judge import Judge
from apictl.support.matching import PathPattern
from apictl.support.parameters import decode_parameters
from apictl.support.requests import Requests, Sent, accept_header
from apictl.support.sources import RawRequest

NOTHING = Sent(None, None, None)
EMPTY = Wallet((), {})
JSON = Content("application/json", Kind.JSON, dict[str, Any])
QUOTE_ID = Parameter("quoteId", "quote_id", "path", "text", str, style="simple", explode=False, is_required=True)
TAGS = Parameter("tags", "tags", "query", "texts", list[str])
LIMIT = Parameter("limit", "limit", "query", "number", int)
TRACE = Parameter("X-Trace", "trace", "header", "text", str, style="simple", explode=False)
SESSION = Parameter("session", "session", "cookie", "text", str)


def _operation(method: str = "GET", path: str = "/quotes", **declared: Any) -> Operation[Any]:
    return Operation("op", method, path, "op", (Answer("200", (JSON,)),), **declared)


def _requests(**settings: Any) -> Requests:
    return Requests(httpx2.Client(**({"base_url": "https://api.example.com/v1"} | settings)), JUDGE, EMPTY)


@pytest.mark.parametrize("base_url", ["https://api.example.com/v1", "https://api.example.com/v1/"])
def test_path_is_appended_to_the_prefix_of_the_base_url(base_url: str) -> None:
    request = _requests(base_url=base_url).build(_operation(), {}, NOTHING)

    assert str(request.url) == "https://api.example.com/v1/quotes"
    assert request.headers["host"] == "api.example.com"


def test_encoded_path_is_not_encoded_again() -> None:
    operation = _operation(path="/quotes/{quoteId}", parameters=(QUOTE_ID,))

    request = _requests().build(operation, {"quote_id": "a/b %2F?#ü"}, NOTHING)

    assert request.url.raw_path == b"/v1/quotes/a%2Fb%20%252F%3F%23%C3%BC"


def test_two_calls_of_different_values_go_to_different_urls() -> None:
    requests = _requests()
    operation = _operation(path="/quotes/{quoteId}", parameters=(QUOTE_ID,))

    paths = [requests.build(operation, {"quote_id": value}, NOTHING).url.raw_path for value in ("1", "2", "2", "1")]

    assert paths == [b"/v1/quotes/1", b"/v1/quotes/2", b"/v1/quotes/2", b"/v1/quotes/1"]


@pytest.mark.parametrize("value", [".", ".."])
def test_path_value_that_steps_to_another_resource_is_refused(value: str) -> None:
    operation = _operation(path="/quotes/{quoteId}/price", parameters=(QUOTE_ID,))

    with pytest.raises(ValueError, match="leads elsewhere"):
        _requests().build(operation, {"quote_id": value}, NOTHING)


def test_host_cannot_be_replaced_by_a_value() -> None:
    operation = _operation(path="/{quoteId}", parameters=(QUOTE_ID,))

    request = _requests(base_url="https://api.example.com").build(operation, {"quote_id": "/evil.example"}, NOTHING)

    assert request.url.host == "api.example.com"


def test_required_argument_that_is_missing_is_told_each_time() -> None:
    requests = _requests()
    operation = _operation(path="/quotes/{quoteId}", parameters=(QUOTE_ID,))

    for _ in range(2):
        with pytest.raises(ValueError, match="'quoteId' is required"):
            requests.build(operation, {"quote_id": None}, NOTHING)


def test_literal_path_is_encoded_with_and_without_arguments() -> None:
    requests = _requests()
    operation = _operation(path="/a b#c", parameters=(LIMIT,))

    bare, given_one = (requests.build(operation, {"limit": limit}, NOTHING) for limit in (None, 1))

    assert bare.url.raw_path == b"/v1/a%20b%23c"
    assert given_one.url.raw_path == b"/v1/a%20b%23c?limit=1"


@pytest.mark.parametrize(
    "path, limit, target",
    [
        ("/quotes?beta=true", None, b"/v1/quotes?beta=true"),
        ("/quotes?beta=true", 3, b"/v1/quotes?beta=true&limit=3"),
        ("/quotes?q=a b&\N{LATIN SMALL LETTER E WITH ACUTE}=%26", 3, b"/v1/quotes?q=a%20b&%C3%A9=%26&limit=3"),
        ("/quotes?acl", 3, b"/v1/quotes?acl&limit=3"),
        ("/quotes?next=/../", None, b"/v1/quotes?next=/../"),
        ("/quotes?", None, b"/v1/quotes"),
        ("/quotes?", 3, b"/v1/quotes?limit=3"),
    ],
)
def test_fixed_query_of_a_path_is_sent_before_the_parameters(path: str, limit: int | None, target: bytes) -> None:
    request = _requests().build(_operation(path=path, parameters=(LIMIT,)), {"limit": limit}, NOTHING)

    assert request.url.raw_path == target


def test_fixed_pair_that_a_parameter_repeats_is_sent_once() -> None:
    beta = Parameter("beta", "beta", "query", "text", str)
    operation = _operation(path="/quotes?b%65ta=a+b&v=2", parameters=(beta,))

    sent = [_requests().build(operation, {"beta": value}, NOTHING).url.query for value in ("a b", "c", None)]

    assert sent == [b"v=2&beta=a%20b", b"b%65ta=a+b&v=2&beta=c", b"b%65ta=a+b&v=2"]


def test_path_value_is_no_query() -> None:
    operation = _operation(path="/quotes/{quoteId}?beta=true", parameters=(QUOTE_ID, LIMIT))

    request = _requests().build(operation, {"quote_id": "a?b=c", "limit": 1}, NOTHING)

    assert request.url.raw_path == b"/v1/quotes/a%3Fb%3Dc?beta=true&limit=1"


def test_both_callers_send_the_fixed_query_with_the_parameters() -> None:
    seen: list[bytes] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request.url.raw_path)
        return httpx2.Response(200, json={})

    settings: dict[str, Any] = {"base_url": "https://x.example", "transport": httpx2.MockTransport(answer)}
    operation = _operation(path="/quotes?beta=true", parameters=(LIMIT,))

    Caller(httpx2.Client(**settings), JUDGE, EMPTY).call(operation, arguments={"limit": 3})
    asyncio.run(AsyncCaller(httpx2.AsyncClient(**settings), JUDGE, EMPTY).call(operation, arguments={"limit": 3}))

    assert seen == [b"/quotes?beta=true&limit=3"] * 2


def test_missing_base_url_is_told() -> None:
    with pytest.raises(ValueError, match="no base URL"):
        _requests(base_url="").build(_operation(), {}, NOTHING)


def test_base_url_may_change_between_calls() -> None:
    http = httpx2.Client(base_url="https://one.example")
    requests = Requests(http, JUDGE, EMPTY)
    requests.build(_operation(), {}, NOTHING)

    http.base_url = httpx2.URL("https://two.example/v2")

    request = requests.build(_operation(), {}, NOTHING)
    assert str(request.url) == "https://two.example/v2/quotes"
    assert request.headers["host"] == "two.example"


def test_parameters_of_the_transport_stand_beside_those_of_the_call() -> None:
    operation = _operation(parameters=(TAGS,))

    request = _requests(params={"key": "k&1"}).build(operation, {"tags": ["a,b", "c"]}, NOTHING)

    assert request.url.query == b"tags=a%2Cb&tags=c&key=k%261"


def test_headers_of_the_transport_are_sent_unless_the_call_has_its_own() -> None:
    http = {"headers": {"X-Trace": "transport", "X-Tenant": "t1", "User-Agent": "mine"}}
    operation = _operation(parameters=(TRACE,))

    request = _requests(**http).build(operation, {"trace": "call"}, NOTHING)

    assert request.headers.get_list("x-trace") == ["call"]
    assert (request.headers["x-tenant"], request.headers["user-agent"]) == ("t1", "mine")


def test_cookies_of_the_transport_and_of_the_call_share_one_header() -> None:
    operation = _operation(parameters=(SESSION,))

    request = _requests(cookies={"jar": "j"}).build(operation, {"session": "s"}, NOTHING)

    assert request.headers.get_list("cookie") == ["jar=j; session=s"]


@pytest.mark.parametrize("method", ["GET", "DELETE", "POST"])
def test_headers_are_those_that_the_transport_itself_would_build(method: str) -> None:
    http = httpx2.Client(base_url="https://api.example.com/v1", headers={"X-Tenant": "t1"}, cookies={"jar": "j"})

    ours = Requests(http, JUDGE, EMPTY).build(_operation(method), {}, NOTHING)

    theirs = http.build_request(method, "/quotes", headers={"Accept": "application/json"})
    assert dict(ours.headers) == dict(theirs.headers)
    assert (ours.url, ours.method, ours.content) == (theirs.url, theirs.method, theirs.content)


def test_timeout_of_the_call_replaces_that_of_the_transport() -> None:
    seen: list[Any] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request.extensions["timeout"])
        return httpx2.Response(200)

    http = httpx2.Client(base_url="https://x.example", timeout=7, transport=httpx2.MockTransport(answer))
    requests = Requests(http, JUDGE, EMPTY)

    http.send(requests.build(_operation(), {}, Sent(None, None, 0.5)))
    http.send(requests.build(_operation(), {}, NOTHING))

    assert seen == [httpx2.Timeout(0.5).as_dict(), httpx2.Timeout(7).as_dict()]


def test_request_can_be_sent_asynchronously_and_hooks_see_its_content() -> None:
    seen: list[bytes] = []

    async def hook(request: httpx2.Request) -> None:
        seen.append(request.content)

    async def run() -> int:
        transport = httpx2.MockTransport(lambda request: httpx2.Response(len(request.content) + 200))
        hooks: dict[str, Any] = {"request": [hook]}
        http = httpx2.AsyncClient(base_url="https://x.example", transport=transport, event_hooks=hooks)
        operation = _operation("POST", body=Body((JSON,)))
        response = await http.send(Requests(http, JUDGE, EMPTY).build(operation, {}, Sent({"a": 1}, None, None)))
        return response.status_code

    assert asyncio.run(run()) == 207
    assert seen == [b'{"a":1}']


def test_line_break_in_a_header_does_not_end_it() -> None:
    header = Parameter("X-Raw", "raw", "header", "text", str, style="simple", media_type="text/plain")

    request = _requests().build(_operation(parameters=(header,)), {"raw": "a\r\nX-Evil: b"}, NOTHING)

    assert "x-evil" not in request.headers
    assert not any(b"\n" in value or b"\r" in value for _, value in request.headers.raw)


def test_media_type_that_would_end_its_header_is_refused() -> None:
    evil = Binary(b"", "image/png\r\nX-Evil: 1")

    with pytest.raises(ValueError, match="'content-type' holds a line break"):
        _requests().build(_operation("POST", body=Body((IMAGE,))), {}, Sent(evil, None, None))


# ---------------------------------------------------------------------------------------------------------- bodies

TEXT = Content("text/plain", Kind.TEXT, str)
IMAGE = Content("image/*", Kind.BINARY, Binary)
SEVERAL = _operation("PUT", body=Body((JSON, TEXT, IMAGE)))


@pytest.mark.parametrize(
    "body,content_type,sent",
    [
        ({"a": 1}, "application/json", b'{"a":1}'),
        ("é", "text/plain; charset=utf-8", "é".encode()),
        (Binary(b"\x89", "image/png"), "image/png", b"\x89"),
    ],
)
def test_body_is_written_as_the_first_content_that_can_hold_it(body: Any, content_type: str, sent: bytes) -> None:
    request = _requests().build(SEVERAL, {}, Sent(body, None, None))

    assert (request.headers["content-type"], request.content) == (content_type, sent)
    assert request.headers["content-length"] == str(len(sent))


def test_content_type_that_is_asked_for_is_taken() -> None:
    operation = _operation("PUT", body=Body((JSON, Content("application/vnd.x+json", Kind.JSON, dict[str, Any]))))

    request = _requests().build(operation, {}, Sent({}, "application/vnd.x+json", None))

    assert request.headers["content-type"] == "application/vnd.x+json"


def test_undeclared_content_type_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'text/csv' is not declared .* application/json, text/plain, image/\*"):
        _requests().build(SEVERAL, {}, Sent("a", "text/csv", None))


def test_optional_body_that_is_none_is_not_sent_but_a_required_one_is_null() -> None:
    nullable = Content("application/json", Kind.JSON, dict[str, Any] | None)

    absent = _requests().build(_operation("POST", body=Body((nullable,))), {}, NOTHING)
    null = _requests().build(_operation("POST", body=Body((nullable,), is_required=True)), {}, NOTHING)

    assert (absent.content, absent.headers.get("content-type"), absent.headers["content-length"]) == (b"", None, "0")
    assert (null.content, null.headers["content-type"]) == (b"null", "application/json")


def test_accept_names_successes_first_and_json_before_others() -> None:
    answers = (
        Answer("404", (Content("application/problem+json", Kind.JSON, dict[str, Any]),), error=Exception),
        Answer("200", (Content("text/csv", Kind.TEXT, str), JSON)),
    )

    accept = accept_header(Operation("op", "GET", "/", "op", answers))

    assert accept == "application/json, application/problem+json;q=0.9, text/csv;q=0.8"


def test_accept_holds_no_media_type_that_would_end_the_header() -> None:
    answers = (Answer("200", (Content("a/b\r\nX-Evil: 1", Kind.BINARY, bytes),)),)

    assert accept_header(Operation("op", "GET", "/", "op", answers)) == "*/*"


# ------------------------------------------------------------------------------------------------------- round trip

JUDGE = Judge.of(
    {
        "text": {"type": "string"},
        "texts": {"type": "array", "items": {"type": "string"}, "minItems": 1},
        "number": {"type": "integer"},
    }
)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
PATTERN = PathPattern("/v1/quotes/{quoteId}")


@given(
    quote_id=WORDS.filter(lambda text: text not in {".", ".."}),
    tags=st.lists(WORDS, min_size=1, max_size=3) | st.none(),
    limit=st.integers(-(2**53), 2**53) | st.none(),
    trace=WORDS.map(str.strip).filter(bool) | st.none(),
    session=WORDS | st.none(),
)
def test_server_reads_the_arguments_that_the_client_sends(**arguments: Any) -> None:
    operation = _operation(path="/quotes/{quoteId}", parameters=(QUOTE_ID, TAGS, LIMIT, TRACE, SESSION))

    request = _requests().build(operation, arguments, NOTHING)

    path, _, query = request.url.raw_path.decode().partition("?")
    values = PATTERN.match(path)
    assert values is not None, unquote(path)
    headers = [(name.decode().lower(), value.decode("latin-1")) for name, value in request.headers.raw]
    decoded = decode_parameters(operation, RawRequest(values, query, headers), JUDGE)
    assert decoded.refusals == ()
    assert decoded.values == arguments
