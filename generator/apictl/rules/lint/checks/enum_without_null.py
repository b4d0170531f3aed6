"""A nullable enum does not list null.

By OpenAPI 3.0 `nullable` only widens `type`; an enum lists all values that may be there, and null is none of them.
Add `null` to the enum.

```yaml flawed openapi 3.0.3
components:
  schemas:
    Ride: {type: string, nullable: true, enum: [taxi, van]}
```

```yaml fine openapi 3.0.3
components:
  schemas:
    Ride: {type: string, nullable: true, enum: [taxi, van, null]}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import items
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule("enum-without-null", OpenApi.SCHEMA, sets={RuleSet.RECOMMENDED: Severity.WARNING}, field="enum")
def enum_without_null(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """An enum that may be null has null (OpenAPI 3.0.3, Schema Object)."""
    if (
        node.fields.get("nullable") is True
        and None not in items(node.fields["enum"])
        and scope.version().startswith("3.0")
    ):
        yield Flaw(
            "null is allowed by `nullable` and refused by the enum",
            node.place.child("enum").key(),
            hint="add null to the enum",
        )
