"""A keyword has no effect on values of the type beside it.

`minLength` says nothing of a number, `items` nothing of an object. Either the type is wrong, or the keyword is
another one.

```yaml flawed openapi 3.1.0
components:
  schemas:
    Seats: {type: integer, minLength: 1}
```

```yaml fine openapi 3.1.0
components:
  schemas:
    Seats: {type: integer, minimum: 1}
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from apictl.findings import Severity
from apictl.readers.access import text, texts
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope

_NUMBERS: Final = frozenset({"integer", "number"})
_ABOUT: Final[Mapping[str, frozenset[str]]] = {
    **dict.fromkeys(("maxLength", "minLength", "pattern"), frozenset({"string"})),
    **dict.fromkeys(("exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf"), _NUMBERS),
    **dict.fromkeys(("contains", "items", "maxItems", "minItems", "prefixItems", "uniqueItems"), frozenset({"array"})),
    **dict.fromkeys(
        ("additionalProperties", "maxProperties", "minProperties", "patternProperties", "properties", "required"),
        frozenset({"object"}),
    ),
}


@lint_rule(
    "keyword-without-effect",
    OpenApi.SCHEMA,
    AsyncApi.SCHEMA,
    sets={RuleSet.RECOMMENDED: Severity.WARNING},
    field="type",
)
def keyword_without_effect(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Keywords are about the type beside them (JSON Schema 2020-12, Validation 6)."""
    del scope
    types = {text(node.fields["type"]), *texts(node.fields["type"])} - {""}
    for keyword in node.fields:
        about = _ABOUT.get(keyword)
        if about is not None and types and types.isdisjoint(about):
            message = f"{keyword!r} says nothing of type {' or '.join(sorted(types))}"
            yield Flaw(message, node.place.child(keyword).key())
