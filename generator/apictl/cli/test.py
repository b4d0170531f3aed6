"""`apictl test`: does a service keep its contract?"""

from __future__ import annotations

from typing import Annotated, Final

import typer

TEST_EXAMPLES: Final = """\b
Examples:
  apictl test                                        every service's stub
  apictl test pricing --app pricing.main:app         an ASGI application, in this process
  apictl test pricing --url http://localhost:8000/v1 --header "Authorization: Bearer …"
  apictl test trips --url http://localhost:8000 --refusal listTrips=400
  apictl test payments --receiver billing.main:app   what receives the webhooks of another service
  apictl test pricing --handlers pricing.main:make   handlers of events
  apictl test pricing --service pricing.main:run     a whole service, given a transport
  apictl test pricing --broker log=kafka://localhost:9092 --broker queues=amqp://localhost
  apictl test pricing --seed 7 -k create_quote       one operation, other values
"""


def _service_names() -> list[str]:
    """Return the names that the shell may complete."""
    from apictl.cli import generate_run  # noqa: PLC0415 - `apictl --help` must stay fast

    return generate_run.service_names()


_App = Annotated[
    str, typer.Option("--app", metavar="MODULE:ATTRIBUTE", help="An ASGI application instead of the stub.")
]
_Receiver = Annotated[
    str, typer.Option("--receiver", metavar="MODULE:ATTRIBUTE", help="An ASGI application that receives webhooks.")
]
_Headers = Annotated[
    list[str] | None,
    typer.Option("--header", "-H", metavar="NAME: VALUE", help="Sent with every request; may be repeated."),
]
_Refusals = Annotated[
    list[str] | None,
    typer.Option(
        "--refusal",
        metavar="OPERATION=STATUS",
        help="Business rules may refuse valid requests of this operation so; may be repeated.",
    ),
]

_Handlers = Annotated[
    str, typer.Option("--handlers", metavar="MODULE:ATTRIBUTE", help="Makes handlers of events, not the stub's.")
]
_Service = Annotated[
    str, typer.Option("--service", metavar="MODULE:ATTRIBUTE", help="Starts a service of events, given a transport.")
]
_Brokers = Annotated[
    list[str] | None,
    typer.Option("--broker", metavar="[NAME=]URL", help="Test events on it, not in memory; may be repeated."),
]
_DeadLetters = Annotated[
    str, typer.Option("--dead-letters", metavar="ADDRESS", help="Where --service sends its dead letters.")
]

_Boundaries = Annotated[
    int | None,
    typer.Option("--boundaries", min=1, help="About so many requests of an operation's boundaries, not all of them."),
]
_Outbox = Annotated[
    bool, typer.Option("--outbox", help="What the service sends comes from an outbox, after the acknowledgement.")
]


def run_tests(  # noqa: PLR0913 - one parameter an option
    services: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SERVICE]...", help="All when none is named.", autocompletion=_service_names),
    ] = None,
    *,
    app: _App = "",
    url: Annotated[str, typer.Option("--url", help="A running service; the base of every path.")] = "",
    receiver: _Receiver = "",
    header: _Headers = None,
    sample_credentials: Annotated[
        bool, typer.Option("--sample-credentials", help="Send the stub's credentials to --app or --url.")
    ] = False,
    handlers: _Handlers = "",
    service: _Service = "",
    broker: _Brokers = None,
    dead_letters: _DeadLetters = "",
    outbox: _Outbox = False,
    refusal: _Refusals = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Decides which values are tried.")] = 1,
    examples: Annotated[int, typer.Option("--examples", min=1, help="Random requests an operation, or messages.")] = 20,
    boundaries: _Boundaries = None,
    only: Annotated[str, typer.Option("-k", metavar="EXPRESSION", help="Only these tests, as pytest's -k.")] = "",
) -> None:
    """Run the contract tests of services, against their stubs unless told otherwise.

    Each operation gets valid and invalid requests, and every answer is judged by the contract. Each message that a
    service receives is sent to it, valid and invalid, and all that it sends then is judged. Exit code 1 says that a
    service breaks its contract, 2 that it could not be tested.

    A rule that no schema tells, such as a quote of somebody else, may refuse a valid request with a status that the
    contract declares: 404, 409, 410, 412, 428 and 429 always, others as --refusal or `refusals` in apictl.yaml says.
    The stub has no such rules.
    """
    from apictl.cli import test_run  # noqa: PLC0415 - `apictl --help` must stay fast

    target = test_run.Target(app, url, tuple(header or ()), tuple(refusal or ()), sample_credentials, receiver)
    events = test_run.EventTarget(handlers, service, dead_letters, tuple(broker or ()), has_outbox=outbox)
    wish = test_run.Wish(tuple(services or ()), target, test_run.Effort(seed, examples, boundaries), only, events)
    raise typer.Exit(test_run.run(wish))
