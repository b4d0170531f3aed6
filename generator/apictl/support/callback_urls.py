"""Where callbacks go: runtime expressions, evaluated with what the triggering request carried."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel

from .pointers import unescape_token
from .sending import checked_url
from .shapes import to_json_value

_EXPRESSION: Final = re.compile(r"\{(\$[^{}]+)\}")
_BODY: Final = "$request.body"


def callback_url(expression: str, values: Mapping[str, Any]) -> str:
    """Return the URL that *expression*, such as `{$request.body#/callbackUrl}/ended`, is with *values*.

    *values* are the body of the request by `$request.body`, and its parameters by the expressions that name them. What
    a caller names may be any host, also one of the own network: whoever sends there says which are allowed.

    Raises:
        ValueError: nothing is where the expression looks, or what comes of it is no absolute URL of http or https.
    """
    whole = f"{{{expression}}}" if expression.startswith("$") else expression
    url = _EXPRESSION.sub(lambda found: _text(found[1], values), whole)
    checked_url(url)
    return url


def _text(expression: str, values: Mapping[str, Any]) -> str:
    name, _, pointer = expression.partition("#")
    value = values.get(name)
    if isinstance(value, BaseModel | dict | list):
        value = to_json_value(type(value), value)
    for step in pointer.split("/")[1:] if name == _BODY else ():
        value = _below(value, unescape_token(step))
    plain = to_json_value(type(value), value)
    if isinstance(plain, bool | dict | list) or plain is None:
        raise ValueError(f"the request says nothing at {expression!r}")
    return str(plain)


def _below(value: Any, step: str) -> Any:
    match value:
        case dict():
            return value.get(step)
        case list() if step.isdecimal() and int(step) < len(value):
            return value[int(step)]
        case _:
            return None
