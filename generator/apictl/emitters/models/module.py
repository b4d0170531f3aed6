"""Generated source with placeholders → the module that is written: names, literals, aliases, docstrings, imports."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from apictl.contract.circles import components
from apictl.emitters.models.annotations import Annotating
from apictl.emitters.models.imports import Imports
from apictl.emitters.models.shapes import AliasShape, ClassShape, EnumShape, Field, Shape, Shapes
from apictl.emitters.models.skeleton import EXTRA, Skeleton
from apictl.pages.nodes import DocText, Literal
from apictl.pages.page import LINE_LENGTH

_INDENT = "    "
_NARROWER = "# pyright: ignore[reportIncompatibleVariableOverride]"


@dataclass(frozen=True)
class Words:
    """What the placeholders of generated source stand for.

    Attributes:
        shapes: of the definitions.
        names: class names by wire name.
        skeleton: the document that the source was generated from.
        support: dotted path of the support package.
    """

    shapes: Shapes
    names: Mapping[str, str]
    skeleton: Skeleton
    support: str

    def imports(self, used: Iterable[str] = ()) -> Imports:
        """Return imports under names that no definition has, so far of what is *used*."""
        return Imports(self.taken, self.support, set(used))

    @cached_property
    def taken(self) -> frozenset[str]:
        """The names that definitions have."""
        return frozenset(self.names.values())


@dataclass(frozen=True, slots=True)
class Written:
    """The text of one definition, without what its module has to import for it.

    Attributes:
        wire_name: of the definition.
        text: class, enum or alias.
        used: names that it uses and no definition has.
        needed: wire names of the definitions that have to be there before it.
        mentioned: wire names of those that may come later.
    """

    wire_name: str
    text: str
    used: frozenset[str]
    needed: frozenset[str]
    mentioned: frozenset[str]


def module_text(written: Iterable[Written], words: Words, *, docstring: str) -> str:
    """Return the module of the definitions *written*, in their order as far as they don't need each other."""
    texts = list(in_order(written))
    imports = words.imports(name for each in texts for name in each.used)
    head = f'"""{DocText(docstring, 0)}"""\n\n{imports.text()}'
    return "\n\n".join([head, *(each.text for each in texts)])


def definitions(source: str, words: Words) -> Iterator[Written]:
    """Yield what becomes of each definition in *source*, the generator's output for the skeleton of *words*.

    The order is the generator's: what is needed at import time comes first.

    Raises:
        LookupError: a definition is missing in *source* (a bug).
    """
    asked = words.skeleton.document["$defs"]
    missing = set(asked) if isinstance(asked, dict) else set()
    for statement in ast.parse(source).body:
        match statement:
            case ast.ClassDef(name=place) | ast.Assign(targets=[ast.Name(id=place)]):
                missing.discard(place)
                yield _written(place, statement, words)
            case _:
                # Imports are made anew; `model_rebuild()` is left to the first use.
                continue
    if missing:
        message = f"{len(missing)} definitions are missing in the generated module"
        raise LookupError(message)


def in_order(written: Iterable[Written]) -> Iterator[Written]:
    """Yield *written* with what a definition needs before it, and else in their order."""
    known = {each.wire_name: each for each in written}
    places = {name: place for place, name in enumerate(known)}
    edges = {name: sorted(each.needed & known.keys(), key=places.__getitem__) for name, each in known.items()}
    for circle in components(edges):
        yield from (known[name] for name in sorted(circle, key=places.__getitem__))


def _written(place: str, statement: ast.ClassDef | ast.Assign, words: Words) -> Written:
    wire_name = words.skeleton.definitions[place]
    shape = words.shapes.by_name[wire_name]
    imports = words.imports()
    annotating = Annotating(words.shapes, words.names, words.skeleton, imports)
    text = _Writing(words, imports, annotating).definition(words.names[wire_name], shape, statement)
    mentioned, needed = annotating.quoted, annotating.mentioned
    if isinstance(shape, ClassShape):
        # Annotations in a class are read when it is first used; too early only where Python has another meaning ready.
        mentioned, needed = mentioned | needed, set(shape.bases)
        needed |= {each for each in mentioned if hasattr(builtins, words.names[each])} - {wire_name}
    return Written(wire_name, text, frozenset(imports.used), frozenset(needed), frozenset(mentioned))


@dataclass(frozen=True, slots=True)
class _Writing:
    words: Words
    imports: Imports
    annotating: Annotating

    def definition(self, name: str, shape: Shape, statement: ast.ClassDef | ast.Assign) -> str:
        """Return the text of the definition called *name*, which was generated as *statement*."""
        match shape, statement:
            case ClassShape(), ast.ClassDef():
                return self._class(name, shape, _annotations(statement))
            case EnumShape(), _:
                return self._enum(name, shape)
            case AliasShape(), ast.Assign(value=ast.Call(args=[_, value])):
                return self._alias(name, shape, value)
            case _:
                message = f"{name} was generated as {type(statement).__name__}"
                raise LookupError(message)

    def _class(self, name: str, shape: ClassShape, annotations: Mapping[str, ast.expr]) -> str:
        bases = [self.words.names[base] for base in shape.bases] or [self.imports.name("Model")]
        blocks = [f"class {name}({', '.join(bases)}):"]
        if shape.doc.strip():
            blocks.append(_doc(shape.doc) + "\n")
        if shape.extra is None:
            blocks.append(f'{_INDENT}model_config = {self.imports.name("ConfigDict")}(extra="forbid")\n')
        elif EXTRA in annotations:
            kind = self.annotating.text(annotations[EXTRA])
            mapping = f"{self.imports.name('dict')}[{self.imports.name('str')}, {kind}]"
            line = f"{_INDENT}__pydantic_extra__: {mapping} = {self.imports.name('Field')}(init=False)"
            blocks.append(f"{_narrower(line)}\n")
        blocks += [self._field(each, annotations[f"f_{each.name}"]) for each in shape.fields]
        return "\n".join(blocks if len(blocks) > 1 else [*blocks, f"{_INDENT}pass"])

    def _field(self, each: Field, annotation: ast.expr) -> str:
        kind = self.annotating.text(annotation)
        default = "" if each.is_required else " = None"
        if each.is_made_required:  # else it has the default of what it overrides, type checkers say (PEP 681)
            default = f" = {self.imports.name('Field')}()"
        if each.name != each.wire_name:
            field_call = f"{self.imports.name('Field')}(alias={Literal(each.wire_name)})"
            kind = f"{self.imports.name('Annotated')}[{kind}, {field_call}]"
        line = f"{_INDENT}{each.name}: {kind}{default}"
        line = _narrower(line) if each.is_narrower else line
        return f"{line}\n{_doc(each.doc)}" if each.doc.strip() else line

    def _enum(self, name: str, shape: EnumShape) -> str:
        base = "OpenEnum" if isinstance(shape.members[0].value, str) else "OpenIntEnum"
        lines = [f"class {name}({self.imports.name(base)}):"]
        if shape.doc.strip():
            lines.append(_doc(shape.doc) + "\n")
        for member in shape.members:
            lines.append(f"{_INDENT}{member.name} = {Literal(member.value)}")
            if member.doc.strip():
                lines.append(_doc(member.doc))
        return "\n".join(lines)

    def _alias(self, name: str, shape: AliasShape, value: ast.expr) -> str:
        text = self.annotating.text(value)
        if any(isinstance(node, ast.Constant) and isinstance(node.value, str) for node in ast.walk(value)):
            line = f"{name} = {self.imports.name('TypeAliasType')}({Literal(name)}, {text})"
        else:
            line = f"{name}: {self.imports.name('TypeAlias')} = {text}"
        return f"{line}\n{_doc(shape.doc, 0)}" if shape.doc.strip() else line


def _annotations(statement: ast.ClassDef) -> dict[str, ast.expr]:
    """Return the annotations of the attributes of a generated class."""
    return {
        each.target.id: each.annotation
        for each in statement.body
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
    }


def _narrower(line: str) -> str:
    """Return *line*, an attribute narrower than what it overrides, with what excuses it.

    Somebody could set it through its base, pyright says, and looks for the comment on the line that the name is on.
    """
    return f"{line}{'  # fmt: skip' if len(line) > LINE_LENGTH else ' '} {_NARROWER}"


def _doc(text: str, indent: int = 4) -> str:
    shown = str(DocText(text, indent))
    margin = " " * indent
    return f'{margin}"""{shown}\n{margin}"""' if "\n" in shown else f'{margin}"""{shown}"""'
