"""Queries read back by the styles of their parameters: what was sent counts, not what it was written from.

An exploded object has no name in a query: each name there that no other parameter takes is one of its properties
(OpenAPI 3.1, Style Values; RFC 6570, 3.2.8). So what was to be a wrong value is often a right one when it arrives.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote_plus, urlsplit

from schemathesis import Case, Response

from .guides import Guide
from .proofs import kept_contract, said, validator_of
from .query_values import DELIMITERS, Values, delimited, document, either, in_brackets, members, repeated

_PARAMETERS: Final = "#/components/parameters/"
_PATH_ITEMS: Final = "#/components/pathItems/"
_FORM: Final = "form"
_Pairs = tuple[tuple[str, str], ...]
"""Names as text, values as they stand in the query."""


@dataclass(frozen=True, slots=True)
class _Parameter:
    """A parameter of a query, as the contract declares it."""

    name: str
    style: str
    explode: bool
    is_required: bool
    may_be_empty: bool
    media_type: str | None
    schema: Any

    @property
    def is_exploded_object(self) -> bool:
        """Whether it may be an object whose properties stand in the query by themselves."""
        schemas = [*said(self.schema)]
        kinds = {name for each in schemas for name in _listed(each.get("type"))}
        return self.media_type is None and self.style == _FORM and self.explode and (not kinds or "object" in kinds)

    def owns(self, name: str) -> bool:
        """Whether the *name* in a query is this parameter's own."""
        is_deep = self.media_type is None and self.style == "deepObject"
        return name == self.name or (is_deep and name.startswith(f"{self.name}["))


def is_query_right(case: Case[Any], response: Response) -> bool:
    """Whether the contract accepts what was sent in the query.

    It does where each parameter has a meaning that its schema accepts; a name that no parameter takes is not forbidden.
    """
    found = _parameters(case.operation.path, case.operation.method.lower())
    return found is not None and all(_is_right(each, found, _pairs(response)) for each in found)


def is_query_wrong(case: Case[Any], response: Response) -> bool:
    """Whether what was sent for a parameter of the query means nothing that its schema accepts."""
    found = _parameters(case.operation.path, case.operation.method.lower()) or ()
    return any(_is_right(each, found, _pairs(response)) is False for each in found)


def _is_right(parameter: _Parameter, parameters: tuple[_Parameter, ...], pairs: _Pairs) -> bool | None:
    """Return whether *pairs*, all of a query, have a right value of *parameter*; None where nothing is proved."""
    own = [text for name, text in pairs if name == parameter.name]
    names = _names(parameter, parameters, pairs) if parameter.is_exploded_object else ()
    is_given = any(parameter.owns(name) for name, _ in pairs) or any(names[:1])
    if not parameter.is_required and (not is_given or (parameter.may_be_empty and own == [""])):
        return True
    objects = (members([pair for pair in pairs if pair[0] in each]) for each in names)
    values = either(_values(parameter, own, pairs), *objects)
    validator = validator_of(parameter.schema)
    if validator is not None and any(map(validator.is_valid, values.found)):
        return True
    return None if validator is None or not values.are_all else False


def _values(parameter: _Parameter, own: list[str], pairs: _Pairs) -> Values:
    """Return what *parameter* may mean by its own name, given for *own* among *pairs*."""
    if parameter.media_type is not None:
        is_json = parameter.media_type.partition(";")[0].strip().lower() == "application/json"
        return Values(are_all=False) if not is_json or len(own) != 1 else document(unquote_plus(own[0]))
    if parameter.style == "deepObject":
        return in_brackets(parameter.name, pairs, Guide(parameter.schema).kept)
    if parameter.explode or len(own) != 1:
        return repeated(own) if own else Values()
    return delimited(own[0], DELIMITERS.get(parameter.style, (",",)))


def _names(parameter: _Parameter, parameters: Iterable[_Parameter], pairs: _Pairs) -> tuple[frozenset[str], ...]:
    """Return which names may be the properties of an exploded object: those that are free, and declared ones.

    To an object that is closed somewhere, a free name that it does not declare may mean nothing.
    """
    schemas = [*said(parameter.schema)]
    given = frozenset(name for name, _ in pairs)
    declared = given & {name for each in schemas for name in each.get("properties", ())}
    free = frozenset(name for name in given if not any(each.owns(name) for each in parameters if each is not parameter))
    is_closed = any(False in (each.get("additionalProperties"), each.get("unevaluatedProperties")) for each in schemas)
    narrow = (free & declared, declared) if is_closed else ()
    return tuple(dict.fromkeys((*narrow, free, free | declared)))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _pairs(response: Response) -> _Pairs:
    query = urlsplit(response.request.url or "").query
    pairs = (pair.partition("=") for pair in query.split("&") if pair)
    return tuple((unquote_plus(name), text) for name, _, text in pairs)


@functools.lru_cache(maxsize=8)
def _parameters(path: str, method: str) -> tuple[_Parameter, ...] | None:
    """Return the parameters of a query, those of the path item first; None where one of them is all of it."""
    contract = kept_contract()
    shared = contract.get("components", {})
    item = contract.get("paths", {}).get(path, {})
    item = {**shared.get("pathItems", {}).get(str(item.get("$ref", "")).removeprefix(_PATH_ITEMS), {}), **item}
    found: dict[tuple[Any, Any], Mapping[str, Any]] = {}
    for written in (*item.get("parameters", ()), *item.get(method, {}).get("parameters", ())):
        reference = str(written.get("$ref", "")).removeprefix(_PARAMETERS)
        fields = shared.get("parameters", {}).get(reference, {}) if reference else written
        found[fields.get("in"), fields.get("name")] = fields
    if any(location == "querystring" for location, _ in found):
        return None
    return tuple(_parameter(fields) for (location, _), fields in found.items() if location == "query")


def _parameter(fields: Mapping[str, Any]) -> _Parameter:
    media_type, media = next(iter(fields.get("content", {}).items()), (None, {}))
    style = str(fields.get("style", _FORM))
    return _Parameter(
        name=str(fields["name"]),
        style=style,
        explode=fields.get("explode", style == _FORM) is True,
        is_required=fields.get("required") is True,
        may_be_empty=fields.get("allowEmptyValue") is True,
        media_type=media_type,
        schema=(fields if media_type is None else media).get("schema", True),
    )
