"""Pages of what may be wrong with schemas."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

PAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "array-items-missing": """An array does not say what it holds.

OpenAPI 3.0 asks for `items`. Without it anything may be in the array; `items: {}` says that on purpose.

```yaml flawed openapi 3.0.3
components:
  schemas:
    Stops: {type: array}
```
""",
        "composition-empty": """An `allOf`, `anyOf` or `oneOf` has no branch.

No branch of `allOf` asks for nothing, so anything is allowed; no branch of the others can fit, so nothing is. Remove
the keyword, or say which branches there are.

```yaml flawed openapi 3.1.0
components:
  schemas:
    Ride: {anyOf: []}
```
""",
        "default-mismatch": """A default is no value that its own schema allows.

Whoever leaves the value out would get one that nobody may send. The default is not used until it fits.

```yaml flawed openapi 3.1.0
components:
  schemas:
    Ride: {type: object, properties: {seats: {type: integer, maximum: 6, default: 8}}}
```
""",
        "discriminator-property-undeclared": """A branch does not declare the property that tells branches apart.

The name in `discriminator` is a property of every branch, and required there; else a value may lack what decides.

```yaml flawed openapi 3.1.0
components:
  schemas:
    Fare:
      oneOf: [{$ref: '#/components/schemas/Flat'}]
      discriminator: {propertyName: kind}
    Flat: {type: object, properties: {price: {type: number}}}
```
""",
        "keyword-ill-formed": """A keyword is written as in an older draft of JSON Schema.

`required: true` within a property, or `exclusiveMinimum: true` beside a bound, meant something once. The hint says how
it is written now.

```yaml flawed openapi 3.1.0
components:
  schemas:
    Seats: {type: integer, minimum: 0, exclusiveMinimum: true}
```
""",
        "enum-empty": """An `enum` lists no value.

By the letter of JSON Schema no value is valid then. Nobody means that: it is read as if it were not there. List the
values, or remove it.

```yaml flawed openapi 3.1.0
components:
  schemas:
    Status: {type: string, enum: []}
```
""",
        "keyword-of-other-version": """A keyword belongs to another version and has no effect here.

`nullable` is of OpenAPI 3.0; in 3.1 a value that may be null has the type `null`, too.

```yaml flawed openapi 3.1.0
components:
  schemas:
    Note: {type: string, nullable: true}
```
""",
        "nullable-without-type": """A schema is `nullable` and names no type.

OpenAPI 3.0.3 gives `nullable` a meaning only beside `type`. It is read as if it allowed null, as most documents mean
it. Add the type.

```yaml flawed openapi 3.0.3
components:
  schemas:
    Note: {nullable: true, enum: [late, early, null]}
```
""",
        "pattern-uncompilable": """A pattern is no regular expression.

Patterns are those of ECMAScript. A bracket or a parenthesis is not closed, or an escape is unknown there.

```yaml flawed openapi 3.1.0
components:
  schemas:
    Plate: {type: string, pattern: '[A-Z'}
```
""",
        "required-repeated": """A list of required properties has a name twice.

It means the same as once. Often the second was to be another one.

```yaml flawed openapi 3.1.0
components:
  schemas:
    Ride: {type: object, properties: {id: {type: string}}, required: [id, id]}
```
""",
        "required-undeclared": """A property is required and not declared.

Anything may be its value then. It is misspelled in one of the two places, or its schema was forgotten.

```yaml flawed openapi 3.1.0
components:
  schemas:
    Ride: {type: object, properties: {id: {type: string}}, required: [ride_id]}
```
""",
        "schema-dialect-unsupported": """A schema names a dialect of JSON Schema that is not read.

Schemas of OpenAPI 3.1 are of JSON Schema 2020-12. Remove `$schema` and `jsonSchemaDialect`, or name that dialect.

```yaml flawed openapi 3.1.0
components:
  schemas:
    Ride: {$schema: 'http://json-schema.org/draft-04/schema#', type: object}
```
""",
        "schema-keyword-unsupported": """A schema uses a keyword whose meaning depends on who reads it.

`$dynamicRef`, and an `$id` that moves references elsewhere, can't become a type. Write a plain `$ref`.

```yaml flawed openapi 3.1.0
components:
  schemas:
    Tree: {type: object, properties: {child: {$dynamicRef: '#node'}}}
```
""",
    }
)
"""By id."""
