"""An enum lists values of several types.

Languages with types have no enum of texts and numbers; they get a union, or nothing. Make them texts.

```yaml flawed openapi 3.1.0
components: {schemas: {Unit: {enum: [1, two]}}}
```

```yaml fine openapi 3.1.0
components: {schemas: {Unit: {type: string, enum: [one, two]}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import items
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.values import type_of


@lint_rule("enum-mixed", OpenApi.SCHEMA, AsyncApi.SCHEMA, sets={RuleSet.CODEGEN: Severity.WARNING}, field="enum")
def enum_mixed(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Values of an enum are of one type."""
    del scope
    types = {type_of(value) for value in items(node.fields["enum"])} - {"null"}
    if len(types) > 1 and types != {"integer", "number"}:
        yield Flaw(f"the enum mixes {', '.join(sorted(types))}", node.place.child("enum").key())
