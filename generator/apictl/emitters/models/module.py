"""Generated source with placeholders → the module that is written: names, literals, aliases, docstrings, imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from apictl.emitters.models.annotations import Annotating
from apictl.emitters.models.imports import Imports
from apictl.emitters.models.shapes import AliasShape, ClassShape, EnumShape, Field, Shapes
from apictl.emitters.models.skeleton import EXTRA, Skeleton
from apictl.pages.nodes import DocText, Literal

_INDENT = "    "


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


def module_text(source: str, words: Words, *, docstring: str) -> str:
    """Return the module for *source*, the generator's output for the skeleton of *words*.

    Raises:
        LookupError: a definition is missing in *source* (a bug).
    """
    imports = Imports(taken=frozenset(words.names.values()), support=words.support)
    writing = _Writing(words, imports, Annotating(words.shapes, words.names, words.skeleton, imports))
    written = list(writing.definitions(ast.parse(source)))
    missing = len(words.shapes.by_name) - len(written)
    if missing:
        message = f"{missing} definitions are missing in the generated module"
        raise LookupError(message)
    head = f'"""{DocText(docstring, 0)}"""\n\n{imports.text()}'
    return "\n\n".join([head, *written])


@dataclass(frozen=True, slots=True)
class _Writing:
    words: Words
    imports: Imports
    annotating: Annotating

    def definitions(self, tree: ast.Module) -> Iterator[str]:
        """Yield the text of each definition, in the generator's order: what is needed at import time comes first."""
        for statement in tree.body:
            match statement:
                case ast.ClassDef(name=place):
                    yield self._definition(place, statement)
                case ast.Assign(targets=[ast.Name(id=place)]):
                    yield self._definition(place, statement)
                case _:
                    # Imports are made anew; `model_rebuild()` is left to the first use.
                    continue

    def _definition(self, place: str, statement: ast.ClassDef | ast.Assign) -> str:
        wire_name = self.words.skeleton.definitions[place]
        name, shape = self.words.names[wire_name], self.words.shapes.by_name[wire_name]
        match shape, statement:
            case ClassShape(), ast.ClassDef():
                return self._class(name, shape, _annotations(statement))
            case EnumShape(), _:
                return self._enum(name, shape)
            case AliasShape(), ast.Assign(value=ast.Call(args=[_, value])):
                return self._alias(name, shape, value)
            case _:
                message = f"{place} was generated as {type(statement).__name__}"
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
            blocks.append(f"{_INDENT}__pydantic_extra__: {mapping} = {self.imports.name('Field')}(init=False)\n")
        blocks += [self._field(each, annotations[f"f_{each.name}"]) for each in shape.fields]
        return "\n".join(blocks if len(blocks) > 1 else [*blocks, f"{_INDENT}pass"])

    def _field(self, each: Field, annotation: ast.expr) -> str:
        kind = self.annotating.text(annotation)
        default = "" if each.is_required else " = None"
        if each.name != each.wire_name:
            field_call = f"{self.imports.name('Field')}(alias={Literal(each.wire_name)})"
            kind = f"{self.imports.name('Annotated')}[{kind}, {field_call}]"
        line = f"{_INDENT}{each.name}: {kind}{default}"
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


def _doc(text: str, indent: int = 4) -> str:
    shown = str(DocText(text, indent))
    margin = " " * indent
    return f'{margin}"""{shown}\n{margin}"""' if "\n" in shown else f'{margin}"""{shown}"""'
