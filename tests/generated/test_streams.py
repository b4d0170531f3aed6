"""Streams from a service to a client over real HTTP: both sides are generated from one contract."""

from __future__ import annotations

import asyncio
import importlib
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx2
import pytest
import uvicorn

from tests.generated.packages import generate_into

CONTRACT = """
openapi: 3.2.0
info: {title: Streamed rides, version: 1.0.0}
paths:
  /rides:
    get:
      operationId: watchRides
      parameters: [{name: city, in: query, schema: {type: string}}]
      responses:
        default: {$ref: '#/components/responses/Failure'}
        '200':
          description: What happens.
          content:
            text/event-stream:
              itemSchema:
                type: object
                required: [data, event]
                properties:
                  event: {enum: [moved, ended]}
                  data:
                    type: string
                    contentMediaType: application/json
                    contentSchema: {$ref: '#/components/schemas/Ride'}
        '404': {description: No such city., content: {application/json: {schema: {$ref: '#/components/schemas/Ride'}}}}
  /lines:
    get:
      operationId: listLines
      responses:
        default: {$ref: '#/components/responses/Failure'}
        '200': {description: All., content: {application/jsonl: {itemSchema: {$ref: '#/components/schemas/Ride'}}}}
    post:
      operationId: addLines
      requestBody: {required: true, content: {application/jsonl: {itemSchema: {$ref: '#/components/schemas/Ride'}}}}
      responses:
        default: {$ref: '#/components/responses/Failure'}
        '200': {description: Ids., content: {application/json: {schema: {type: array, items: {type: integer}}}}}
        '422': {description: Refused., content: {application/problem+json: {schema: {type: object}}}}
  /records:
    get:
      operationId: listRecords
      responses:
        default: {$ref: '#/components/responses/Failure'}
        '200':
          description: All.
          content: {application/json-seq: {schema: {type: array, items: {$ref: '#/components/schemas/Ride'}}}}
  /question:
    post:
      operationId: ask
      responses:
        default: {$ref: '#/components/responses/Failure'}
        '200':
          description: As a whole, or word by word.
          content:
            application/json: {schema: {$ref: '#/components/schemas/Ride'}}
            text/event-stream: {schema: {type: string}}
  /file:
    get:
      operationId: getFile
      responses:
        default: {$ref: '#/components/responses/Failure'}
        '200': {description: Bytes., content: {application/pdf: {schema: {type: string, format: binary}}}}
    put:
      operationId: putFile
      requestBody: {required: true, content: {application/octet-stream: {}}}
      responses:
        default: {$ref: '#/components/responses/Failure'}
        '200': {description: Its size., content: {application/json: {schema: {type: integer}}}}
components:
  responses:
    Failure: {description: Failure., content: {application/problem+json: {schema: {type: object}}}}
  schemas:
    Ride: {type: object, required: [id], properties: {id: {type: integer, minimum: 1}}}
"""
PACKAGE = "streamed_api"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the folder of the generated package, which can be imported."""
    root = tmp_path_factory.mktemp("streams")
    (root / "specs" / "streamed").mkdir(parents=True)
    (root / "specs" / "streamed" / "openapi.yaml").write_text(CONTRACT)
    generate_into(root / "generated", root, {"streamed"})
    path = root / "generated" / "streamed" / "python"
    sys.path.insert(0, str(path))
    yield path
    sys.path.remove(str(path))


@pytest.fixture(scope="module")
def api(folder: Path) -> Any:
    """Return the modules of the package."""
    assert folder.is_dir()
    names = ("client", "server", "models", "errors", "sample")
    return SimpleNamespace(**{name: importlib.import_module(f"{PACKAGE}.{name}") for name in names})


class Rides:
    """The service."""

    def __init__(self, api: Any) -> None:
        """Answer with the classes of *api*."""
        self._api = api
        self.is_closed = threading.Event()

    async def watch_rides(self, *, city: str | None) -> AsyncIterator[Any]:
        if city == "nowhere":
            raise self._api.errors.WatchRidesNotFound(self._ride(404))
        return self._events(city)

    async def _events(self, city: str | None) -> AsyncIterator[Any]:
        event = self._api.server.ServerSentEvent
        try:
            yield event(self._ride(1), event="moved", id="e-1")
            yield event(self._ride(2), event="wrong" if city == "broken event" else "ended", retry=50)
            yield event(self._ride(0 if city == "broken data" else 3), event="ended")
            while city == "forever":
                await asyncio.sleep(0.01)
                yield event(self._ride(4), event="moved")
        finally:
            self.is_closed.set()

    async def list_lines(self) -> Any:
        return (self._ride(number) for number in range(1, 4))

    async def add_lines(self, body: list[Any]) -> list[int]:
        return [ride.id for ride in body]

    async def list_records(self) -> Any:
        return iter([self._ride(1), self._ride(2)])

    async def ask(self) -> Any:
        if self._api.server.preferred_media_type() == "text/event-stream":
            return iter(["word\nby", "word"])
        return self._ride(7)

    async def get_file(self) -> AsyncIterator[bytes]:
        async def pieces() -> AsyncIterator[bytes]:
            for _ in range(64):
                yield b"x" * 65536

        return pieces()

    async def put_file(self, body: bytes) -> int:
        return len(body)

    def _ride(self, number: int) -> Any:
        return self._api.models.Ride.model_construct(id=number)


@pytest.fixture(scope="module")
def rides(api: Any) -> Rides:
    """Return the service."""
    return Rides(api)


@pytest.fixture(scope="module")
def url(api: Any, rides: Rides) -> Iterator[str]:
    """Return where the service answers."""
    app = api.server.app(streamed=rides)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(5)


@pytest.fixture
def client(api: Any, url: str) -> Iterator[Any]:
    with httpx2.Client(base_url=url) as http:
        yield api.client.StreamedClient(http).streamed


def test_events_are_typed_and_come_as_they_happen(api: Any, client: Any) -> None:
    with client.watch_rides() as events:
        found = list(events)

    assert [(each.data, each.event, each.id, each.retry) for each in found] == [
        (api.models.Ride(id=1), "moved", "e-1", None),
        (api.models.Ride(id=2), "ended", "e-1", 50),
        (api.models.Ride(id=3), "ended", "e-1", None),
    ]


def test_asynchronous_client_reads_the_same(api: Any, url: str) -> None:
    async def run() -> tuple[list[Any], list[Any], Any, int]:
        async with httpx2.AsyncClient(base_url=url) as http:
            streamed = api.client.AsyncStreamedClient(http).streamed
            async with streamed.watch_rides() as events:
                ids = [event.data.id async for event in events]
            async with streamed.list_lines() as lines:
                rides = [line.id async for line in lines]
            with pytest.raises(api.errors.WatchRidesNotFound):
                async with streamed.watch_rides(city="nowhere"):
                    pass
            return ids, rides, await streamed.ask(), await streamed.put_file(_pieces())

    async def _pieces() -> AsyncIterator[bytes]:
        yield b"12"
        yield b"345"

    assert asyncio.run(run()) == ([1, 2, 3], [1, 2, 3], api.models.Ride(id=7), 5)


def test_lines_and_records_are_typed(api: Any, client: Any) -> None:
    with client.list_lines() as lines, client.list_records() as records:
        assert [line.id for line in lines] == [1, 2, 3]
        assert list(records) == [api.models.Ride(id=1), api.models.Ride(id=2)]


def test_lines_are_sent_as_they_come_into_being_and_each_is_judged(api: Any, client: Any, url: str) -> None:
    ride = api.models.Ride

    async def run() -> list[int]:
        async def rides() -> AsyncIterator[Any]:
            yield ride(id=1)
            yield ride(id=2)

        async with httpx2.AsyncClient(base_url=url) as http:
            ids: list[int] = await api.client.AsyncStreamedClient(http).streamed.add_lines(rides())
            return ids

    assert client.add_lines(ride(id=number) for number in (1, 2, 3)) == [1, 2, 3]
    assert client.add_lines([ride(id=4)]) == [4]
    assert client.add_lines([]) == []
    assert asyncio.run(run()) == [1, 2]
    with pytest.raises(api.errors.AddLinesUnprocessableEntity):
        client.add_lines([ride(id=1), ride.model_construct(_fields_set={"id"}, id=0)])


def test_answer_comes_as_a_whole_or_word_by_word(api: Any, client: Any) -> None:
    assert client.ask() == api.models.Ride(id=7)

    with client.stream_ask() as words:
        assert [word.data for word in words] == ["word\nby", "word"]


def test_declared_refusal_of_a_stream_is_raised(api: Any, client: Any) -> None:
    with pytest.raises(api.errors.WatchRidesNotFound) as refused, client.watch_rides(city="nowhere"):
        pass

    assert refused.value.body.id == 404


@pytest.mark.parametrize("city, good", [("broken event", 1), ("broken data", 2)])
def test_item_that_breaks_the_contract_never_leaves_and_cuts_the_stream(client: Any, city: str, good: int) -> None:
    found = []

    with pytest.raises(httpx2.RemoteProtocolError), client.watch_rides(city=city) as events:
        found.extend(events)

    assert len(found) == good


def test_stream_that_is_left_ends_the_work_of_the_service(client: Any, rides: Rides) -> None:
    rides.is_closed.clear()

    with client.watch_rides(city="forever") as events:
        for event in events:
            if event.data.id == 4:
                break

    assert rides.is_closed.wait(5)


def test_download_and_upload_come_in_pieces(client: Any, tmp_path: Path) -> None:
    file = tmp_path / "download"

    with client.stream_get_file() as pieces, file.open("wb") as target:
        for piece in pieces:
            target.write(piece)
    with file.open("rb") as source:
        size = client.put_file(source)

    assert file.stat().st_size == size == 64 * 65536
    assert client.put_file(iter([b"ab", b"c"])) == 3
    assert client.put_file(b"abcd") == 4
    assert len(client.get_file()) == size


def test_stub_answers_streams_with_samples(api: Any) -> None:
    async def run() -> list[Any]:
        transport = httpx2.ASGITransport(app=api.sample.app)
        async with httpx2.AsyncClient(base_url="http://stub", transport=transport) as http:
            streamed = api.client.AsyncStreamedClient(http).streamed
            async with streamed.watch_rides() as events, streamed.list_lines() as lines:
                return [*[(each.event, each.data.id) async for each in events], *[each.id async for each in lines]]

    assert asyncio.run(run()) == [("moved", 1), 1]


def test_stub_passes_the_contract_tests(folder: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "contract_tests", "--examples=5"]

    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)

    assert run.returncode == 0, run.stdout


def test_package_is_strictly_typed(folder: Path) -> None:
    user = folder / "user.py"
    user.write_text(
        f"from {PACKAGE}.client import AsyncStreamedClient, StreamedClient\n"
        "def f(client: StreamedClient) -> None:\n"
        "    with client.streamed.watch_rides() as events:\n"
        "        for event in events:\n"
        "            reveal_type(event.data.id)\n"
        "async def g(client: AsyncStreamedClient) -> None:\n"
        "    async with client.streamed.list_lines() as lines:\n"
        "        async for line in lines:\n"
        "            reveal_type(line)\n"
        "    reveal_type(await client.streamed.ask())\n"
        f"from {PACKAGE} import models\n"
        "def h(client: StreamedClient) -> None:\n"
        "    client.streamed.add_lines([models.Ride(id=1)])\n"
        "    client.streamed.add_lines(models.Ride(id=number) for number in range(1, 3))\n"
    )

    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "user.py", PACKAGE]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stdout
    assert [line.split('"')[1] for line in run.stdout.splitlines() if "Revealed" in line] == [
        "int",
        f"{PACKAGE}.models.Ride",
        f"{PACKAGE}.models.Ride",
    ]
