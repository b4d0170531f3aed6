"""Two values of an enum have one name in generated code.

Values that differ by case or by signs alone become the same constant. One of them gets a number.

```yaml flawed openapi 3.1.0
components: {schemas: {Unit: {type: string, enum: [mb, MB]}}}
```

```yaml fine openapi 3.1.0
components: {schemas: {Unit: {type: string, enum: [megabit, megabyte]}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Severity
from apictl.pages.python.names import snake
from apictl.readers.access import items
from apictl.rules.lint.naming import clashes
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope


@lint_rule("enum-names-clash", OpenApi.SCHEMA, AsyncApi.SCHEMA, sets={RuleSet.CODEGEN: Severity.WARNING}, field="enum")
def enum_names_clash(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Values of an enum stay apart in Python."""
    del scope
    if any(key.startswith("x-enum") for key in node.fields):
        return  # the names are chosen
    values = [value for value in items(node.fields["enum"]) if isinstance(value, str)]
    if len({value.lower() for value in values}) == len(set(values)) and all(map(str.isidentifier, values)):
        return  # the quick way for almost all
    places = [
        (value, node.place.child("enum", index))
        for index, value in enumerate(items(node.fields["enum"]))
        if isinstance(value, str)
    ]
    yield from clashes(places, lambda value: snake(value, "value"), what="values")
