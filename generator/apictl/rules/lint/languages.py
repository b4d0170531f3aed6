"""Pages of schemas in other languages than JSON Schema: Avro, Protobuf and those that are not read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

PAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "avro-malformed": """A schema of Avro breaks the rules of Avro.

The message says which: a type without a name, a record without fields, a union with the same type twice.

```yaml flawed asyncapi 3.0.0
components:
  schemas:
    Ride:
      schemaFormat: application/vnd.apache.avro;version=1.9.0
      schema: {type: array, items: [string, string]}
```
""",
        "avro-name-repeated": """A schema of Avro defines a type twice.

A full name, namespace included, is defined once; from there on it is only named.

```yaml flawed asyncapi 3.0.0
components:
  schemas:
    Ride:
      schemaFormat: application/vnd.apache.avro;version=1.9.0
      schema: [{type: fixed, name: Id, size: 8}, {type: fixed, name: Id, size: 16}]
```
""",
        "avro-name-unknown": """A schema of Avro names a type that is not defined before.

Types of Avro are defined where they are used first, in the order of reading.

```yaml flawed asyncapi 3.0.0
components:
  schemas:
    Ride:
      schemaFormat: application/vnd.apache.avro;version=1.9.0
      schema: {type: array, items: strnig}
```
""",
        "payload-opaque": """A schema is in a language that is not read.

JSON Schema, the schemas of OpenAPI, Avro and Protobuf are. What others say is kept, and any content is taken there.

```yaml flawed asyncapi 3.0.0
channels:
  rides:
    address: rides
    messages:
      started: {payload: {schemaFormat: application/raml+yaml;version=1.0, schema: {type: object}}}
```
""",
        "protobuf-malformed": """A schema of Protobuf is no file that can be read.

Its text breaks the language, names what is not there, or has what is not read: editions, groups, imports of other files
than those of `google/protobuf/`.

```yaml flawed asyncapi 3.0.0
channels:
  rides:
    address: rides
    messages:
      started:
        payload:
          schemaFormat: application/vnd.google.protobuf;version=3
          schema: 'syntax = "proto3"; message Ride { Fare fare = 1; }'
```
""",
        "protobuf-message-ambiguous": """A schema of Protobuf has several messages, and any of them could be meant.

It is the only message of the file, else the only one that no other one refers to.

```yaml flawed asyncapi 3.0.0
channels:
  rides:
    address: rides
    messages:
      started:
        payload:
          schemaFormat: application/vnd.google.protobuf;version=3
          schema: 'syntax = "proto3"; message Ride { int32 seats = 1; } message Fare { int32 cents = 1; }'
```
""",
        "schema-format-misplaced": """A part of a schema names a format of its own.

A format is that of a whole payload, of all headers, or of a schema under `components`.

```yaml flawed asyncapi 3.0.0
components:
  schemas:
    Ride:
      type: object
      properties: {fare: {schemaFormat: application/vnd.apache.avro;version=1.9.0, schema: string}}
```
""",
    }
)
"""By id."""
