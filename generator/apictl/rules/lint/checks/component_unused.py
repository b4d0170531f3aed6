"""A component is never referred to.

Nobody knows whether it may be changed or removed, and generated code has a class that nothing uses. Documents of the
workspace that were read in the same run count.

```yaml flawed openapi 3.1.0
paths:
  /rides:
    get:
      operationId: listRides
      summary: List rides
      responses: {'204': {description: None.}}
components: {schemas: {Ride: {type: object}}}
```

```yaml fine openapi 3.1.0
paths:
  /rides:
    get:
      operationId: listRides
      summary: List rides
      responses:
        '200':
          description: One.
          content: {application/json: {schema: {$ref: '#/components/schemas/Ride'}}}
components: {schemas: {Ride: {type: object}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.uses import unused_components
from apictl.rules.lint.words import last_token, quoted


@lint_rule(
    "component-unused",
    OpenApi.DOCUMENT,
    AsyncApi.DOCUMENT,
    sets={RuleSet.RECOMMENDED: Severity.WARNING},
    is_about_callers=True,
)
def component_unused(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Every component is reached from an operation or a channel."""
    del node
    for component in unused_components(scope):
        yield Flaw(
            f"{component.kind.value} {quoted(last_token(component))} is never referred to", component.place.key()
        )
