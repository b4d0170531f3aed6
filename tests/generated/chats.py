"""Chat, a service of a contract over WebSockets: its generated package, made anew, and a server of it."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp
from websockets.asyncio.client import ClientConnection

from tests.generated.packages import generate_into

CONTRACT: Final = """\
asyncapi: 3.0.0
info: {title: Chat, version: 1.0.0}
defaultContentType: application/json
servers: {public: {host: chat.example, pathname: /chats, protocol: wss}}
channels:
  room:
    address: /rooms/{room}
    parameters: {room: {enum: [red, blue]}}
    bindings:
      ws:
        method: GET
        query: {$ref: '#/components/schemas/Asked'}
        headers: {type: object, properties: {X-Version: {type: integer, maximum: 2}}, additionalProperties: false}
    messages:
      said: {$ref: '#/components/messages/said'}
      kept: {$ref: '#/components/messages/kept'}
      heard: {$ref: '#/components/messages/heard'}
operations:
  receiveSaid:
    action: receive
    channel: {$ref: '#/channels/room'}
    messages: [{$ref: '#/channels/room/messages/said'}]
    reply: {channel: {$ref: '#/channels/room'}, messages: [{$ref: '#/channels/room/messages/kept'}]}
  sendHeard:
    action: send
    channel: {$ref: '#/channels/room'}
    messages: [{$ref: '#/channels/room/messages/heard'}]
components:
  schemas:
    Asked: {type: object, properties: {beat: {type: boolean}, since: {type: integer, minimum: 1}}}
  messages:
    said:
      correlationId: {location: '$message.payload#/id'}
      payload:
        type: object
        required: [kind, id, text]
        properties: {kind: {const: said}, id: {type: string}, text: {type: string, minLength: 1}}
    kept:
      correlationId: {location: '$message.payload#/id'}
      payload:
        type: object
        required: [kind, id, length]
        properties: {kind: {const: kept}, id: {type: string}, length: {type: integer}}
    heard:
      payload: {type: object, required: [kind, text], properties: {kind: {const: heard}, text: {type: string}}}
"""


@contextlib.contextmanager
def chat_package(folder: Path) -> Iterator[Path]:
    """Generate the package of the contract, and make it importable."""
    (folder / "specs/chat").mkdir(parents=True)
    (folder / "specs/chat/asyncapi.yaml").write_text(CONTRACT)
    (folder / "apictl.yaml").write_text("version: 1\nservices:\n  chat: {}\n")
    generate_into(folder / "out", folder, ["chat"])
    place = next((folder / "out").rglob("chat_api")).parent
    sys.path.insert(0, str(place))
    yield place
    sys.path.remove(str(place))
    for name in [name for name in sys.modules if name.partition(".")[0] == "chat_api"]:
        del sys.modules[name]


class Chat:
    """Says what it has kept, tells the room, and notes what it has heard."""

    def __init__(self, transport: Any) -> None:
        """Publish through *transport*."""
        self.texts: list[str] = []
        self._models = importlib.import_module("chat_api.models")
        self._publisher = importlib.import_module("chat_api.events").ChatPublisher(transport)

    async def on_said(self, payload: Any, context: Any, *, room: str) -> Any:  # noqa: ARG002 - of the protocol
        self.texts.append(payload.text)
        if payload.text == "slow":
            await asyncio.sleep(0.05)
        if payload.text.startswith("tell "):
            await self._publisher.heard(self._models.HeardPayload(kind="heard", text=payload.text[5:]), room=room)
        return self._models.KeptPayload(kind="kept", id=payload.id, length=len(payload.text))


class Letters:
    """An outlet that keeps what it gets."""

    def __init__(self) -> None:
        """Be empty."""
        self.bodies: list[bytes] = []

    async def publish(self, publication: Any) -> None:
        self.bodies.append(publication.body)


class Served:
    """Chat at a port of this machine."""

    def __init__(self, **options: Any) -> None:
        """Make its server with *options*; with `handshakes`, a mapping, it is not that of the package."""
        websocket = importlib.import_module("chat_api._support.events.transports.websocket")
        handshakes = importlib.import_module("chat_api._support.events.transports.handshakes")
        self.letters = Letters()
        options = {"dead_letters": self.letters, **options}
        if "handshakes" in options:
            options["handshakes"] = handshakes.Handshakes(**options["handshakes"])
            service = importlib.import_module("chat_api.channels").SERVICE
            self.server = websocket.WebSocketServer(service, **options)
        else:
            self.server = importlib.import_module("chat_api.brokers").serve(**options)
        self.chat = Chat(self.server)
        self.port = 0

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[Served]:
        """Serve, on a free port."""
        events = importlib.import_module("chat_api.events")
        app = Starlette(routes=[Mount("/ws", self.server)])
        async with self.server, events.receiver(self.chat, self.server), at_port(app) as self.port:
            yield self

    def url(self, path: str = "/rooms/red") -> str:
        return f"ws://127.0.0.1:{self.port}/ws{path}"


@contextlib.asynccontextmanager
async def at_port(app: ASGIApp) -> AsyncIterator[int]:
    """Serve *app*, with its lifespan, at the port that is yielded."""
    runner = uvicorn.Server(uvicorn.Config(app, port=0, host="127.0.0.1", log_level="critical", ws="websockets-sansio"))
    serving = asyncio.create_task(runner.serve())
    while not runner.started:  # noqa: ASYNC110 - it has no event for that
        await asyncio.sleep(0.005)
    try:
        yield runner.servers[0].sockets[0].getsockname()[1]
    finally:
        runner.should_exit = True
        await serving


def said(number: int, text: str) -> str:
    return json.dumps({"kind": "said", "id": f"m-{number}", "text": text})


async def heard(connection: ClientConnection) -> Any:
    return json.loads(await asyncio.wait_for(connection.recv(), 5))


def told(story: Callable[[Served], Awaitable[None]], **options: Any) -> Served:
    """Run *story* with a Chat that is served."""
    served = Served(**options)

    async def scenario() -> None:
        async with served.running():
            await asyncio.wait_for(story(served), 20)

    asyncio.run(scenario())
    return served
