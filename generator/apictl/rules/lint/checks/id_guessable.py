"""An address holds a number that others can guess.

Who sees ride 1041 tries 1042 (OWASP API1:2023). Check in the service who may see what, and give out ids that can not
be counted, as UUIDs.

```yaml flawed openapi 3.1.0
paths:
  '/rides/{rideId}':
    parameters: [{name: rideId, in: path, required: true, schema: {type: integer}}]
```

```yaml fine openapi 3.1.0
paths:
  '/rides/{rideId}':
    parameters: [{name: rideId, in: path, required: true, schema: {type: string, format: uuid}}]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.readers.access import text
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.securing import schema_types
from apictl.rules.lint.words import quoted, words


@lint_rule("id-guessable", OpenApi.PARAMETER, sets={RuleSet.SECURITY: Severity.WARNING})
def id_guessable(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Ids in paths are no numbers (OWASP API1:2023)."""
    name = text(node.fields.get("name"))
    schema = scope.child(node, "schema") if node.fields.get("in") == "path" else None
    if schema is not None and "integer" in schema_types(schema) and words(name)[-1:] in {("id",), ("number",), ("no",)}:
        yield Flaw(f"{quoted(name)} counts, so that others can be guessed", node.place, hint="use ids such as UUIDs")
