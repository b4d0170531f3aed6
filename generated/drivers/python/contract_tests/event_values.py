"""Random messages of a JSON Schema, the same ones for one seed, and the smallest of those that show a fault."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

import hypothesis
import hypothesis.errors
from hypothesis import strategies

from .event_schemas import Draw, Values

Message: TypeAlias = "tuple[Mapping[str, Any], Any]"
"""Headers and payload."""

_SHRINKING_SECONDS: Final = 10.0
_HEADER_ALPHABET: Final = strategies.characters(min_codepoint=0x20, max_codepoint=0x7E)
_PAYLOAD_ALPHABET: Final = strategies.characters(exclude_categories=["Cs"], exclude_characters="\0")


class Explorer:
    """Thinks up messages."""

    def __init__(self, *, seed: int, examples: int) -> None:
        """Think up as many *examples* as are asked for; *seed* decides which."""
        self._seed = seed
        self._examples = examples

    def __call__(
        self,
        material: Any,
        is_valid: Callable[[Mapping[str, Any], Any], bool],
        attempt: Callable[[Mapping[str, Any], Any], None],
    ) -> None:
        """Call *attempt* with valid messages of *material*; raise what it raises for the smallest."""
        patient = _Patient(attempt)

        @hypothesis.seed(self._seed)
        @hypothesis.settings(
            max_examples=self._examples,
            deadline=None,
            database=None,
            print_blob=False,
            report_multiple_bugs=False,
            phases=(hypothesis.Phase.generate, hypothesis.Phase.shrink),
            suppress_health_check=list(hypothesis.HealthCheck),
        )
        @hypothesis.given(_messages(material))
        def search(message: Message) -> None:
            hypothesis.assume(is_valid(*message))
            patient.attempt(message)

        try:
            search()
        except hypothesis.errors.Unsatisfiable:
            # Those that were prepared are all that could be found.
            return


class _Patient:
    """Tries messages; once one has failed, others only as long as there is time to look for a smaller one."""

    def __init__(self, attempt: Callable[[Mapping[str, Any], Any], None]) -> None:
        self._attempt = attempt
        self._failures: dict[str, AssertionError] = {}
        self._end = 0.0

    def attempt(self, message: Message) -> None:
        name = json.dumps(message)
        if name in self._failures:
            raise self._failures[name]
        if self._failures and time.monotonic() > self._end:
            return
        try:
            self._attempt(*message)
        except AssertionError as failure:
            self._end = self._end or time.monotonic() + _SHRINKING_SECONDS
            self._failures[name] = failure
            raise


@strategies.composite
def _messages(draw: Draw, material: Any) -> Message:
    """Draw headers and payload, each of its schema or as a valid message has it."""
    known_headers, known_payload = draw(strategies.sampled_from(material.known))
    headers, payload = dict(known_headers), known_payload
    if isinstance(material.headers, dict) and draw(strategies.booleans()):
        found = Values(draw, material.resolve, _HEADER_ALPHABET).value((material.headers,))
        headers = found if isinstance(found, dict) else headers
    if draw(strategies.integers(0, 7)):
        payload = Values(draw, material.resolve, _PAYLOAD_ALPHABET).value((material.payload,))
    return headers, payload
