"""The service under test: the stub, an ASGI application or a URL."""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

import httpx2
import hypothesis
import schemathesis
from schemathesis import HookContext
from schemathesis.config import HealthCheck
from schemathesis.errors import SerializationNotPossible

from .budgets import Budget
from .cases import OperationCase, Wire, load_cases
from .contract import known_contract, meant
from .formats import teach_formats
from .hosting import Hosted
from .reach import Reach, has_receiver
from .refusals import CONDITIONAL
from .sent_bodies import teach_bodies
from .verdicts import failure_filter

IN_PROCESS_URL = "http://service"
"""Where an application in this process seems to be."""
TIMEOUT_SECONDS = 30.0
_BOUNDARIES = "coverage"
"""What schemathesis calls the phase that tries the boundaries of schemas."""

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "positive_data_acceptance",
    "missing_required_header",
    "unsupported_method",
    "allow_header_conformance",
    "use_after_free",
    "ensure_resource_availability",
    "ignored_auth",
    "object_level_authorization",
)
"""All checks of schemathesis; the last five also watch sequences of requests."""
ANSWER_CHECKS = CHECKS[:5]
"""Those that judge an answer by itself."""


@dataclass(frozen=True)
class Target:
    """A service, and how hard it is tested.

    Attributes:
        app: application in this process; None when `url` is asked.
        url: base of every path, without a slash at its end.
        headers: sent with every request.
        has_sample_credentials: whether the credentials of the stub are sent.
        is_stub: whether this is the untouched stub, of which more can be asked.
        reach: which operations are tested.
        refusals: statuses by which rules of the service may refuse what the schema allows, by `operationId`.
        seed: decides which values are tried.
        examples: at most so many random requests for each operation.
        boundaries: about so many requests of the boundaries of each operation; all when None.
    """

    app: Hosted | None
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    has_sample_credentials: bool = False
    is_stub: bool = False
    reach: Reach = Reach.ALL
    refusals: Mapping[str, frozenset[int]] = field(default_factory=dict)
    seed: int = 1
    examples: int = 20
    boundaries: int | None = None
    _budgets: dict[str, Budget] = field(default_factory=dict, init=False, compare=False, repr=False)

    def contract(self) -> schemathesis.BaseSchema:
        """Return the contract as it was generated from, bound to this service; never what the service says it is."""
        config = schemathesis.Config(seed=self.seed, suppress_health_check=[HealthCheck.all])
        contract = known_contract()
        contract["paths"] = {path: item for path, item in contract["paths"].items() if self.reach.has(path)}
        schema = schemathesis.openapi.from_dict(contract, config=config)
        schema.app = self.app
        schema.config.update(base_url=self.url, request_timeout=TIMEOUT_SECONDS)
        # Credentials are the provider's: one that is made up would only ever be refused.
        schema.config.generation.update(max_examples=self.examples, database="none", with_security_parameters=False)
        # Another operation may want another: schemathesis would send those of the first for five minutes.
        schema.auth(refresh_interval=None)(self._provider())
        schema.hook(failure_filter(self.may_refuse))
        if self.boundaries is not None:
            schema.hook(self._choice(self.boundaries))
        teach_bodies()
        teach_formats()
        return schema

    def check(self, case: schemathesis.Case[Any]) -> None:
        """Send *case* and judge the answer by every check."""
        __tracebackhide__ = True
        label = case.operation.label
        if case.method == label.partition(" ")[0]:
            method: Any = meant(label).partition(" ")[0]  # perhaps one that schemathesis does not know
            case.method = method
        try:
            case.call_and_validate(checks=named_checks(CHECKS))
        except SerializationNotPossible:
            # A wrong value that its media type can't carry, such as an array of arrays in a PDF, is never sent.
            hypothesis.reject()

    def _choice(self, boundaries: int) -> Callable[..., bool]:
        """Return a hook of schemathesis that leaves out requests before they are tests: a schema may have 9000."""

        def filter_case(_context: HookContext, case: schemathesis.Case[Any]) -> bool:
            """Return whether *case* is tried; schemathesis knows this hook by its name."""
            if case.meta is None or case.meta.phase.name != _BOUNDARIES:
                return True
            label = case.operation.label
            if label not in self._budgets:
                self._budgets[label] = Budget(boundaries, f"{self.seed} {label}")
            return self._budgets[label].takes_another()

        return filter_case

    def may_refuse(self, operation: OperationCase, status: int) -> bool:
        """Whether *status* may refuse a request of *operation* that keeps its schema; the stub has no such rules."""
        is_declared = str(status) in CONDITIONAL & operation.statuses
        return not self.is_stub and (is_declared or status in self.refusals.get(operation.id, ()))

    def credentials(self, operation: OperationCase) -> dict[str, str]:
        """Return what is sent to be admitted, by name of the security scheme; nothing when it is not known."""
        return next(iter(self.alternatives(operation)), {})

    def alternatives(self, operation: OperationCase) -> list[dict[str, str]]:
        """Return the credentials of each alternative of *operation* that can be satisfied."""
        found = ({name: self._credential(name) for name in alternative} for alternative in operation.security)
        return [
            {name: value for name, value in each.items() if value is not None}
            for each in found
            if None not in each.values()
        ]

    def _credential(self, scheme: str) -> str | None:
        """Return what is sent for *scheme*: of the headers that were given, else the stub's."""
        credential = load_cases().credentials.get(scheme)
        if credential is None:
            return None
        given = {name.lower(): value for name, value in self.headers.items()}
        if credential.location == "header" and credential.name.lower() in given:
            return given[credential.name.lower()]
        return credential.sample if self.has_sample_credentials else None

    def _provider(self) -> type[Any]:
        target, cases = self, load_cases()

        class Credentials:
            """Puts the credentials of an operation into its requests."""

            def get(self, case: schemathesis.Case[Any], _context: object) -> dict[str, str]:
                operation = cases.operations.get(meant(case.operation.label))
                return {} if operation is None else target.credentials(operation)

            def set(self, case: schemathesis.Case[Any], data: dict[str, str], _context: object) -> None:
                case.headers = case.headers or type(case.headers)()
                case.headers.update(target.headers)
                for scheme, value in data.items():
                    credential = cases.credentials[scheme]
                    match credential.location:
                        case "query":
                            case.query = {**(case.query or {}), credential.name: value}
                        case "cookie":
                            case.cookies = {**(case.cookies or {}), credential.name: value}
                        case _:
                            case.headers[credential.name] = value

        return Credentials

    def fresh(self) -> None:
        """Bring back what earlier tests deleted from the stub."""
        if self.is_stub:
            package = load_cases().package
            importlib.import_module(f"{package}.sample").SAMPLES.forget()
            if has_receiver():
                importlib.import_module(f"{package}.webhooks.sample").SAMPLES.forget()

    @contextlib.contextmanager
    def client(self) -> Iterator[httpx2.Client]:
        """Yield a client whose URLs begin below the base of the service."""
        if self.app is None:
            with httpx2.Client(timeout=TIMEOUT_SECONDS) as client:
                yield client
        else:
            self.app.client.cookies.clear()
            yield self.app.client

    def request(self, client: httpx2.Client, wire: Wire, credentials: Mapping[str, str]) -> httpx2.Request:
        """Return *wire* with *credentials*, ready to be sent."""
        known = load_cases().credentials
        own = {credential.name.lower() for credential in known.values() if credential.location == "header"}
        headers = [*(pair for pair in self.headers.items() if pair[0].lower() not in own), *wire.headers]
        pairs = [wire.query] if wire.query else []
        for scheme, value in credentials.items():
            credential = known[scheme]
            match credential.location:
                case "query":
                    pairs.append(f"{quote(credential.name)}={quote(value)}")
                case "cookie":
                    headers.append(("Cookie", f"{credential.name}={value}"))
                case _:
                    headers.append((credential.name, value))
        # A path may have a query of its own.
        url = self.url + wire.path + (("&" if "?" in wire.path else "?") + "&".join(pairs) if pairs else "")
        return client.build_request(wire.method, url, headers=headers, content=wire.body)


def named_checks(names: tuple[str, ...]) -> list[Any]:
    """Return the checks of schemathesis called *names*."""
    return [getattr(schemathesis.checks, name) for name in names]


def is_url(text: str) -> bool:
    """Whether *text* can be the base of a service."""
    parts = urlsplit(text)
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
