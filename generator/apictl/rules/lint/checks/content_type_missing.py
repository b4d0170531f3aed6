"""Nothing says how a message is written.

Neither the message has a `contentType` nor the document a `defaultContentType`; readers have to guess that it is
JSON.

```yaml flawed asyncapi 3.0.0
channels: {rides: {address: rides, messages: {begun: {payload: {type: object}}}}}
```

```yaml fine asyncapi 3.0.0
defaultContentType: application/json
channels: {rides: {address: rides, messages: {begun: {payload: {type: object}}}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Related, Severity
from apictl.readers.access import items, text
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule(
    "content-type-missing",
    AsyncApi.DOCUMENT,
    sets={RuleSet.RECOMMENDED: Severity.WARNING, RuleSet.CODEGEN: Severity.WARNING},
)
def content_type_missing(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Messages have a content type."""
    if text(node.fields.get("defaultContentType")):
        return
    bare = [
        each
        for each in scope.objects(AsyncApi.MESSAGE)
        if not text(each.fields.get("contentType"))
        and not items(each.fields.get("traits"))
        and "oneOf" not in each.fields
    ]
    if bare:
        message = f"{len(bare)} message{'s'[: len(bare) > 1]} and the document name no content type"
        yield Flaw(
            message, node.place, hint="add `defaultContentType`", related=(Related("the first message", bare[0].place),)
        )
