"""Forms read back by the styles of their properties: what was sent counts, not what it was written from.

Of nested values OpenAPI 3.1.1 (Style Examples) leaves the spelling open; names in brackets, one within the other, are
what everybody writes. They know no empty array or object, no null, and of one value nobody can tell whether it is an
array of it. So what was to be a wrong value is often a right one when it arrives, and the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import unquote_plus

from schemathesis import Case, Response

from .guides import Guide
from .proofs import body_media, said, validator_of
from .query_values import DELIMITERS, Pairs, Values, delimited, either, in_brackets, named, repeated

FORM: Final = "application/x-www-form-urlencoded"
DEEP: Final = "deepObject"
_STYLE: Final = "form"


def is_form_right(case: Case[Any], response: Response) -> bool | None:
    """Return whether the form that was sent has a meaning that the contract accepts; None where nothing is proved."""
    if case.media_type != FORM:
        return None
    media = body_media(case.operation.path, case.operation.method.lower(), FORM)
    validator = validator_of(media["schema"]) if "schema" in media else None
    if validator is None:
        return None
    form = _Form(media)
    meant = named([(name, form.values(name, pairs)) for name, pairs in form.by_name(_sent(response)).items()])
    if any(map(validator.is_valid, meant.found)):
        return True
    return False if meant.are_all else None


def _sent(response: Response) -> Iterator[tuple[str, str]]:
    body = response.request.body
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else str(body or "")
    for pair in filter(None, text.split("&")):
        name, _, value = pair.partition("=")
        yield unquote_plus(name), value


class _Form:
    """A form as the contract declares it."""

    def __init__(self, media: Mapping[str, Any]) -> None:
        """Read by *media*, a Media Type Object."""
        self._encoding: Mapping[str, Any] = media.get("encoding", {})
        self._guide = Guide(media["schema"])
        self._declared = {name for each in said(media["schema"]) for name in each.get("properties", ())}

    def by_name(self, sent: Iterable[tuple[str, str]]) -> dict[str, Pairs]:
        """Return the pairs that were *sent* by their property: a declared name, or what stands before brackets."""
        found: dict[str, list[tuple[str, str]]] = {}
        for name, text in sent:
            bare, bracket, _ = name.partition("[")
            is_plain = name in self._declared or not bare or not bracket or not name.endswith("]")
            found.setdefault(name if is_plain else bare, []).append((name, text))
        return {name: tuple(pairs) for name, pairs in found.items()}

    def values(self, name: str, pairs: Pairs) -> Values:
        """Return what *pairs*, all of the property *name*, may mean."""
        return self._guide.kept((name,), self._meant(name, pairs))

    def _meant(self, name: str, pairs: Pairs) -> Values:
        own = [text for given, text in pairs if given == name]
        declared = self._encoding.get(name, {})
        style = str(declared.get("style", _STYLE))
        if len(own) < len(pairs) or style == DEEP:
            return in_brackets(name, pairs, lambda path, values: self._guide.kept((name, *path), values))
        if len(own) == 1 and declared.get("explode", style == _STYLE) is False and style in DELIMITERS:
            return either(repeated(own), delimited(own[0], DELIMITERS[style]))
        return repeated(own)
