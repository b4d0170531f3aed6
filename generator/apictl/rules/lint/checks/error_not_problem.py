"""An error is not told as RFC 9457 says.

`application/problem+json` is the shape of errors that libraries and people know: a type, a title, a status, a detail.
Where all services use it, one handler serves all callers.

```yaml flawed openapi 3.1.0
paths:
  /rides:
    get:
      operationId: listRides
      summary: List rides
      responses:
        '204': {description: None.}
        '400': {description: Wrong., content: {application/json: {schema: {type: object}}}}
```

```yaml fine openapi 3.1.0
paths:
  /rides:
    get:
      operationId: listRides
      summary: List rides
      responses:
        '204': {description: None.}
        '400':
          description: Wrong.
          content: {'application/problem+json': {schema: {type: object}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from apictl.findings import Severity
from apictl.readers.access import Tree, mapping
from apictl.rules.lint.rule import AnyNode, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope

_FEW: Final = 3


@lint_rule("error-not-problem", OpenApi.DOCUMENT, sets={RuleSet.STRICT: Severity.WARNING})
def error_not_problem(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Errors are problem details (RFC 9457)."""
    errors = {response.place: response for response in _errors(scope)}
    others = [place for place, response in errors.items() if not any("problem+" in name for name in _media(response))]
    if len(others) == len(errors) > _FEW:
        message = f"none of {len(errors)} errors is an application/problem+json"
        yield Flaw(message, node.place.child("paths").key())
        return
    for place in others:
        yield Flaw("the error is no application/problem+json", place.child("content").key())


def _errors(scope: Scope) -> Iterator[AnyNode]:
    """Yield the objects that describe errors with a body, behind their references; some of them several times."""
    for responses in scope.objects(OpenApi.RESPONSES):
        for status in responses.fields:
            response = scope.child(responses, status) if status[:1] in {"4", "5"} else None
            if response is not None and _media(response):
                yield response


def _media(response: AnyNode) -> Tree:
    return mapping(response.fields.get("content"))
