"""A value of an enum is of another type than its schema asks for.

It can never be sent: the type refuses what the enum allows. Most often quotes are missing, or are there by mistake.

```yaml flawed openapi 3.1.0
components:
  schemas:
    Seats: {type: integer, enum: ['2', '4']}
```

```yaml fine openapi 3.1.0
components:
  schemas:
    Seats: {type: integer, enum: [2, 4]}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import items, text, texts
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.values import shown, type_of


@lint_rule(
    "enum-type-mismatch",
    OpenApi.SCHEMA,
    AsyncApi.SCHEMA,
    sets={RuleSet.RECOMMENDED: Severity.WARNING, RuleSet.CODEGEN: Severity.ERROR},
    field="enum",
)
def enum_type_mismatch(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Values of an enum are of the type beside it."""
    del scope
    types = {text(node.fields.get("type")), *texts(node.fields.get("type"))} - {""}
    if node.fields.get("nullable") is True:
        types.add("null")
    for index, value in enumerate(items(node.fields["enum"]) if types else ()):
        found = type_of(value)
        # A null in an enum of OpenAPI 3.0 is what `nullable` needs, and says no more than it.
        if found not in types and not (found == "integer" and "number" in types) and value is not None:
            expected = " or ".join(sorted(types))
            yield Flaw(f"{shown(value)} is no {expected}", node.place.child("enum", index))
