"""Where the parameters of a request stand, and what each of them reads like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, assert_never
from urllib.parse import unquote, unquote_plus

from .alphabets import COOKIE, HEADER, PATH, QUERY, RAW_COOKIE, Alphabet
from .brackets import owns, read_brackets
from .declarations import Parameter
from .documents import is_form, is_json, read_json
from .guidance import Guide
from .readings import Reading, outermost, value_of
from .styles import MAX_ITEMS, Pair, Spelling, read_members, read_pairs, read_text

_DOTS: Final = {"%2e": ".", "%2e%2e": ".."}


@dataclass(frozen=True, slots=True)
class RawRequest:
    """The parts of a request that hold parameters, as they came.

    Attributes:
        path_values: by the name in the path template, still percent-encoded.
        query: without the question mark, still percent-encoded.
        headers: names and values, decoded as Latin-1; cookies are among them.
    """

    path_values: Mapping[str, str]
    query: str
    headers: Sequence[tuple[str, str]]


class Sources:
    """The parameters of one request, each found where it is declared."""

    def __init__(self, parameters: tuple[Parameter, ...], raw: RawRequest, guide: Guide) -> None:
        """Find *parameters* in *raw*; *guide* tells which query parameters may be objects."""
        self.guide = guide
        self._parameters = parameters
        self._raw = raw

    def reading(self, parameter: Parameter) -> Reading | None:
        """Return what *parameter* reads like; None when it is not given.

        Raises:
            UnicodeDecodeError: it holds bytes that are no UTF-8.
            ValueError: it is not written in its style.
        """
        match parameter.location:
            case "path":
                return self._in_path(parameter)
            case "query":
                reading = self._in_pairs(parameter, self._query, QUERY)
                return None if parameter.allow_empty and self._says_nothing(parameter, reading) else reading
            case "querystring":
                return self._in_whole_query(parameter)
            case "header":
                text = self._headers.get(parameter.name.lower())
                spelling = Spelling(parameter.name, "simple", parameter.explode, HEADER)
                return None if text is None else read_header(text, spelling, parameter.media_type)
            case "cookie":
                return self._in_pairs(parameter, self._cookies, RAW_COOKIE if parameter.style == "cookie" else COOKIE)
            case _:
                assert_never(parameter.location)

    @cached_property
    def _query(self) -> tuple[Pair, ...]:
        if self._raw.query.count("&") > MAX_ITEMS:
            raise ValueError(f"the query has more than {MAX_ITEMS} values")
        pairs = (part.partition("=") for part in self._raw.query.split("&") if part)
        return tuple((unquote_plus(name), value) for name, _, value in pairs)

    @cached_property
    def _headers(self) -> Mapping[str, str]:
        joined: dict[str, str] = {}
        for name, value in self._raw.headers:
            key, text = name.lower(), value.strip(" \t")
            # RFC 9110, 5.2: several field lines of one name are one value, joined by commas.
            joined[key] = f"{joined[key]}, {text}" if key in joined else text
        return joined

    @cached_property
    def _cookies(self) -> tuple[Pair, ...]:
        lines = (value for name, value in self._raw.headers if name.lower() == "cookie")
        pairs = (part.strip(" \t").partition("=") for line in lines for part in line.split(";"))
        return tuple((unquote(name), _unquoted(value)) for name, sign, value in pairs if sign)

    def _says_nothing(self, parameter: Parameter, reading: Reading | None) -> bool:
        """Whether *parameter* may be missing and is only named, which is none of its values."""
        if reading is None or reading.text != "" or parameter.is_required:
            return False
        schema = self.guide.judge.schema(parameter.schema)
        return not self.guide.judge.fits(schema, value_of(reading, (schema,), self.guide))

    def _in_path(self, parameter: Parameter) -> Reading | None:
        raw = self._raw.path_values.get(parameter.name)
        if raw is None:
            return None
        if parameter.media_type is not None:
            return read_document(PATH.unescape(raw), parameter.media_type)
        # Dots alone were written escaped, lest they be taken for a step in the path.
        raw = _DOTS.get(raw.lower(), raw)
        reading = read_text(raw, Spelling(parameter.name, parameter.style, parameter.explode, PATH))
        if reading is None:
            raise ValueError(f"is not written in style {parameter.style}")
        return reading

    def _in_whole_query(self, parameter: Parameter) -> Reading | None:
        media_type = parameter.media_type or ""
        if not self._raw.query:
            return self._traceless(parameter)
        if is_form(media_type):
            return read_members(self._query, Spelling(parameter.name, "form", explode=True, alphabet=QUERY))
        return read_document(QUERY.unescape(self._raw.query), media_type)

    def _in_pairs(self, parameter: Parameter, pairs: tuple[Pair, ...], alphabet: Alphabet) -> Reading | None:
        spelling = Spelling(parameter.name, parameter.style, parameter.explode, alphabet)
        if parameter.media_type is None and parameter.style == "deepObject":
            return read_brackets(pairs, spelling) or self._traceless(parameter)
        own = [value for name, value in pairs if name == parameter.name]
        if parameter.media_type is not None:
            if len(own) > 1:
                raise ValueError(f"is given {len(own)} times")
            return read_document(alphabet.unescape(own[0]), parameter.media_type) if own else None
        exploded = self._exploded(parameter, pairs, spelling) if parameter.explode else None
        if not own:
            return exploded
        reading = read_pairs(own, spelling)
        if reading is None:
            raise ValueError(f"is given {len(own)} times")
        # A property may have the name of the parameter.
        return outermost(reading, reading.members if exploded is None else exploded.members)

    def _exploded(self, parameter: Parameter, pairs: tuple[Pair, ...], spelling: Spelling) -> Reading | None:
        """Return the reading of an object whose properties stand in the request by themselves."""
        schemas = (self.guide.judge.schema(parameter.schema),)
        if not self.guide.allows(schemas, "object"):
            return None
        wanted = frozenset(self.guide.declared(schemas))
        if self.guide.is_open(schemas):
            wanted |= {name for name, _ in pairs if not self._is_claimed(name, parameter)}
        own = [(name, value) for name, value in pairs if name in wanted]
        return read_members(own, spelling) if own else self._traceless(parameter)

    def _traceless(self, parameter: Parameter) -> Reading | None:
        """Return the empty object where it is what must have been sent: it leaves no trace in a request."""
        schema = self.guide.judge.schema(parameter.schema)
        is_object = all(self.guide.kinds(branch) == {"object"} for branch in self.guide.branches((schema,)))
        return (
            Reading(members={}) if parameter.is_required and is_object and self.guide.judge.fits(schema, {}) else None
        )

    def _is_claimed(self, name: str, candidate: Parameter) -> bool:
        """Return whether *name* belongs to another parameter than *candidate*, in the same place."""
        for parameter in self._parameters:
            if parameter.location != candidate.location or parameter is candidate:
                continue
            is_deep = parameter.media_type is None and parameter.style == "deepObject"
            if owns(parameter.name, name) if is_deep else name == parameter.name:
                return True
        return False


def read_header(text: str, spelling: Spelling, media_type: str | None) -> Reading:
    """Return the readings of the header value *text*.

    Raises:
        ValueError: it is no document of *media_type*.
    """
    text = _as_utf8(text)
    if media_type is None:
        reading = read_text(text, spelling)
        return Reading() if reading is None else reading
    return read_document(text if is_json(media_type) else HEADER.unescape(text), media_type)


def read_document(text: str, media_type: str) -> Reading:
    """Return the reading of a parameter that is one document.

    Raises:
        ValueError: it is no document of *media_type*.
    """
    if not is_json(media_type):
        return Reading(text=text)
    try:
        return Reading(literal=read_json(text.encode()))
    except ValueError as error:
        raise ValueError(f"is no JSON: {error}"[:200]) from None


def _as_utf8(text: str) -> str:
    """Return the field value *text*, decoded as Latin-1, as UTF-8 where it is."""
    try:
        return text.encode("latin-1").decode()
    except ValueError:
        return text


def _unquoted(value: str) -> str:
    """Return a cookie's *value* without the quotes around it (RFC 6265, 4.1.1)."""
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' else value
