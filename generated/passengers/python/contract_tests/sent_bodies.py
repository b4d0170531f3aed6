"""Bodies as the tests send them, where schemathesis writes something else than the value that it made."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlencode

import schemathesis
import yaml
from schemathesis import SerializationContext

from .cases import load_cases
from .contract import meant
from .proofs import body_media
from .read_forms import DEEP, FORM

_YAML: Final = (
    "application/yaml",
    "application/x-yaml",
    "text/yaml",
    "text/x-yaml",
    "text/vnd.yaml",
    "text/yml",
)
"""Those that schemathesis writes; what ends in `+yaml` it takes for one of these."""
_LINE_BREAKS: Final = frozenset("\x85\u2028\u2029")
_NUMBERS: Final = (
    ("int", re.compile(r"^(?:[-+]*[0-9]+|0o[0-7]+)$"), "-+0123456789"),
    ("float", re.compile(r"^[-+]*(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$"), "-+.0123456789"),
)


def _written(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Return *text* with what ends a line in YAML 1.1, but not in YAML 1.2 (5.4), escaped."""
    is_escaped = not _LINE_BREAKS.isdisjoint(text)
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if is_escaped else None)


class _Dumper(yaml.SafeDumper):
    """Puts into quotation marks what either YAML 1.1 or YAML 1.2 takes for no text."""


for _name, _pattern, _first in _NUMBERS:
    _Dumper.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", _pattern, list(_first))
# What schemathesis has for bytes within a document is text there, as in JSON.
_Dumper.add_multi_representer(str, lambda dumper, text: _written(dumper, str(text)))
_Dumper.add_representer(str, _written)


def teach_bodies() -> None:
    """Let schemathesis write YAML as it is read, and objects in forms so that they arrive."""
    schemathesis.serializer(*_YAML)(_yaml)
    schemathesis.serializer(FORM)(_form)


def _yaml(context: SerializationContext, value: Any) -> bytes | None:
    data = getattr(value, "data", value)
    if isinstance(data, bytes):
        return data
    operation = load_cases().operations.get(meant(context.case.operation.label))
    if isinstance(value, str) and operation is not None and context.case.media_type in operation.ambiguities.texts:
        return value.encode()
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True).encode()


def _form(context: SerializationContext, value: Any) -> bytes | None:
    """Return *value*, whose properties are in their styles: an object that is left is JSON (OpenAPI 3.1, 4.8.15).

    Of a list of objects nothing but the names of their properties would be sent, and null and booleans within as texts.
    Within the style `deepObject` all is in brackets.
    """
    match value:
        case None | bytes():
            return value
        case str():
            return value.encode()
        case Mapping():
            made = context.case.body if isinstance(context.case.body, Mapping) else {}
            deep = {name: made[name] for name in _deep(context.case) if isinstance(made.get(name), list | dict)}
            flat = {name: item for name, item in value.items() if name.partition("[")[0] not in deep}
            pairs = [(name, part) for name, item in flat.items() for part in _parts(item, made.get(name))]
            pairs += [pair for name, item in deep.items() for pair in _in_brackets(name, item)]
            return urlencode(pairs).encode()
        case _:
            return json.dumps(value).encode()


def _parts(item: Any, made: Any) -> Iterator[Any]:
    """Yield what stands under one name: *item* is the property in its style, of the value that was *made*."""
    is_as_made = type(item) is type(made) and isinstance(item, list | dict)
    found = made if is_as_made else item
    for part in found if isinstance(found, list) else [found]:
        yield (
            part
            if isinstance(part, str | int | float) and not isinstance(part, bool)
            else json.dumps(part, default=str)
        )


def _deep(case: schemathesis.Case[Any]) -> list[str]:
    """Return the properties of the form of *case* that are declared in the style `deepObject`."""
    media = body_media(case.operation.path, case.operation.method.lower(), FORM)
    return [name for name, encoding in media.get("encoding", {}).items() if encoding.get("style") == DEEP]


def _in_brackets(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """Yield *value* as it is written by custom: of what is empty, or null, nothing."""
    match value:
        case dict():
            for key, each in value.items():
                yield from _in_brackets(f"{name}[{key}]", each)
        case list() if any(isinstance(each, list | dict) for each in value):
            for index, each in enumerate(value):
                yield from _in_brackets(f"{name}[{index}]", each)
        case list():
            for each in value:
                yield from _in_brackets(f"{name}[]", each)
        case str():
            yield name, value
        case None:
            return
        case _:
            yield name, json.dumps(value, default=str)
