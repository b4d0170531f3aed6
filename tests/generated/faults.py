"""Stubs with one fault each: ASGI applications around an untouched stub, which the contract tests must tell apart."""

from __future__ import annotations

import importlib
import json
import os
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass(frozen=True)
class Call:
    """A request on its way in."""

    method: str
    path: str
    query: bytes
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON; None when it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    def with_json(self, value: Any) -> Call:
        """Return this request with the body *value*."""
        raw = json.dumps(value).encode()
        return replace(self, body=raw, headers={**self.headers, "content-length": str(len(raw))})


@dataclass(frozen=True)
class Answer:
    """An answer on its way out."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    def with_json(self, value: Any) -> Answer:
        """Return this answer with the body *value*."""
        raw = json.dumps(value).encode()
        return replace(self, body=raw, headers={**self.headers, "content-length": str(len(raw))})

    def without(self, header: str) -> Answer:
        """Return this answer without *header*."""
        return replace(self, headers={name: value for name, value in self.headers.items() if name != header})


PROBLEM = {"content-type": "application/problem+json"}


def problem(status: int) -> Answer:
    """Return a problem that every operation declares."""
    return Answer(status, PROBLEM).with_json({"title": "Planted", "status": status})


class Faithful:
    """No fault: the control."""

    package: ClassVar[str] = "pricing_api"

    def receive(self, call: Call) -> Call | Answer:
        """Return what the stub sees of *call*, or the answer that it never sees."""
        return call

    def send(self, _call: Call, answer: Answer) -> Answer:
        """Return what the caller sees of *answer*."""
        return answer

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Serve one request (ASGI 3.0)."""
        stub = importlib.import_module(f"{self.package}.sample").app
        if scope["type"] != "http":
            await stub(scope, receive, send)
            return
        call = self.receive(await _call(scope, receive))
        answer = call if isinstance(call, Answer) else self.send(call, await _answer(stub, scope, call))
        headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers.items()]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else answer.body})


async def _call(scope: MutableMapping[str, Any], receive: Receive) -> Call:
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    return Call(scope["method"], scope["path"], scope["query_string"], headers, body)


async def _answer(stub: Any, scope: MutableMapping[str, Any], call: Call) -> Answer:
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in call.headers.items()]
    changed = {**scope, "method": call.method, "query_string": call.query, "headers": headers}
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": call.body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await stub(changed, receive, send)
    start = sent[0]
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return Answer(start["status"], {name.decode(): value.decode("latin-1") for name, value in start["headers"]}, body)


# ------------------------------------------------------------------------------------------------ answers


def spoils(change: Callable[[Answer], Answer], *, method: str = "GET", path: str = "", status: int = 200) -> Any:
    """Return an application that applies *change* to the answers of *status* to *method* on paths with *path*."""

    class Spoiled(Faithful):
        """Changes some answers."""

        def send(self, call: Call, answer: Answer) -> Answer:
            return change(answer) if (call.method, answer.status) == (method, status) and path in call.path else answer

    return Spoiled()


def _with_first_offer(answer: Answer, **changes: Any) -> Answer:
    quote = answer.json
    return answer.with_json({**quote, "offers": [{**quote["offers"][0], **changes}]})


def _without_property(answer: Answer, name: str) -> Answer:
    return answer.with_json({key: value for key, value in answer.json.items() if key != name})


wrong_status = spoils(lambda answer: replace(answer, status=200), method="POST", path="/quotes", status=201)
undeclared_status = spoils(lambda answer: replace(answer, status=207), path="/quotes/")
missing_property = spoils(lambda answer: _without_property(answer, "expiresAt"), path="/quotes/")
wrong_type = spoils(lambda answer: answer.with_json({**answer.json, "distance": "far"}), path="/quotes/")
wrong_enum = spoils(lambda answer: _with_first_offer(answer, rideType="bicycle"), path="/quotes/")
undeclared_property = spoils(lambda answer: answer.with_json({**answer.json, "planted": 1}), path="/zones/berlin-mitte")
wrong_media_type = spoils(
    lambda answer: replace(answer, headers={**answer.headers, "content-type": "text/plain"}), path="/quotes/"
)
missing_header = spoils(lambda answer: answer.without("location"), method="POST", path="/quotes", status=201)
wrong_header = spoils(
    lambda answer: replace(answer, headers={**answer.headers, "x-request-id": "7"}),
    method="POST",
    path="/quotes",
    status=201,
)
no_json = spoils(lambda answer: replace(answer.without("content-length"), body=b"{"), path="/quotes/")
no_allow = spoils(lambda answer: answer.without("allow"), method="PUT", path="/quotes", status=405)
undeclared_error = spoils(
    lambda _: Answer(422, {"content-type": "application/json"}).with_json({"detail": "planted"}),
    method="POST",
    path="/quotes",
    status=422,
)


# ------------------------------------------------------------------------------------------------ requests


QUOTE = {
    "passengerId": "6f2d0a52-5c1e-4a0b-9a5c-0f0f5a6b7c01",
    "pickup": {"point": {"lat": 52.5, "lon": 13.4}},
    "dropoff": {"point": {"lat": 52.4, "lon": 13.5}},
}


class AcceptsAnyBody(Faithful):
    """A body that breaks its schema is taken for a good one."""

    def receive(self, call: Call) -> Call | Answer:
        """Replace the body of a new quote."""
        return call.with_json(QUOTE) if isinstance(call.json, dict) and call.method == "POST" else call


class AcceptsNumbersAsText(Faithful):
    """The integer 2 may be written "2"."""

    def receive(self, call: Call) -> Call | Answer:
        """Read the number of seats leniently."""
        body = call.json
        if isinstance(body, dict) and isinstance(body.get("seats"), str):
            return call.with_json({**body, "seats": 2})
        return call


class AcceptsAnyQuery(Faithful):
    """A query parameter that breaks its schema is overlooked."""

    def receive(self, call: Call) -> Call | Answer:
        """Forget the query of the list of zones."""
        return replace(call, query=b"") if call.path == "/zones" else call


class RefusesFullCars(Faithful):
    """The largest number of seats is refused."""

    def receive(self, call: Call) -> Call | Answer:
        """Refuse eight seats."""
        body = call.json
        return problem(422) if isinstance(body, dict) and body.get("seats") == 8 and call.headers else call


class FailsOnBoundary(Faithful):
    """The deepest tree of zones is too much."""

    def receive(self, call: Call) -> Call | Answer:
        """Break down at the depth of five."""
        return problem(500) if call.path == "/zones" and call.query == b"depth=5" else call


class AsksForNoKey(Faithful):
    """Everybody is let in."""

    def receive(self, call: Call) -> Call | Answer:
        """Bring a good key."""
        return replace(call, headers={**call.headers, "x-api-key": "sample-token"})


class BelievesEverySession(Faithful):
    """Of two ways to log in, one is not checked."""

    package = "passengers_api"

    def receive(self, call: Call) -> Call | Answer:
        """Take any cookie for a good one."""
        if "cookie" not in call.headers:
            return call
        return replace(call, headers={**call.headers, "authorization": "Bearer sample-token"})


class AcceptsAnyMediaType(Faithful):
    """Whatever comes is read as JSON."""

    def receive(self, call: Call) -> Call | Answer:
        """Call every body JSON."""
        return replace(call, headers={**call.headers, "content-type": "application/json"}) if call.body else call


class AcceptsReadOnly(Faithful):
    """The caller may choose what only the service may."""

    package = "passengers_api"

    def receive(self, call: Call) -> Call | Answer:
        """Overlook the id of a new passenger."""
        body = call.json
        if isinstance(body, dict) and "id" in body and call.method == "POST":
            return call.with_json({key: value for key, value in body.items() if key != "id"})
        return call


class KnowsEveryPath(Faithful):
    """What is not there is answered, too."""

    def send(self, _call: Call, answer: Answer) -> Answer:
        """Turn a missing path into nothing at all."""
        return Answer(204) if answer.status == 404 else answer


class AllowsEveryMethod(Faithful):
    """A method that is not declared does something."""

    def send(self, _call: Call, answer: Answer) -> Answer:
        """Answer instead of refusing."""
        return Answer(204) if answer.status == 405 else answer


class DeletesNothing(Faithful):
    """What was deleted is still there."""

    def receive(self, call: Call) -> Call | Answer:
        """Claim success."""
        is_good = call.headers.get("x-api-key") == "sample-token" and call.path == "/zones/berlin-mitte"
        return Answer(204) if call.method == "DELETE" and is_good else call


class ForgetsWhatItCreates(Faithful):
    """What was created can't be read, though the contract links to it."""

    def send(self, call: Call, answer: Answer) -> Answer:
        """Know no quote."""
        return problem(404) if call.method == "GET" and "/quotes/" in call.path and answer.status == 200 else answer


class Recorder(Faithful):
    """Writes down what it is asked."""

    def receive(self, call: Call) -> Call | Answer:
        """Append *call* to the file that the environment names."""
        with Path(os.environ["RECORD"]).open("a", encoding="utf-8") as record:
            record.write(f"{call.method} {call.path} {call.query!r} {call.body!r}\n")
        return call


faithful = Faithful()
recorder = Recorder()
accepts_any_body = AcceptsAnyBody()
accepts_numbers_as_text = AcceptsNumbersAsText()
accepts_any_query = AcceptsAnyQuery()
refuses_full_cars = RefusesFullCars()
fails_on_boundary = FailsOnBoundary()
asks_for_no_key = AsksForNoKey()
believes_every_session = BelievesEverySession()
accepts_any_media_type = AcceptsAnyMediaType()
accepts_read_only = AcceptsReadOnly()
knows_every_path = KnowsEveryPath()
allows_every_method = AllowsEveryMethod()
deletes_nothing = DeletesNothing()
forgets_what_it_creates = ForgetsWhatItCreates()
