"""The generated client: what it looks like, and that it calls."""

from __future__ import annotations

import ast
import asyncio
import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from apictl.contract.contract import Contract, Tag
from apictl.contract.definition import Definition
from apictl.contract.operation import (
    Header,
    MediaType,
    Operation,
    Parameter,
    ParameterLocation,
    RequestBody,
    Response,
    Style,
)
from apictl.contract.schema import Schema, definition_reference
from apictl.contract.security import KeyLocation, SecurityKind, SecurityRequirement, SecurityScheme
from apictl.emitters.client import emit as client
from apictl.emitters.interface import emit as interface
from apictl.emitters.models import emit as models
from apictl.emitters.package import emit as package
from apictl.findings import Place
from apictl.pages.python.spell import spell
from apictl.pages.rendering import render

PLACE = Place("specs/pricing/openapi.yaml", "")
QUOTE: Schema = {
    "type": "object",
    "properties": {"id": {"type": "string"}, "kind": definition_reference("Kind")},
    "required": ["id"],
}
KIND: Schema = {"type": "string", "enum": ["single", "return"]}
PROBLEM: Schema = {"type": "object", "properties": {"title": {"type": "string"}}, "required": ["title"]}


def _json(name: str, media_type: str = "application/json") -> MediaType:
    return MediaType(media_type, definition_reference(name), PLACE)


CREATE = Operation(
    "createQuote",
    "POST",
    "/quotes",
    PLACE,
    summary="Price a trip",
    tag="quotes",
    parameters=(Parameter("Idempotency-Key", ParameterLocation.HEADER, {"type": "string"}, PLACE, style=Style.SIMPLE),),
    request_body=RequestBody((_json("Quote"),), PLACE, is_required=True),
    responses=(
        Response("201", PLACE, "Made.", (_json("Quote"),)),
        Response("409", PLACE, "It exists.", (_json("Problem", "application/problem+json"),)),
    ),
    security=((SecurityRequirement("bearerAuth"),), (SecurityRequirement("api-key"),)),
)
GET = Operation(
    "getQuote",
    "GET",
    "/quotes/{quoteId}",
    PLACE,
    tag="quotes",
    parameters=(
        Parameter("expand", ParameterLocation.QUERY, {"type": "array", "items": {"type": "string"}}, PLACE),
        Parameter(
            "quoteId",
            ParameterLocation.PATH,
            {"type": "string"},
            PLACE,
            is_required=True,
            style=Style.SIMPLE,
            explode=False,
        ),
    ),
    responses=(Response("200", PLACE, "Found.", (_json("Quote"),), (Header("Revision", {"type": "string"}, PLACE),)),),
)
UPLOAD = Operation(
    "upload",
    "PUT",
    "/file",
    PLACE,
    request_body=RequestBody((_json("Quote"), MediaType("text/plain", {"type": "string"}, PLACE)), PLACE),
    responses=(Response("204", PLACE, "Kept."),),
)
SCHEMES = (
    SecurityScheme("bearerAuth", SecurityKind.BEARER, PLACE),
    SecurityScheme("api-key", SecurityKind.API_KEY, PLACE, key_name="X-Key", key_location=KeyLocation.HEADER),
    SecurityScheme("login", SecurityKind.BASIC, PLACE),
    SecurityScheme("cert", SecurityKind.MUTUAL_TLS, PLACE),
)


def _contract(*operations: Operation, **more: Any) -> Contract:
    settings: dict[str, Any] = {
        "tags": (Tag("quotes", "Prices of trips."),),
        "definitions": {
            name: Definition(name, schema, PLACE, origin=name)
            for name, schema in {"Quote": QUOTE, "Kind": KIND, "Problem": PROBLEM}.items()
        },
        "security_schemes": {scheme.name: scheme for scheme in SCHEMES},
        "source": {},
    }
    return Contract("pricing", "Pricing API", "1", "", PLACE, operations=operations, **(settings | more))


def _source(contract: Contract) -> str:
    (file,) = render(client.emit(spell(contract)))
    assert file.path.as_posix() == "python/pricing_api/client.py"
    return file.content.decode()


def _classes(source: str) -> list[str]:
    return [node.name for node in ast.parse(source).body if isinstance(node, ast.ClassDef)]


def _signature(source: str, class_name: str, method: str) -> str:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef) and node.name == class_name:
            for function in node.body:
                if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and function.name == method:
                    kind = "async def" if isinstance(function, ast.AsyncFunctionDef) else "def"
                    return (
                        f"{kind} {method}({ast.unparse(function.args)}) -> {ast.unparse(function.returns or function)}"
                    )
    pytest.fail(f"{class_name} has no {method}")


# ------------------------------------------------------------------------------------------------------------- text


def test_each_tag_and_the_service_have_a_class_and_an_asynchronous_twin() -> None:
    classes = _classes(_source(_contract(CREATE)))

    assert classes == ["Credentials", "QuotesClient", "AsyncQuotesClient", "PricingClient", "AsyncPricingClient"]


def test_required_arguments_have_no_default_and_optional_ones_are_none() -> None:
    source = _source(_contract(CREATE, GET))

    assert _signature(source, "QuotesClient", "create_quote") == (
        "def create_quote(self, body: models.Quote, *, idempotency_key: str | None=None, "
        "timeout_seconds: float | None=None, deadline_seconds: float | None=None) -> models.Quote"
    )
    assert _signature(source, "AsyncQuotesClient", "get_quote") == (
        "async def get_quote(self, *, quote_id: str, expand: list[str] | None=None, "
        "timeout_seconds: float | None=None, deadline_seconds: float | None=None) -> results.GetQuoteOK"
    )


def test_body_of_several_media_types_may_choose_one() -> None:
    assert _signature(_source(_contract(UPLOAD)), "PricingGroupClient", "upload") == (
        "def upload(self, body: models.Quote | str | None=None, *, "
        "content_type: Literal['application/json', 'text/plain'] | None=None, "
        "timeout_seconds: float | None=None, deadline_seconds: float | None=None) -> None"
    )


def test_group_that_is_called_like_the_service_leaves_it_its_name() -> None:
    classes = _classes(_source(_contract(UPLOAD, CREATE)))

    assert sorted(name for name in classes if not name.startswith("Async")) == [
        "Credentials",
        "PricingClient",
        "PricingGroupClient",
        "QuotesClient",
    ]
    assert len(set(classes)) == len(classes)


def test_group_that_is_called_like_the_twin_of_another_gets_a_name_of_its_own() -> None:
    other = Operation("x", "GET", "/x", PLACE, tag="async quotes", responses=(Response("204", PLACE),))

    classes = _classes(_source(_contract(CREATE, other)))

    assert len(set(classes)) == len(classes) == 7


def _listing(operation_id: str, path: str) -> Operation:
    page: Schema = {
        "type": "object",
        "properties": {
            "quotes": {"type": "array", "items": definition_reference("Quote")},
            "nextCursor": {"type": "string"},
        },
    }
    return Operation(
        operation_id,
        "GET",
        path,
        PLACE,
        tag="quotes",
        parameters=(Parameter("cursor", ParameterLocation.QUERY, {"type": "string"}, PLACE),),
        responses=(Response("200", PLACE, "A page.", (MediaType("application/json", page, PLACE),)),),
    )


def test_list_has_a_method_that_yields_its_items() -> None:
    source = _source(_contract(_listing("listQuotes", "/quotes")))

    for prefix, kind in (("", "Iterator"), ("Async", "AsyncIterator")):
        assert _signature(source, f"{prefix}QuotesClient", "iterate_list_quotes") == (
            "def iterate_list_quotes(self, *, cursor: str | None=None, timeout_seconds: float | None=None, "
            f"deadline_seconds: float | None=None) -> {kind}[models.Quote]"
        )


def test_operation_that_is_called_like_such_a_method_keeps_its_name() -> None:
    other = Operation("iterateListQuotes", "GET", "/x", PLACE, tag="quotes", responses=(Response("204", PLACE),))

    source = _source(_contract(_listing("listQuotes", "/quotes"), other))

    assert _signature(source, "QuotesClient", "iterate_list_quotes").endswith("-> None")
    assert _signature(source, "QuotesClient", "iterate_list_quotes_").endswith("-> Iterator[models.Quote]")


def test_docstring_tells_the_request_and_everything_raised() -> None:
    source = _source(_contract(CREATE))
    (method,) = (
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and node.name == "create_quote"
    )

    assert (ast.get_docstring(method) or "").splitlines() == [
        "Price a trip.",
        "",
        "POST /quotes",
        "",
        "Raises:",
        "    errors.CreateQuoteConflict: 409: It exists.",
        "    UnexpectedResponse: what came is not declared by the contract.",
        "    DeadlinePassed: the deadline passed before the response was there.",
        "    httpx2.RequestError: no response came, or none that can be read.",
        "    ValueError: an argument can't be written as the contract says.",
    ]


def test_contract_without_security_has_no_credentials() -> None:
    source = _source(_contract(GET, security_schemes={}))

    assert "Credentials" not in source
    assert "credentials:" not in source
    assert "wallet = Wallet(operations.SECURITY_SCHEMES, {})" in source


def test_contract_without_operations_still_has_a_client() -> None:
    assert _classes(_source(_contract())) == ["Credentials", "PricingClient", "AsyncPricingClient"]


def test_hostile_names_and_texts_stay_text() -> None:
    evil = '"""\nimport os\nos.system("x")\n"""\\'
    operation = Operation(
        evil,
        "GET",
        "/a",
        PLACE,
        summary=evil,
        description=evil,
        tag=evil,
        parameters=(Parameter(evil, ParameterLocation.QUERY, {"enum": [evil]}, PLACE, evil),),
        request_body=RequestBody((MediaType(f"text/{evil}", None, PLACE), MediaType("a/b", None, PLACE)), PLACE),
        responses=(Response("204", PLACE, evil),),
    )
    schemes = {evil: SecurityScheme(evil, SecurityKind.API_KEY, PLACE, evil, evil, KeyLocation.HEADER)}

    source = _source(_contract(operation, security_schemes=schemes, tags=(Tag(evil, evil),)))

    imported = {
        alias.name for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import) for alias in node.names
    }
    assert imported == {"httpx2"}


def test_same_contract_gives_the_same_bytes() -> None:
    assert _source(_contract(CREATE, GET, UPLOAD)) == _source(_contract(CREATE, GET, UPLOAD))


# --------------------------------------------------------------------------------------------------------- behaviour


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that holds the generated package."""
    spelled = spell(_contract(CREATE, GET, UPLOAD), package="client_emitter_api")
    pages = (
        package.emit(spelled, has_server=False) + models.emit(spelled) + interface.emit(spelled) + client.emit(spelled)
    )
    root = tmp_path_factory.mktemp("client")
    for file in render(pages):
        target = root / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
    return root / "python"


@pytest.fixture(scope="module")
def api(folder: Path) -> Iterator[Any]:
    """Return the generated package with its modules."""
    sys.path.insert(0, str(folder))
    for module in ("client", "models", "errors", "results"):
        importlib.import_module(f"client_emitter_api.{module}")
    yield importlib.import_module("client_emitter_api")
    sys.path.remove(str(folder))


def _serve(request: httpx2.Request) -> httpx2.Response:
    """Make quotes and echo what is asked for."""
    if request.headers.get("authorization") == "Bearer nobody":
        problem = json.dumps({"title": "exists"})
        return httpx2.Response(409, content=problem, headers={"content-type": "application/problem+json"})
    if request.method == "PUT":
        return httpx2.Response(204)
    if request.method == "GET":
        return httpx2.Response(200, json={"id": str(request.url)}, headers={"revision": "v1"})
    return httpx2.Response(201, json=json.loads(request.content) | {"kind": "unheard-of"})


HTTP = httpx2.Client(base_url="https://api.example/v1", transport=httpx2.MockTransport(_serve))


def test_call_returns_the_model_and_keeps_an_unknown_enum_value(api: Any) -> None:
    quotes = api.client.PricingClient(HTTP).quotes

    quote = quotes.create_quote(api.models.Quote(id="q1", kind="single"), idempotency_key="k")

    assert isinstance(quote, api.models.Quote)
    assert quote.model_dump(mode="json") == {"id": "q1", "kind": "unheard-of"}


def test_call_returns_the_result_with_headers(api: Any) -> None:
    found = api.client.PricingClient(HTTP).quotes.get_quote(quote_id="a/b", expand=["x", "y"])

    assert found.body.id == "https://api.example/v1/quotes/a%2Fb?expand=x&expand=y"
    assert found.revision == "v1"


def test_declared_refusal_is_raised_as_its_class(api: Any) -> None:
    credentials = api.client.Credentials(bearer_auth=lambda: "nobody")

    with pytest.raises(api.errors.CreateQuoteConflict) as conflict:
        api.client.PricingClient(HTTP, credentials=credentials).quotes.create_quote(api.models.Quote(id="q1"))
    assert conflict.value.body.title == "exists"


def test_asynchronous_client_does_the_same(api: Any) -> None:
    async def run() -> Any:
        transport = httpx2.MockTransport(_serve)
        async with httpx2.AsyncClient(base_url="https://api.example/v1", transport=transport) as http:
            pricing = api.client.AsyncPricingClient(http, credentials=api.client.Credentials(api_key="k"))
            assert await pricing.pricing.upload("text", content_type="text/plain") is None
            return await pricing.quotes.get_quote(quote_id="q1", timeout_seconds=1)

    assert asyncio.run(run()).body.id == "https://api.example/v1/quotes/q1"


def test_credentials_are_not_in_their_representation(api: Any) -> None:
    credentials = api.client.Credentials(bearer_auth="s3cret", login=("u", "s3cret"))

    assert "s3cret" not in repr(credentials) + repr(api.client.PricingClient(HTTP, credentials=credentials))


def test_importing_the_client_imports_no_web_framework(folder: Path) -> None:
    code = (
        "import sys, client_emitter_api.client; print(sorted({'fastapi', 'starlette', 'uvicorn'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
