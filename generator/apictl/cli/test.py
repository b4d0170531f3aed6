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
  apictl test pricing --seed 7 -k create_quote       one operation, other values
"""


def _service_names() -> list[str]:
    """Return the names that the shell may complete."""
    from apictl.cli import generate_run  # noqa: PLC0415 - `apictl --help` must stay fast

    return generate_run.service_names()


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


def run_tests(  # noqa: PLR0913 - one parameter an option
    services: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SERVICE]...", help="All when none is named.", autocompletion=_service_names),
    ] = None,
    *,
    app: Annotated[
        str, typer.Option("--app", metavar="MODULE:ATTRIBUTE", help="An ASGI application instead of the stub.")
    ] = "",
    url: Annotated[str, typer.Option("--url", help="A running service; the base of every path.")] = "",
    header: _Headers = None,
    sample_credentials: Annotated[
        bool, typer.Option("--sample-credentials", help="Send the stub's credentials to --app or --url.")
    ] = False,
    handlers: Annotated[
        str, typer.Option("--handlers", metavar="MODULE:ATTRIBUTE", help="Makes handlers of events, not the stub's.")
    ] = "",
    refusal: _Refusals = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Decides which values are tried.")] = 1,
    examples: Annotated[int, typer.Option("--examples", min=1, help="Random requests for each operation.")] = 20,
    only: Annotated[str, typer.Option("-k", metavar="EXPRESSION", help="Only these tests, as pytest's -k.")] = "",
) -> None:
    """Run the contract tests of services, against their stubs unless told otherwise.

    Each operation gets valid and invalid requests, and every answer is judged by the contract. Exit code 1 says that
    a service breaks its contract, 2 that it could not be tested.

    A rule that no schema tells, such as a quote of somebody else, may refuse a valid request with a status that the
    contract declares: 404, 409, 410, 412, 428 and 429 always, others as --refusal or `refusals` in apictl.yaml says.
    The stub has no such rules.
    """
    from apictl.cli import test_run  # noqa: PLC0415 - `apictl --help` must stay fast

    target = test_run.Target(
        app, url, tuple(header or ()), tuple(refusal or ()), has_sample_credentials=sample_credentials
    )
    wish = test_run.Wish(tuple(services or ()), target, seed=seed, examples=examples, only=only, handlers=handlers)
    raise typer.Exit(test_run.run(wish))
