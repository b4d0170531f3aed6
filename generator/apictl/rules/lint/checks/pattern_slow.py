"""A pattern takes exponential time for some texts.

It repeats something that is itself nothing but a repetition, as `(a+)+`: an engine that goes back tries every way to
share the text among both. One request then blocks a core (OWASP API4:2023). Most often the inner `+` may go.

```yaml flawed openapi 3.1.0
components: {schemas: {Code: {type: string, pattern: '^(a+)+$'}}}
```

```yaml fine openapi 3.1.0
components: {schemas: {Code: {type: string, pattern: '^a+$'}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import text
from apictl.rules.lint.patterns import slowness
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule(
    "pattern-slow",
    OpenApi.SCHEMA,
    AsyncApi.SCHEMA,
    sets={RuleSet.RECOMMENDED: Severity.WARNING, RuleSet.SECURITY: Severity.ERROR},
    field="pattern",
)
def pattern_slow(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """No pattern repeats what only repeats."""
    del scope
    if slowness(text(node.fields["pattern"])):
        yield Flaw("pattern takes exponential time for some texts", node.place.child("pattern"))
