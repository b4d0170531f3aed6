"""What a schema of another language means in JSON Schema."""

from __future__ import annotations

from dataclasses import dataclass, field

from apictl.contract.schema import JsonValue
from apictl.findings import Finding, Place
from apictl.readers.access import Key, key_of, mapping
from apictl.readers.schemas.graph import SchemaNode
from apictl.readers.schemas.keywords import subschemas


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a schema of another language means.

    Attributes:
        nodes: in JSON Schema 2020-12, the root first.
        targets: by the node that holds a `$ref`: the named type it leads to.
        names: of the named types.
        findings: why it means nothing.
        compiled: what reads and writes its values, where that is more than the schema itself: by the place of the root.
    """

    nodes: dict[Key, SchemaNode] = field(default_factory=dict)
    targets: dict[Key, Place] = field(default_factory=dict)
    names: dict[Key, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    compiled: dict[Key, JsonValue] = field(default_factory=dict)

    def register(self, place: Place, value: JsonValue) -> None:
        """Note *value* and the schemas below it; what is there stays."""
        stack = [(place, value)]
        while stack:
            at, node = stack.pop()
            self.nodes.setdefault(key_of(at), SchemaNode(at, node))
            stack.extend((at.child(*tokens), child) for tokens, child in subschemas(mapping(node)))
