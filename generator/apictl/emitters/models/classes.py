"""The module of a contract's models: definitions → source text."""

from __future__ import annotations

from collections.abc import Mapping

from apictl.contract.schema import Schema
from apictl.emitters.models.generating import generated
from apictl.emitters.models.module import Words, module_text
from apictl.emitters.models.shaping import shapes
from apictl.emitters.models.skeleton import skeleton


def model_module(definitions: Mapping[str, Schema], names: Mapping[str, str], *, docstring: str, support: str) -> str:
    """Return a module that defines the class, enum or type alias `names[wire]` for each of *definitions*, and no other.

    Args:
        definitions: JSON Schema 2020-12 by wire name; each `$ref` is `#/$defs/<wire name>`.
        names: class names by wire name, unique.
        docstring: of the module.
        support: dotted path of the package that `files`, `enums` and `models` are imported from.
    """
    made = shapes(definitions, reserved=frozenset(names.values()))
    frame = skeleton(made.by_name)
    source = generated(frame.document) if definitions else ""
    return module_text(source, Words(shapes=made, names=names, skeleton=frame, support=support), docstring=docstring)
