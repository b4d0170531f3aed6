"""Verdicts of schemathesis that are provably wrong, each with its proof; everything else stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from schemathesis import Case, HookContext, Response

from .cases import Ambiguities, OperationCase, load_cases
from .contract import meant
from .proofs import is_body_right, is_body_wrong, negative_parts
from .read_forms import is_form_right
from .spelled_forms import is_one_part, is_without_parts
from .spelled_queries import is_query_right, is_query_wrong

_IMPLICIT = {"HEAD", "OPTIONS"}
_WRONG_PARAMETER = re.compile(
    r"parameter `(?P<name>[^`\n]+)` in query - violates `type` at /properties/(?P=name)(?: \(.*\))?$", re.MULTILINE
)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?")
"""Of JSON (RFC 8259, 6)."""
_NONE = Ambiguities(frozenset(), frozenset(), frozenset(), frozenset(), {})


def failure_filter(may_refuse: Callable[[OperationCase, int], bool]) -> Callable[..., bool]:
    """Return a hook of schemathesis; *may_refuse* says which statuses refuse by a rule that no schema tells."""

    def filter_failure(_context: HookContext, failure: Any, case: Case[Any], response: Response) -> bool:
        """Return whether *failure* stands; schemathesis knows this hook by its name."""
        operation = load_cases().operations.get(meant(case.operation.label))
        ambiguities = _NONE if operation is None else operation.ambiguities
        match failure.code:
            case "ST201":  # a request that breaks the schema is accepted
                unsent = _is_undeclared_property_unsent(failure.message, response, ambiguities)
                unsent = unsent or _is_undeclared_parameter(failure.message, case)
                is_right = _is_empty_array(response, ambiguities) or _is_file(case, ambiguities)
                is_right = is_right or _is_right_as_sent(case, response)
                is_spelling = _is_text(case, ambiguities) or _is_integer(failure.message, response, ambiguities)
                is_spelling = is_spelling or is_one_part(failure.message, case)
                return not (unsent or is_right or is_spelling or _is_refused(response))
            case "ST202":  # a request that keeps the schema is refused
                is_rule = operation is not None and may_refuse(operation, response.status_code)
                is_unsent = _is_packed(response, ambiguities) or is_without_parts(case)
                is_wrong = _is_known_to_be_wrong(case) or is_body_wrong(case, response)
                is_wrong = is_wrong or is_query_wrong(case, response) or is_form_right(case, response) is False
                return not (is_rule or is_unsent or is_wrong)
            case "ST104" | "ST109":  # no content, or one that is not declared
                return not _is_without_content(response)
            case "ST205":  # `Allow` says other methods than the path item
                return not _is_of_all_templates(case, response)
            case _:
                return True

    return filter_failure


def _is_right_as_sent(case: Case[Any], response: Response) -> bool:
    """Whether all that is said to be wrong is right when it arrives: it is the body, the query or both."""
    wrong = negative_parts(case)
    is_right = bool(wrong) and wrong <= {"body", "query"}
    if is_right and "body" in wrong:
        is_right = is_body_right(case, response) or is_form_right(case, response) is True
    return is_right and ("query" not in wrong or is_query_right(case, response))


def _is_of_all_templates(case: Case[Any], response: Response) -> bool:
    """Whether `Allow` says the methods of the template, and others only of templates that the path fits, too."""
    allowed = {name.strip() for value in response.headers.get("allow", ()) for name in value.split(",")} - _IMPLICIT
    own = load_cases().methods(case.operation.path) - _IMPLICIT
    sent = urlsplit(response.request.url or "").path
    base = urlsplit(case.operation.schema.get_base_url()).path.rstrip("/")
    return own <= allowed <= own | load_cases().methods_at(sent.removeprefix(base))


def _is_without_content(response: Response) -> bool:
    """Whether HTTP allows the answer no content, whatever is declared (RFC 9110, 6.4.1)."""
    status = response.status_code
    return response.request.method == "HEAD" or status < 200 or status in {204, 205, 304}  # noqa: PLR2004 - of HTTP


def _is_undeclared_parameter(message: str, case: Case[Any]) -> bool:
    """Whether nothing is wrong with the query but a parameter that isn't declared, which OpenAPI does not forbid.

    schemathesis knows this, but compares the path that was sent with the template, whose fixed query was no path.
    """
    return "?" in case.operation.path and "in query - object with unexpected properties" in message.lower()


def _is_empty_array(response: Response, ambiguities: Ambiguities) -> bool:
    """Whether `name=` or an empty header was sent for an array: it spells the empty one, and that of one empty text.

    OpenAPI 3.1.1 (Style Examples) leaves both without a spelling of their own.
    """
    headers = ((name.lower(), value) for name, value in response.request.headers.items())
    return any(name in ambiguities.arrays and not value for name, value in _sent_query(response)) or any(
        name in ambiguities.array_headers and not value.strip() for name, value in headers
    )


def _is_undeclared_property_unsent(message: str, response: Response, ambiguities: Ambiguities) -> bool:
    """Whether the undeclared property of an object in the query was lost when it was written: none is in the query."""
    sent = [name for name, _ in _sent_query(response)]
    for name, declared in ambiguities.objects.items():
        if f"parameter `{name}` in query" in message and "`additionalProperties`" in message:
            found = {key.removeprefix(f"{name}[").partition("]")[0] for key in sent if key.startswith(f"{name}[")}
            return found <= declared
    return False


def _is_refused(response: Response) -> bool:
    """Whether the request was refused in a way that schemathesis does not know: as too large (RFC 9110, 15.5.14)."""
    return response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def _is_file(case: Case[Any], ambiguities: Ambiguities) -> bool:
    """Whether a part that is declared as a file got a value of another type: as a part any bytes are a file."""
    return isinstance(case.body, dict) and not ambiguities.files.isdisjoint(case.body)


def _is_text(case: Case[Any], ambiguities: Ambiguities) -> bool:
    """Whether a body that is text as it stands got a value of another type: written down, that is text, too."""
    return case.media_type in ambiguities.texts and not isinstance(case.body, str) and negative_parts(case) == {"body"}


def _is_integer(message: str, response: Response, ambiguities: Ambiguities) -> bool:
    """Whether the one number sent for an integer is one, be it the only item of an array: `0.0` spells 0, too.

    Numbers without a fraction are integers (JSON Schema 2020-12, Core, 6.3).
    """
    found = _WRONG_PARAMETER.search(message)
    sent = [value for name, value in _sent_query(response) if found is not None and name == found["name"]]
    if found is None or found["name"] not in ambiguities.integers or len(sent) != 1:
        return False
    return _NUMBER.fullmatch(sent[0]) is not None and float(sent[0]).is_integer()


def _is_known_to_be_wrong(case: Case[Any]) -> bool:
    """Whether schemathesis says of its own request that a component breaks the schema.

    Its coverage phase takes the quotes off a header that it generated with them, and counts the request as valid.
    """
    return case.meta is not None and any(part.mode.is_negative for part in case.meta.components.values())


def _is_packed(response: Response, ambiguities: Ambiguities) -> bool:
    """Whether a delimiter between items was sent escaped, which makes it a character of an item (RFC 6570, 3.2.1)."""
    query = urlsplit(response.request.url or "").query
    pairs = (pair.partition("=") for pair in query.split("&"))
    return any(name in ambiguities.packed and "%2C" in value for name, _, value in pairs)


def _sent_query(response: Response) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(response.request.url or "").query, keep_blank_values=True)
