"""Every style, in every place, for every shape: what a generated client is given, a generated server's handler gets.

Over real HTTP, with arguments that hypothesis draws; what a style can't carry the client refuses before it sends.
A long search: `pytest tests/system/test_wire_exactness.py --hypothesis-profile=search`.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from types import ModuleType
from typing import Any, Final

import httpx2
import pytest
from fastapi import FastAPI
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from tests.generated.packages import generate_into
from tests.readers.documents import errors_of, read_tree
from tests.system.serving import served
from tests.system.wires import (
    EVERYTHING,
    PLACES,
    SHAPES,
    TOGETHER,
    Shape,
    Spot,
    contract,
    declared,
    is_unwritable,
    name_of,
)

EXAMPLES: Final = 20
"""For each place; the profile `search` has its own number."""

CLAIMED: Final = frozenset({"closed", "ids[]", "since"})
"""Names in the query that a property of `open` may not have, besides those of the parts of `closed`."""

TRACELESS: Final = ("open", "closed")
"""Objects that leave no trace in a request when they are empty."""

STEADY: Final = 100
"""Examples of the usual profile."""

VERSIONS: Final = {"3.0.4": "early", "3.1.1": "late"}


class Echo:
    """Implements every operation: keeps what it is given."""

    def __init__(self) -> None:
        """Have been given nothing."""
        self.given: list[Any] = []

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)

        async def keep(**given: Any) -> None:
            self.given.append(given["a_b"] if given.keys() == {"a_b"} else given)

        return keep


@dataclass(frozen=True)
class Wire:
    """A server, a client of it, and what both saw."""

    echo: Echo
    models: ModuleType
    calls: Any
    requests: list[httpx2.Request]

    def value(self, shape: Shape, drawn: Any) -> Any:
        """Return what the client's method takes for *drawn*."""
        return getattr(self.models, shape.model).model_validate(drawn) if shape.model else drawn


@pytest.fixture(scope="module", params=VERSIONS)
def wire(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    version: str = request.param
    name, folder = VERSIONS[version], tmp_path_factory.mktemp("wire")
    (folder / "specs" / name).mkdir(parents=True)
    (folder / "specs" / name / "openapi.json").write_text(json.dumps(contract(version)), encoding="utf-8")
    generate_into(folder, folder, {name})
    sys.path.insert(0, str(folder / name / "python"))
    package = f"{name}_api"
    server, client = (importlib.import_module(f"{package}.{module}") for module in ("server", "client"))
    echo, requests = Echo(), list[httpx2.Request]()
    hooks = {"request": [requests.append]}
    with served(application(server, echo, name)) as url, httpx2.Client(base_url=url, event_hooks=hooks) as http:
        calls = getattr(getattr(client, f"{name.title()}Client")(http), name)
        yield Wire(echo, importlib.import_module(f"{package}.models"), calls, requests)
    sys.path.remove(str(folder / name / "python"))


def application(server: ModuleType, echo: Echo, name: str) -> Any:
    """Return the service behind one door for each version."""
    if name == "early":
        return server.app(**{name: echo})
    whole = FastAPI()
    whole.include_router(server.router(**{name: echo}))
    return whole


def plain(value: Any) -> Any:
    """Return *value* as JSON holds it; what was never set is not there."""
    return value.model_dump(by_alias=True, exclude_unset=True) if isinstance(value, BaseModel) else value


def same(one: Any, other: Any) -> bool:
    """Return whether two values are equal, and of one type all the way down."""
    match one:
        case dict():
            return isinstance(other, dict) and {k: repr(v) for k, v in one.items()} == {
                k: repr(v) for k, v in other.items()
            }
        case datetime():
            return isinstance(other, datetime) and (one, one.utcoffset()) == (other, other.utcoffset())
        case _:
            return repr(one) == repr(other)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: "-".join(map(str, place)))
def test_the_handler_gets_what_the_client_is_given(wire: Wire, place: Spot) -> None:

    @settings(max_examples=examples())
    @given(st.sampled_from(sorted(SHAPES)).flatmap(lambda name: st.tuples(st.just(name), SHAPES[name].values)))
    def round_trip(drawn: tuple[str, Any]) -> None:
        name, value = drawn
        told = wire.value(SHAPES[name], value)
        call = getattr(wire.calls, name_of(place, name))
        wire.echo.given.clear()
        wire.requests.clear()

        if is_unwritable(place, SHAPES[name], value):
            with pytest.raises(ValueError, match=r"path parameter|'a\.b'"):
                call(a_b=told)
            assert not wire.requests
        else:
            call(a_b=told)
            (got,) = wire.echo.given
            assert same(plain(got), plain(told)), wire.requests[0].url

    round_trip()


@pytest.mark.parametrize("version", VERSIONS)
def test_style_that_no_specification_gives_a_place_is_refused_where_it_stands(version: str) -> None:
    defined = {(location, style) for location, style, _ in PLACES}
    styles = ("matrix", "label", "simple", "form", "spaceDelimited", "pipeDelimited", "deepObject")

    for location in ("path", "query", "header", "cookie"):
        for style in styles:
            wrong = {"name": "a", "in": location, "required": True, "style": style, "schema": {"type": "object"}}
            get = {"parameters": [wrong], "responses": {"204": {"description": "It came."}}}
            paths = {"/{a}" if location == "path" else "/": {"get": get}}
            read = read_tree({"openapi": version, "info": {"title": "Wrong", "version": "1"}, "paths": paths})
            places = [place for rule, place in errors_of(read) if rule == "value-not-allowed"]
            assert [place.rpartition("/")[2] for place in places] == ([] if (location, style) in defined else ["style"])


def examples() -> int:
    """Return how many examples one test has."""
    usual = settings.get_profile(settings.get_current_profile_name()).max_examples
    return usual if usual > STEADY else EXAMPLES


@settings(max_examples=2 * examples())
@given(EVERYTHING.filter(lambda drawn: not any(is_unwritable(*declared(name), value) for name, value in drawn.items())))
def test_parameters_of_one_request_do_not_mix(wire: Wire, drawn: dict[str, Any]) -> None:
    told = {argument(name): wire.value(declared(name)[1], value) for name, value in drawn.items()}
    names = [argument(name) for name in TOGETHER]
    wire.echo.given.clear()
    wire.requests.clear()

    if any(name in CLAIMED or name.startswith("closed[") for name in drawn.get("open", {})):
        with pytest.raises(ValueError, match="query parameter 'open'"):
            wire.calls.together(**told)
        assert not wire.requests
    else:
        wire.calls.together(**told)
        (got,) = wire.echo.given
        arrived, sent = ({name: plain(each.get(name)) for name in names} for each in (got, told))
        assert arrived == {**sent, **{name: sent[name] or None for name in TRACELESS}}, wire.requests[0].url


def argument(name: str) -> str:
    """Return what the method calls the parameter *name*."""
    return name.lower().replace("-", "_").replace(".", "_").replace("[]", "")
