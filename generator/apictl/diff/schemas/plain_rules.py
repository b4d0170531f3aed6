"""Which constraints on scalars, texts and counts follow from premises."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor
from typing import Final

from apictl.contract.schema import JsonValue
from apictl.contract.values.conjunction import identity, is_number
from apictl.diff.schemas import formats
from apictl.diff.schemas.node import NUMBERS, Node
from apictl.diff.schemas.patterns import Lengths, Patterns
from apictl.diff.schemas.premises import Bound, Premises

_APPLIES: Final[dict[str, frozenset[str]]] = {
    "minLength": frozenset({"string"}),
    "maxLength": frozenset({"string"}),
    "pattern": frozenset({"string"}),
    "minimum": NUMBERS,
    "maximum": NUMBERS,
    "exclusiveMinimum": NUMBERS,
    "exclusiveMaximum": NUMBERS,
    "multipleOf": NUMBERS,
    "minItems": frozenset({"array"}),
    "maxItems": frozenset({"array"}),
    "uniqueItems": frozenset({"array"}),
    "required": frozenset({"object"}),
    "dependentRequired": frozenset({"object"}),
    "minProperties": frozenset({"object"}),
    "maxProperties": frozenset({"object"}),
}
"""The types that a keyword speaks of."""


def follows(premises: Premises, keyword: str, value: JsonValue, *, patterns: Patterns) -> bool:
    """Whether the plain *keyword* with *value* holds for all that *premises* allow."""
    applies = formats.atoms_of(str(value)) if keyword == "format" else _APPLIES.get(keyword)
    if applies is not None and not premises.atoms & applies:
        return True
    if keyword == "pattern":
        return _pattern(premises, str(value), patterns)
    rule = _RULES.get(keyword)
    return rule is not None and rule(premises, value)


def _pattern(premises: Premises, value: str, patterns: Patterns) -> bool:
    known = [str(each) for each in premises.every("pattern")]
    known += [formats.PATTERNS[name] for name in map(str, premises.every("format")) if name in formats.PATTERNS]
    return patterns.follows(known, Lengths(premises.least("minLength"), premises.most("maxLength")), value)


def _type(premises: Premises, value: JsonValue) -> bool:
    return isinstance(value, list) and premises.atoms <= frozenset(map(str, value))


def _enum(premises: Premises, value: JsonValue) -> bool:
    if premises.values is None or not isinstance(value, list):
        return False
    return premises.values.keys() <= {identity(each) for each in value}


def _format(premises: Premises, value: JsonValue) -> bool:
    name = str(value)
    if any(formats.implies(str(known), name) for known in premises.every("format")):
        return True
    if name not in formats.RANGES or "string" in premises.atoms or ("fraction" in premises.atoms and name != "float"):
        return False
    least, greatest = formats.RANGES[name]
    return _minimum(premises, least) and _maximum(premises, greatest)


def _minimum(premises: Premises, value: JsonValue) -> bool:
    return is_number(value) and _is_above(premises.low(), Bound(Fraction(value), is_exclusive=False), premises)


def _exclusive_minimum(premises: Premises, value: JsonValue) -> bool:
    return is_number(value) and _is_above(premises.low(), Bound(Fraction(value), is_exclusive=True), premises)


def _maximum(premises: Premises, value: JsonValue) -> bool:
    return is_number(value) and _is_below(premises.high(), Bound(Fraction(value), is_exclusive=False), premises)


def _exclusive_maximum(premises: Premises, value: JsonValue) -> bool:
    return is_number(value) and _is_below(premises.high(), Bound(Fraction(value), is_exclusive=True), premises)


def _is_above(known: Bound | None, wanted: Bound, premises: Premises) -> bool:
    if known is None:
        return False
    if "fraction" not in premises.atoms:
        return _first_integer(known) >= _first_integer(wanted)
    return (known.number, known.is_exclusive) >= (wanted.number, wanted.is_exclusive)


def _is_below(known: Bound | None, wanted: Bound, premises: Premises) -> bool:
    if known is None:
        return False
    if "fraction" not in premises.atoms:
        return _last_integer(known) <= _last_integer(wanted)
    return (-known.number, known.is_exclusive) >= (-wanted.number, wanted.is_exclusive)


def _first_integer(bound: Bound) -> int:
    return floor(bound.number) + 1 if bound.is_exclusive else ceil(bound.number)


def _last_integer(bound: Bound) -> int:
    return ceil(bound.number) - 1 if bound.is_exclusive else floor(bound.number)


def _multiple_of(premises: Premises, value: JsonValue) -> bool:
    if not is_number(value) or value <= 0:
        return False
    wanted = decimal(value)
    known = [decimal(each) for each in premises.every("multipleOf") if is_number(each) and each > 0]
    if "fraction" not in premises.atoms:
        known.append(Fraction(1))
    return any((each / wanted).denominator == 1 for each in known)


def decimal(value: float) -> Fraction:
    """Return the number as its text says it: 0.1 is a tenth."""
    return Fraction(str(value))


def _min_length(premises: Premises, value: JsonValue) -> bool:
    return is_number(value) and premises.least("minLength") >= value


def _max_length(premises: Premises, value: JsonValue) -> bool:
    most = premises.most("maxLength")
    return is_number(value) and most is not None and most <= value


def _min_items(premises: Premises, value: JsonValue) -> bool:
    return is_number(value) and premises.least("minItems") >= value


def _max_items(premises: Premises, value: JsonValue) -> bool:
    return is_number(value) and most_items(premises) <= value


def most_items(premises: Premises) -> float:
    """Return the most items that an array may have; infinite when there is no limit."""
    limits = [float(len(part.listed.get("prefixItems", ()))) for part in premises.parts if _ends(part)]
    most = premises.most("maxItems")
    return min([*limits, float("inf") if most is None else most])


def _ends(part: Node) -> bool:
    items = part.single.get("items")
    return items is not None and items.is_false


def _unique_items(premises: Premises, _value: JsonValue) -> bool:
    return any(premises.every("uniqueItems")) or most_items(premises) <= 1


def _required(premises: Premises, value: JsonValue) -> bool:
    return isinstance(value, list) and premises.required >= set(map(str, value))


def _dependent_required(premises: Premises, value: JsonValue) -> bool:
    if not isinstance(value, dict):
        return False
    for name, wanted in value.items():
        needed = set(map(str, wanted if isinstance(wanted, list) else ()))
        known = set(premises.required)
        for each in premises.every("dependentRequired"):
            dependents = each.get(name) if isinstance(each, dict) else None
            known |= set(map(str, dependents if isinstance(dependents, list) else ()))
        is_absent = premises.closed_names is not None and name not in premises.closed_names
        if not (needed <= known or is_absent):
            return False
    return True


def _min_properties(premises: Premises, value: JsonValue) -> bool:
    return is_number(value) and max(premises.least("minProperties"), len(premises.required)) >= value


def _max_properties(premises: Premises, value: JsonValue) -> bool:
    limits = [] if premises.closed_names is None else [len(premises.closed_names)]
    most = premises.most("maxProperties")
    return is_number(value) and any(limit <= value for limit in ([*limits] if most is None else [*limits, most]))


_RULES: Final[dict[str, Callable[[Premises, JsonValue], bool]]] = {
    "type": _type,
    "enum": _enum,
    "format": _format,
    "minimum": _minimum,
    "exclusiveMinimum": _exclusive_minimum,
    "maximum": _maximum,
    "exclusiveMaximum": _exclusive_maximum,
    "multipleOf": _multiple_of,
    "minLength": _min_length,
    "maxLength": _max_length,
    "minItems": _min_items,
    "maxItems": _max_items,
    "uniqueItems": _unique_items,
    "required": _required,
    "dependentRequired": _dependent_required,
    "minProperties": _min_properties,
    "maxProperties": _max_properties,
}
