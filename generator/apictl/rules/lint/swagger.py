"""Pages of what Swagger 2.0 documents may say, and OpenAPI 3 has no words for."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

PAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "collection-format-unsupported": """The values of an array are parted in a way that can't be represented.

Swagger 2.0 has ways that later versions do not: tabs (`tsv`) anywhere, blanks and pipes (`ssv`, `pipes`) outside of
queries and forms, and arrays within arrays. Use `csv` or `multi`, or send the array in a body.

```yaml flawed text
swagger: '2.0'
info: {title: Rides, version: '1'}
paths:
  /rides:
    get:
      operationId: listRides
      parameters: [{name: cities, in: query, type: array, items: {type: string}, collectionFormat: tsv}]
      responses: {'204': {description: None.}}
```
""",
        "form-media-type-missing": """A request has fields of a form and consumes no media type of forms.

Fields with `in: formData` travel as `application/x-www-form-urlencoded` or `multipart/form-data`. The first is taken,
and for files the second; list it under `consumes`.

```yaml flawed text
swagger: '2.0'
info: {title: Rides, version: '1'}
consumes: [application/json]
paths:
  /rides:
    post:
      operationId: startRide
      parameters: [{name: city, in: formData, type: string}]
      responses: {'204': {description: Started.}}
```
""",
        "rendition-limit": """Operations share more than any document can hold.

A response of Swagger 2.0 is answered in the media types of each operation that shares it, so that it stands once for
each in the words of later versions. Convert the document, or let operations produce the same media types.
""",
        "request-body-ambiguous": """A request has two bodies, or a body and fields of a form.

It can carry one. Put the fields into the schema of the body, or the body into a field.

```yaml flawed text
swagger: '2.0'
info: {title: Rides, version: '1'}
paths:
  /rides:
    post:
      operationId: startRide
      parameters:
        - {name: ride, in: body, schema: {type: object}}
        - {name: city, in: formData, type: string}
      responses: {'204': {description: Started.}}
```
""",
    }
)
"""By id."""
