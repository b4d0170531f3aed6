"""An example is no value that its schema allows.

Documentation, mocks and tests show it to people who will send it, and be refused. Either the example is out of date,
or the schema is stricter than meant.

```yaml flawed openapi 3.1.0
components:
  schemas:
    Ride: {type: object, required: [id], properties: {id: {type: integer}}, examples: [{id: seven}]}
```

```yaml fine openapi 3.1.0
components:
  schemas:
    Ride: {type: object, required: [id], properties: {id: {type: integer}}, examples: [{id: 7}]}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.rules.lint.examples import misfits
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule(
    "example-mismatch",
    OpenApi.DOCUMENT,
    AsyncApi.DOCUMENT,
    sets={RuleSet.RECOMMENDED: Severity.WARNING, RuleSet.STRICT: Severity.ERROR},
)
def example_mismatch(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Examples keep to the schemas that they stand beside."""
    del node
    for misfit in misfits(scope):
        yield Flaw(f"example does not fit its schema: {misfit.message}", misfit.place)
