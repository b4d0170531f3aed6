"""A schema lists properties or describes items and does not name its type.

By the letter of JSON Schema it allows every value that is no object, or no array: null, a number, a text. Nobody means
that, so it is read as the type `object` or `array`; other tools read the letter. Add the type.

```yaml flawed openapi 3.1.0
components:
  schemas:
    Stops: {items: {type: string}}
```

```yaml fine openapi 3.1.0
components:
  schemas:
    Stops: {type: array, items: {type: string}}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from apictl.findings import Place, Severity
from apictl.readers.schemas.arrays import is_array_meant, is_typed_around
from apictl.readers.schemas.keywords import IN_PLACE_LISTED
from apictl.readers.schemas.objects import CONDITIONS, is_object_meant
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule(
    "type-unstated",
    OpenApi.SCHEMA,
    AsyncApi.SCHEMA,
    sets={RuleSet.CODEGEN: Severity.WARNING},
    field=("properties", "items"),
)
def type_unstated(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """A schema that is about objects or arrays alone says so (JSON Schema 2020-12, Validation 6.1.1)."""
    found = _meant(node)
    around = tuple(_around(node, scope)) if found else ()
    if not found or any(keyword in CONDITIONS for _, keyword in around):
        return
    beside = takewhile(lambda each: each[1] in IN_PLACE_LISTED, around)
    if found == "object" or not any(is_typed_around(outer.fields, keyword) for outer, keyword in beside):
        keyword = "properties" if found == "object" else "items"
        message = f"{keyword!r} without a type is read as of type {found}"
        yield Flaw(message, node.place.child(keyword).key(), hint=f"add type: {found}")


def _meant(node: AnyNode) -> str:
    if is_object_meant(node.fields):
        return "object"
    return "array" if is_array_meant(node.fields) else ""


def _around(node: AnyNode, scope: Scope) -> Iterator[tuple[AnyNode, str]]:
    """Yield the schemas around *node* from the inside, each with its keyword that leads to the one before."""
    tokens = node.place.pointer.split("/")
    for end in range(len(tokens) - 1, 0, -1):
        outer = scope.at(Place(node.place.path, "/".join(tokens[:end])))
        if outer is not None and outer.kind is not node.kind:
            return
        if outer is not None:
            yield outer, tokens[end]
