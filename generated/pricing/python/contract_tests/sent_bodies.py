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

_FORM: Final = "application/x-www-form-urlencoded"
_YAML: Final = (
    "application/yaml",
    "application/x-yaml",
    "text/yaml",
    "text/x-yaml",
    "text/vnd.yaml",
    "text/yml",
)
"""Those that schemathesis writes; what ends in `+yaml` it takes for one of these."""
_NUMBERS: Final = (
    ("int", re.compile(r"^(?:[-+]?[0-9]+|0o[0-7]+)$"), "-+0123456789"),
    ("float", re.compile(r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$"), "-+.0123456789"),
)


class _Dumper(yaml.SafeDumper):
    """Puts into quotation marks what either YAML 1.1 or YAML 1.2 takes for no text."""


for _name, _pattern, _first in _NUMBERS:
    _Dumper.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", _pattern, list(_first))
# What schemathesis has for bytes within a document is text there, as in JSON.
_Dumper.add_multi_representer(str, lambda dumper, text: dumper.represent_str(str(text)))


def teach_bodies() -> None:
    """Let schemathesis write YAML as it is read, and objects in forms so that they arrive."""
    schemathesis.serializer(*_YAML)(_yaml)
    schemathesis.serializer(_FORM)(_form)


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
    """
    match value:
        case None | bytes():
            return value
        case str():
            return value.encode()
        case Mapping():
            made = context.case.body if isinstance(context.case.body, Mapping) else {}
            pairs = [(name, part) for name, item in value.items() for part in _parts(item, made.get(name))]
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
