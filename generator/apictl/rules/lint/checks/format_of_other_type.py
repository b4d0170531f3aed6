"""A format is one of another type.

`format: int64` says nothing of a text, and `format: date` nothing of a number; generators differ in what they make of
it.

```yaml flawed openapi 3.1.0
components: {schemas: {Seats: {type: string, format: int32}}}
```

```yaml fine openapi 3.1.0
components: {schemas: {Seats: {type: integer, format: int32}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from apictl.findings import Severity
from apictl.readers.access import text
from apictl.rules.lint.rule import AnyNode, AsyncApi, Flaw, OpenApi, RuleSet, lint_rule
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.securing import schema_types

_ABOUT: Final[Mapping[str, frozenset[str]]] = {
    **dict.fromkeys(("int32", "int64"), frozenset({"integer", "number"})),
    **dict.fromkeys(("double", "float"), frozenset({"number", "integer"})),
    **dict.fromkeys(
        ("binary", "byte", "date", "date-time", "email", "hostname", "ipv4", "ipv6", "password", "uri", "uuid"),
        frozenset({"string"}),
    ),
}


@lint_rule(
    "format-of-other-type",
    OpenApi.SCHEMA,
    AsyncApi.SCHEMA,
    sets={RuleSet.RECOMMENDED: Severity.WARNING, RuleSet.CODEGEN: Severity.WARNING},
    field="format",
)
def format_of_other_type(node: AnyNode, scope: Scope) -> Iterator[Flaw]:
    """Formats are of the type beside them (OpenAPI 3.1, Data Types)."""
    del scope
    name = text(node.fields["format"])
    types = schema_types(node)
    about = _ABOUT.get(name)
    if about is not None and types and types.isdisjoint(about):
        message = f"format {name!r} says nothing of type {' or '.join(sorted(types))}"
        yield Flaw(message, node.place.child("format"))
