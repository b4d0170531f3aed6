"""A contract with some of its operations, and what these need: nothing else is left."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from types import MappingProxyType

from apictl.contract.contract import Contract, Tag
from apictl.contract.operation import Operation, Response
from apictl.contract.schema import reference_name
from apictl.contract.trimmed_source import trimmed_source


@dataclass(frozen=True, slots=True)
class Selection:
    """Some operations of a contract: those that one of these names.

    Attributes:
        tags: as written; any of an operation's tags counts.
        operations: ids.
        paths: as written, or patterns in which `*` stands for anything.
    """

    tags: tuple[str, ...] = ()
    operations: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is named."""
        return not (self.tags or self.operations or self.paths)

    def has(self, operation: Operation) -> bool:
        """Whether *operation* is one of these."""
        return (
            operation.id in self.operations
            or not {*self.tags}.isdisjoint(operation.tags or (operation.tag,))
            or any(fnmatchcase(operation.path, pattern) for pattern in self.paths)
        )

    def idle(self, operations: Iterable[Operation]) -> Iterator[tuple[str, int, str]]:
        """Yield what is named and means none of *operations*: kind, position and text."""
        known = tuple(operations)
        kinds = (("tags", self.tags), ("operations", self.operations), ("paths", self.paths))
        for kind, texts in kinds:
            for index, text in enumerate(texts):
                if not any(Selection(**{kind: (text,)}).has(each) for each in known):
                    yield kind, index, text


@dataclass(frozen=True, slots=True)
class Filter:
    """Which operations stay.

    Attributes:
        include: what stays; all when empty.
        exclude: what leaves, be it included.
    """

    include: Selection = field(default_factory=Selection)
    exclude: Selection = field(default_factory=Selection)

    @property
    def is_idle(self) -> bool:
        """Whether everything stays."""
        return self.include.is_empty and self.exclude.is_empty

    def keeps(self, operation: Operation) -> bool:
        """Whether *operation* stays."""
        return (self.include.is_empty or self.include.has(operation)) and not self.exclude.has(operation)


def trimmed(contract: Contract, keeps: Callable[[Operation], bool]) -> Contract:
    """Return *contract* with the operations and webhooks that *keeps* is true of, and with what they need.

    Definitions, security schemes and tags that nothing left needs leave; so do links to operations that left. The
    source document is trimmed alike. Events stay.
    """
    gone = {each.id for each in (*contract.operations, *contract.webhooks) if not keeps(each)}
    operations = tuple(_without_links(each, gone) for each in contract.operations if each.id not in gone)
    webhooks = tuple(_without_links(each, gone) for each in contract.webhooks if each.id not in gone)
    left = (*operations, *webhooks)
    schemes = {requirement.scheme for each in left for alternative in each.security for requirement in alternative}
    tags = _tags_with_parents({tag for each in left for tag in (*each.tags, each.tag)}, contract.tags)
    definitions = _needed((operations, webhooks, contract.events), contract)
    return dataclasses.replace(
        contract,
        operations=operations,
        webhooks=webhooks,
        tags=tuple(tag for tag in contract.tags if tag.name in tags),
        definitions=MappingProxyType({k: each for k, each in contract.definitions.items() if k in definitions}),
        security_schemes=MappingProxyType({k: each for k, each in contract.security_schemes.items() if k in schemes}),
        source=MappingProxyType(trimmed_source(contract, gone, tags)),
    )


def _without_links(operation: Operation, gone: set[str]) -> Operation:
    def left(response: Response) -> Response:
        links = tuple(link for link in response.links if link.operation_id not in gone)
        return response if links == response.links else dataclasses.replace(response, links=links)

    return dataclasses.replace(operation, responses=tuple(map(left, operation.responses)))


def _tags_with_parents(used: set[str], tags: tuple[Tag, ...]) -> set[str]:
    parents = {tag.name: tag.parent for tag in tags}
    found = set(used)
    waiting = [*used]
    while waiting:
        parent = parents.get(waiting.pop(), "")
        if parent and parent not in found:
            found.add(parent)
            waiting.append(parent)
    return found


def _needed(holders: object, contract: Contract) -> set[str]:
    """Return the names of all definitions that *holders* lead to."""
    found: set[str] = set()
    waiting: list[object] = [holders]
    while waiting:
        for name in _referred(waiting.pop()):
            if name not in found and name in contract.definitions:
                found.add(name)
                waiting.append(contract.definitions[name].schema)
    return found


def _referred(value: object) -> Iterator[str]:
    """Yield the names that references anywhere in *value* lead to; data that looks like a reference does no harm."""
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if dataclasses.is_dataclass(current) and not isinstance(current, type):
            waiting.extend(getattr(current, each.name) for each in dataclasses.fields(current))
        elif isinstance(current, Mapping):
            name = reference_name(current)
            if name is not None:
                yield name
            yield from _mapped(current)
            waiting.extend(current.values())
        elif isinstance(current, list | tuple):
            waiting.extend(current)


def _mapped(schema: Mapping[str, object]) -> Iterator[str]:
    """Yield the names that the mapping of a discriminator leads to."""
    discriminator = schema.get("discriminator")
    mapping = discriminator.get("mapping") if isinstance(discriminator, Mapping) else None
    for target in mapping.values() if isinstance(mapping, Mapping) else ():
        if isinstance(target, str) and (name := reference_name({"$ref": target})) is not None:
            yield name
