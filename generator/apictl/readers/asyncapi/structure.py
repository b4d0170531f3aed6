"""The structure of AsyncAPI documents, as their meta-schemas demand it."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from apictl.findings import Finding, Place, error
from apictl.readers import structure
from apictl.readers.asyncapi.kinds import Node
from apictl.readers.asyncapi.metaschemas import metaschema_at, schema_validator, validator
from apictl.readers.asyncapi.version import Version
from apictl.readers.schemas.dialect import Dialect
from apictl.readers.structure import MetaSchema


def structure_findings(node: Node, version: Version) -> Iterator[Finding]:
    """Yield what is wrong in the structure of *node*, an object that stands by itself and is no schema."""
    judge = validator(version, node.kind)
    if judge is not None:
        yield from structure.structure_findings(judge, node.place, node.value, _published(version))


def schema_findings(node: Node, version: Version, dialect: Dialect) -> Iterator[Finding]:
    """Yield what is wrong in the structure of *node*, a schema of *dialect* that stands by itself."""
    judge = schema_validator(version, dialect)
    yield from structure.structure_findings(judge, node.place, node.value, _published(version))


def _published(version: Version) -> MetaSchema:
    return MetaSchema(functools.partial(metaschema_at, version), _SPECIAL)


def _in_trait(place: Place, name: str) -> Finding | None:
    if name != "'traits'":
        return None
    message = "a trait has traits of its own"
    return error("trait-nested", place, message, hint="list them in the traits of what uses them")


_SPECIAL: Final = MappingProxyType({"operationTrait": _in_trait, "messageTrait": _in_trait})
