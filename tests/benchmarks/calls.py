"""What a call of a generated client costs, beside the same request made by hand with httpx2 and pydantic.

    python -m tests.benchmarks.calls [--seconds 1] [--trials 5]

One call: arguments are checked and written, the request is made and sent, the response is read into a model. The
transport answers at once and from memory, so that nothing else is measured. CPU time counts, and of the trials the best
one, as it was disturbed least; the contenders take turns. `plain` is what every call costs; `all on` has retries, hooks
and a deadline.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import importlib
import json
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, Final

import httpx2

ROOT: Final = Path(__file__).parents[2]
BASE: Final = "https://trips.example.test/v2"
MOST: Final = 0.75
"""The part of the cost by hand that a plain call may have."""
_SLICE: Final = 200

Call = Callable[[], object]


class Canned(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
    """A service that gives the same answer to everything."""

    def __init__(self, status: int, headers: Mapping[str, str], content: bytes) -> None:
        """Answer so."""
        self._answer = (status, dict(headers), content)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the answer to *request*."""
        status, headers, content = self._answer
        return httpx2.Response(status, headers=headers, content=content, request=request)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the answer to *request*."""
        return self.handle_request(request)


class Contest:
    """The contenders: each makes the same request and returns the same model."""

    def __init__(self) -> None:
        """Load the generated client of the example system."""
        sys.path.append(str(ROOT / "generated" / "trips" / "python"))
        self._client, self._models = (importlib.import_module(f"trips_api.{name}") for name in ("client", "models"))
        samples = json.loads((ROOT / "generated/trips/python/trips_api/samples.json").read_bytes())
        answer = samples["requestTrip"]["201"]
        headers = {"Content-Type": "application/json", **answer["headers"]}
        self.transport = Canned(201, headers, json.dumps(answer["body"]).encode())
        document = json.loads((ROOT / "generated/trips/python/trips_api/openapi.json").read_bytes())
        content = document["paths"]["/trips"]["post"]["requestBody"]["content"]["application/json"]
        (example,) = content["examples"].values()
        if "$ref" in example:
            example = document["components"]["examples"][example["$ref"].rpartition("/")[2]]
        self._body = self._models.TripRequest.model_validate(example["value"])
        self._token = self._client.Credentials(login="token")

    def _trips(self, **settings: Any) -> Any:
        http = httpx2.Client(base_url=BASE, transport=self.transport)
        return self._client.TripsClient(http, credentials=self._token, **settings).trips

    def plain(self) -> Call:
        """Return a call of the client as it is."""
        trips, body = self._trips(), self._body
        return lambda: trips.request_trip(body, idempotency_key="key-0123456789abcdef").body

    def all_on(self) -> Call:
        """Return a call of a client with everything switched on."""
        seen: list[object] = []
        hooks = self._client.Hooks(on_request=lambda _: seen.clear(), on_response=seen.append)
        trips, body = self._trips(retries=self._client.Retries(deadline_seconds=30), hooks=hooks), self._body
        return lambda: trips.request_trip(body, idempotency_key="key-0123456789abcdef").body

    def by_hand(self) -> Call:
        """Return what people write without a client."""
        http, body, trip = httpx2.Client(base_url=BASE, transport=self.transport), self._body, self._models.Trip
        headers = {
            "Authorization": "Bearer token",
            "Idempotency-Key": "key-0123456789abcdef",
            "Accept": "application/json",
        }

        def call() -> object:
            content = body.model_dump_json(by_alias=True, exclude_unset=True)
            sent = {**headers, "Content-Type": "application/json"}
            response = http.post("/trips", content=content, headers=sent)
            response.raise_for_status()
            return trip.model_validate_json(response.content)

        return call

    def asynchronous(self) -> Callable[[], Awaitable[object]]:
        """Return a call of the asynchronous client."""
        http = httpx2.AsyncClient(base_url=BASE, transport=self.transport)
        trips, body = self._client.AsyncTripsClient(http, credentials=self._token).trips, self._body
        return lambda: trips.request_trip(body, idempotency_key="key-0123456789abcdef")


def cost(call: Call, seconds: float) -> float:
    """Return the CPU seconds of one *call*, measured for about *seconds*."""
    for _ in range(_SLICE):
        call()
    made = 0
    gc.collect()
    began = time.process_time()
    while (taken := time.process_time() - began) < seconds:
        for _ in range(_SLICE):
            call()
        made += _SLICE
    return taken / made


async def cost_async(call: Callable[[], Awaitable[object]], seconds: float) -> float:
    """Return the CPU seconds of one asynchronous *call*, measured for about *seconds*."""
    for _ in range(_SLICE):
        await call()
    made = 0
    gc.collect()
    began = time.process_time()
    while (taken := time.process_time() - began) < seconds:
        for _ in range(_SLICE):
            await call()
        made += _SLICE
    return taken / made


def costs(contest: Contest, *, seconds: float, trials: int) -> dict[str, float]:
    """Return the CPU seconds of a call by contender: the best of *trials*, in turn."""
    calls = {"by hand": contest.by_hand(), "plain": contest.plain(), "all on": contest.all_on()}
    measured: dict[str, list[float]] = {name: [] for name in (*calls, "plain, async")}
    for _ in range(trials):
        for name, call in calls.items():
            measured[name].append(cost(call, seconds))
        measured["plain, async"].append(asyncio.run(cost_async(contest.asynchronous(), seconds)))
    return {name: min(found) for name, found in measured.items()}


def main() -> int:
    """Print the table, and return 0 when the target is met."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=1.0, help="CPU time of each trial")
    parser.add_argument("--trials", type=int, default=5)
    chosen = parser.parse_args()
    found = costs(Contest(), seconds=chosen.seconds, trials=chosen.trials)
    sys.stdout.write(f"{'':16}{'CPU us':>10}{'by hand = 1':>14}\n")
    for name, each in found.items():
        sys.stdout.write(f"{name:16}{each * 1e6:10.1f}{each / found['by hand']:14.2f}\n")
    is_met = found["plain"] <= MOST * found["by hand"]
    sys.stdout.write(f"target: a plain call costs at most {MOST} of one by hand: {'met' if is_met else 'missed'}\n")
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())
