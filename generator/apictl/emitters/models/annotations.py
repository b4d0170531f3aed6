"""Annotations with placeholders → annotations in the contract's words."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from apictl.emitters.models.imports import Imports
from apictl.emitters.models.shapes import AliasShape, ClassShape, Field, Shapes
from apictl.emitters.models.skeleton import Skeleton
from apictl.pages.nodes import Literal
from apictl.pages.python.lowering import Telling
from apictl.pages.python.types import Literals, Reference, Type


@dataclass(frozen=True, slots=True)
class Annotating:
    """Writes annotations.

    Attributes:
        shapes: of the definitions.
        names: class names by wire name.
        skeleton: whose placeholders stand in the annotations.
        imports: collects what the annotations use.
        mentioned: collects the wire names of the definitions that annotations mention.
        quoted: collects those that they mention in quotes: who reads the annotation needn't have them yet.
    """

    shapes: Shapes
    names: Mapping[str, str]
    skeleton: Skeleton
    imports: Imports
    mentioned: set[str] = field(default_factory=set)
    quoted: set[str] = field(default_factory=set)
    literal_fields: dict[str, Mapping[str, Field]] = field(default_factory=dict)

    def text(self, annotation: ast.expr) -> str:  # noqa: PLR0911  (one case a kind of node)
        """Return *annotation* with every placeholder replaced; quoted parts stay quoted.

        Raises:
            LookupError: it holds something that the skeleton does not call for (a bug).
        """
        match annotation:
            case ast.Constant(value=None):
                return "None"
            case ast.Constant(value=str(quoted)):
                unquoted = replace(self, mentioned=self.quoted).text(ast.parse(quoted, mode="eval").body)
                return str(Literal(unquoted))
            case ast.Name(id=name):
                return self._name(name)
            case ast.BinOp(op=ast.BitOr()):
                return self._union(list(_members(annotation)))
            case ast.Subscript(value=ast.Name(id="Union"), slice=ast.Tuple(elts=members)):
                return f"{self.imports.name('Union')}[{', '.join(map(self.text, members))}]"
            case ast.Subscript(value=ast.Name(id="Optional"), slice=kind):
                return f"{self.imports.name('Union')}[{self.text(kind)}, None]"
            case ast.Subscript(value=ast.Name(id="Annotated"), slice=ast.Tuple(elts=[kind, *_])):
                return self.text(kind)
            case ast.Subscript(value=ast.Name(id=container), slice=ast.Tuple(elts=parts)):
                return f"{self.imports.name(container)}[{', '.join(map(self.text, parts))}]"
            case ast.Subscript(value=ast.Name(id=container), slice=part):
                return f"{self.imports.name(container)}[{self.text(part)}]"
            case _:
                message = f"an annotation holds {ast.dump(annotation)[:80]}"
                raise LookupError(message)

    def _name(self, place: str) -> str:
        if place in self.skeleton.definitions:
            return self._class_name(self.skeleton.definitions[place])
        if place in self.skeleton.literals:
            values = [str(Literal(value)) for value in self.skeleton.literals[place].values]
            return f"{self.imports.name('Literal')}[{', '.join(values)}]"
        return self.imports.name(place)

    def _class_name(self, wire_name: str) -> str:
        self.mentioned.add(wire_name)
        return self.names[wire_name]

    def _union(self, members: list[ast.expr]) -> str:
        """Return a union; its classes are told apart by a property where the contract says so."""
        places = [member.id for member in members if isinstance(member, ast.Name)]
        if "Any" in places:
            return self._name("Any")
        nulls = [member for member in members if isinstance(member, ast.Constant) and member.value is None]
        wire_names = [self.skeleton.definitions.get(place, "") for place in places]
        told = ""
        if len(places) + len(nulls) == len(members) and len(places) > 1:
            told = self._by_literals(wire_names) or self._by_telling(wire_names)
        return f"{told}{' | None' if nulls else ''}" if told else " | ".join(map(self.text, members))

    def _by_literals(self, wire_names: list[str]) -> str:
        """Return the union of classes that each require literals of their own in one attribute; "" for others."""
        candidates = [self._literal_fields(name) for name in wire_names]
        shared = [name for name in candidates[0] if all(name in each for each in candidates)]
        found = next((name for name in shared if _tells_apart([each[name] for each in candidates])), None)
        if found is None:
            return ""
        classes = " | ".join(map(self._class_name, wire_names))
        return (
            f"{self.imports.name('Annotated')}[{classes}, {self.imports.name('Field')}(discriminator={Literal(found)})]"
        )

    def _by_telling(self, wire_names: list[str]) -> str:
        """Return the union of classes that the contract tells apart from outside; "" for others."""
        telling = self.shapes.telling.get(frozenset(wire_names))
        classes = {value: name for name in wire_names for value in self._values(name, telling)}
        count = sum(len(self._values(name, telling)) for name in wire_names)
        if telling is None or len(classes) != count or set(classes.values()) != set(wire_names):
            return ""
        annotated, tag = self.imports.name("Annotated"), self.imports.name("Tag")
        tagged = [f"{annotated}[{self._class_name(name)}, {tag}({Literal(self.names[name])})]" for name in wire_names]
        values = Literal({value: self.names[name] for value, name in classes.items()})
        call = f"{self.imports.name('told_by')}({Literal(telling.property)}, {values})"
        return f"{annotated}[{' | '.join(tagged)}, {call}]"

    def _values(self, wire_name: str, telling: Telling | None) -> tuple[str, ...]:
        """Return the values of the telling property that mean the class *wire_name*; empty when nothing tells."""
        if telling is None or not isinstance(self.shapes.by_name.get(wire_name), ClassShape):
            return ()
        if wire_name in telling.values:
            return telling.values[wire_name]
        fields = self._literal_fields(wire_name).values()
        types = [each.type for each in fields if each.wire_name == telling.property]
        values = [value for each in types if isinstance(each, Literals) for value in each.values]
        return tuple(value for value in values if isinstance(value, str))

    def _literal_fields(self, wire_name: str) -> Mapping[str, Field]:
        """Return the required literal attributes of a class, inherited ones included."""
        if wire_name not in self.literal_fields:
            shape = self.shapes.by_name.get(wire_name)
            found: dict[str, Field] = {}
            if isinstance(shape, ClassShape):
                for base in shape.bases:
                    found |= self._literal_fields(base)
                for each in shape.fields:
                    literals = self._literals(each.type) if each.is_required else None
                    if literals is not None:
                        found[each.name] = replace(each, type=literals)
            self.literal_fields[wire_name] = found
        return self.literal_fields[wire_name]

    def _literals(self, kind: Type) -> Literals | None:
        """Return *kind*, or the alias it refers to, when it is literals."""
        shape = self.shapes.by_name.get(kind.name) if isinstance(kind, Reference) else None
        found = shape.type if isinstance(shape, AliasShape) else kind
        return found if isinstance(found, Literals) else None


def _tells_apart(fields: list[Field]) -> bool:
    """Whether *fields* are one property whose literals, all strings, differ from class to class."""
    literals = [each.type.spellings for each in fields if isinstance(each.type, Literals)]
    spellings = [spelling for each in literals for spelling in each]
    is_one = len({each.wire_name for each in fields}) == 1 and len(literals) == len(fields)
    return is_one and len(set(spellings)) == len(spellings) and all(each[0] in "'\"" for each in spellings)


def _members(union: ast.expr) -> Iterator[ast.expr]:
    """Yield the members of nested `|`."""
    match union:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            yield from _members(left)
            yield right
        case _:
            yield union
