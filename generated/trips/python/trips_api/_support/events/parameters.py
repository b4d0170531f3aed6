"""Parameters of addresses, judged by their schemas, to Python values and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from ..judge import Judge
from ..readings import guide_by, inner, scalar_text, value_of
from ..shapes import from_json_value, to_json_value
from .declarations import Channel, Parameter
from .errors import NotConforming, Reason, Rule, reasons_of


def read_parameters(channel: Channel, address: str, judge: Judge) -> Mapping[str, Any]:
    """Return the parameters in *address*, by argument.

    Raises:
        NotConforming: it is not of *channel*, or the contract refuses one.
    """
    if channel.address is None:
        return {}
    texts = channel.address.values(address)
    if texts is None:
        raise NotConforming(Reason(Rule.ADDRESS, f"{address!r:.100} is not of channel {channel.name}"))
    return {parameter.argument: _read(parameter, texts[parameter.name], judge) for parameter in channel.parameters}


def write_address(channel: Channel, values: Mapping[str, Any], judge: Judge) -> str:
    """Return the address of *channel* with *values*, by argument.

    Raises:
        NotConforming: one is missing, or the contract refuses it.
    """
    if channel.address is None:
        raise NotConforming(Reason(Rule.ADDRESS, f"channel {channel.name} has no address"))
    if not channel.parameters:
        return channel.address.made({})
    texts = {parameter.name: _written(parameter, values, judge) for parameter in channel.parameters}
    try:
        return channel.address.made(texts)
    except (KeyError, ValueError) as error:
        raise NotConforming(Reason(Rule.ADDRESS, str(error))) from None


def _read(parameter: Parameter, text: str, judge: Judge) -> Any:
    if parameter.schema is None:
        return text
    value = value_of(inner(text), (judge.schema(parameter.schema),), guide_by(judge))
    _judge(parameter, value, judge)
    try:
        return from_json_value(parameter.type, value)
    except ValidationError as error:
        raise NotConforming(Reason(Rule.ADDRESS, f"parameter {parameter.name!r}: {error}"[:200])) from None


def _written(parameter: Parameter, values: Mapping[str, Any], judge: Judge) -> str:
    if parameter.argument not in values:
        raise NotConforming(Reason(Rule.ADDRESS, f"parameter {parameter.name!r} is missing"))
    try:
        value = to_json_value(parameter.type, values[parameter.argument])
        text = scalar_text(value)
    except ValueError as error:
        raise NotConforming(Reason(Rule.ADDRESS, f"parameter {parameter.name!r}: {error}"[:200])) from None
    _judge(parameter, value, judge)
    return text


def _judge(parameter: Parameter, value: Any, judge: Judge) -> None:
    refusals = () if parameter.schema is None else judge.refusals(parameter.schema, value)
    if refusals:
        raise NotConforming(*reasons_of(Rule.ADDRESS, refusals))
