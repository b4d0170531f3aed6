"""The module of a contract's models: definitions → source text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from apictl.contract.schema import Schema
from apictl.emitters.models.generating import generated
from apictl.emitters.models.module import Words, Written, module_text
from apictl.emitters.models.module import definitions as definitions_of
from apictl.emitters.models.shaping import LastingNames, shapes
from apictl.emitters.models.skeleton import skeleton
from apictl.pages.nodes import Literal
from apictl.pages.python.keeping import NameKind, Names


def model_module(
    definitions: Mapping[str, Schema],
    names: Mapping[str, str],
    *,
    docstring: str,
    support: str,
    lasting: LastingNames | None = None,
) -> str:
    """Return a module that defines the class, enum or type alias `names[wire]` for each of *definitions*, and no other.

    Args:
        definitions: JSON Schema 2020-12 by wire name; each `$ref` is `#/$defs/<wire name>`.
        names: class names by wire name, unique.
        docstring: of the module.
        support: dotted path of the package that `files`, `enums` and `models` are imported from.
        lasting: what attributes and members were called.
    """
    made = shapes(definitions, reserved=frozenset(names.values()), lasting=lasting)
    frame = skeleton(made.by_name)
    words = Words(shapes=made, names=names, skeleton=frame, support=support)
    written = definitions_of(generated(frame.document), words) if definitions else ()
    renamed = () if lasting is None else renamed_classes(lasting.names)
    return module_text([*written, *_old_names(renamed, words)], words, docstring=docstring)


def renamed_classes(names: Names) -> tuple[tuple[str, str], ...]:
    """Return old and new name of each class that is called otherwise now, sorted."""
    return tuple(
        sorted((old, new) for (kind, new), olds in names.aliases.items() if kind is NameKind.CLASS for old in olds)
    )


def _old_names(renamed: Sequence[tuple[str, str]], words: Words) -> Iterator[Written]:
    """Yield what lets old names of classes work: type checkers see an alias, whoever uses it is warned."""
    if renamed:
        imports = words.imports()
        lines = [f"{old}: {imports.name('TypeAlias')} = {new}" for old, new in renamed]
        call = f"{imports.name('renamed')}(globals(), {Literal(dict(renamed))})"
        yield Written("", "\n".join([*lines, "", call]), frozenset(imports.used), frozenset(), frozenset())
