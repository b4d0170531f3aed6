"""An integer does not say how large it may be.

Languages with 32 and 64 bits have to guess. Write `format: int32` or `int64`, or a smallest and a largest value.

```yaml flawed openapi 3.1.0
components: {schemas: {Seats: {type: integer}}}
```

```yaml fine openapi 3.1.0
components: {schemas: {Seats: {type: integer, format: int32}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule("integer-without-format", OpenApi.SCHEMA, sets={RuleSet.CODEGEN: Severity.INFO}, field="type")
def integer_without_format(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Integers have a format or limits."""
    del scope
    if (
        node.fields["type"] == "integer"
        and not {"const", "enum", "format", "maximum", "exclusiveMaximum"} & node.fields.keys()
    ):
        yield Flaw("the integer has no format and no limits", node.place, hint="add format: int32 or int64")
