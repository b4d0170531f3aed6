r"""A pattern is not read by every engine of regular expressions.

Contracts are read by programs in many languages: Rust knows no lookaround, Python no `\p{L}`, ECMAScript no
`(?P<name>)`. Write what all of them read, or let the service check it.

```yaml flawed openapi 3.1.0
components: {schemas: {Code: {type: string, pattern: '^(?!x)[a-z]+$'}}}
```

```yaml fine openapi 3.1.0
components: {schemas: {Code: {type: string, pattern: '^[a-wyz][a-z]*$'}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import text
from apictl.rules.lint.patterns import portability_flaw
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule(
    "pattern-not-portable", OpenApi.SCHEMA, AsyncApi.SCHEMA, sets={RuleSet.CODEGEN: Severity.WARNING}, field="pattern"
)
def pattern_not_portable(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Patterns are what all engines read."""
    del scope
    flaw = portability_flaw(text(node.fields["pattern"]))
    if flaw:
        yield Flaw(f"pattern {flaw}", node.place.child("pattern"))
