"""Pages of what may be wrong with the structure of a document, in any language and version."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

PAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "component-name": """The name of a component has other characters than names may have.

Letters, digits, dots, hyphens and underscores are what both specifications allow, as names become parts of
references.

```yaml flawed openapi 3.1.0
components:
  schemas:
    'Ride of today': {type: object}
```
""",
        "field-missing": """A field that must be there is missing.

The place is the object that lacks it.

```yaml flawed openapi 3.1.0
paths:
  /rides: {get: {operationId: listRides, responses: {'204': {}}}}
```
""",
        "field-unknown": """A field is not one of those that belong here.

It is misspelled, of another version of the specification, or stands in the wrong object. Fields of your own begin with
`x-`.

```yaml flawed openapi 3.1.0
paths:
  /rides: {get: {operationID: listRides, responses: {'204': {description: None.}}}}
```
""",
        "language-unexpected": """The document is written in another language than its place says.

`openapi.yaml` holds what a service answers, `asyncapi.yaml` which events it sends and receives. A file of the other
language in that place was renamed, or named wrongly in `apictl.yaml`.
""",
        "structure": """An object is not built as the specification says.

No more special rule describes it; the message says what the published schema of the specification asks for.
""",
        "type-wrong": """A value is of another type than belongs here.

Often a list stands where one mapping belongs, or nothing at all after a colon.

```yaml flawed openapi 3.1.0
paths: []
```
""",
        "value-not-allowed": """A value is none of those that are possible here.

The message lists them. Their spelling counts, capital letters too.

```yaml flawed openapi 3.1.0
components:
  parameters:
    Limit: {name: limit, in: querry, schema: {type: integer}}
```
""",
        "version-missing": """The document does not say which specification it follows.

The first line says it: `openapi: 3.1.0`, or `asyncapi: 3.0.0`. The first version of OpenAPI was Swagger, and says
`swagger: '2.0'`.

```yaml flawed text
info: {title: Rides, version: '1'}
paths: {}
```
""",
        "version-not-a-string": """The version of the specification is a number.

Without quotes and a third part YAML reads `3.1` as a number, in which `3.10` would be the same. Write three parts.

```yaml flawed text
openapi: 3.1
info: {title: Rides, version: '1'}
paths: {}
```
""",
        "version-unsupported": """The document follows a version of the specification that is not read.

Swagger 2.0, OpenAPI 3.0, 3.1 and 3.2, and AsyncAPI 2.0 to 2.6, 3.0 and 3.1 are. Older documents can be converted:
AsyncAPI 1 with the AsyncAPI converter.

```yaml flawed text
swagger: '1.2'
info: {title: Rides, version: '1'}
paths: {}
```
""",
    }
)
"""By id."""
