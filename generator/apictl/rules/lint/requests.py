"""Pages of what OpenAPI asks for beyond structure: paths, parameters, operations, servers, security."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

PAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "header-parameter-ignored": """A header parameter describes what is described elsewhere.

`Accept` and `Content-Type` follow from `content`, `Authorization` from a security scheme. OpenAPI ignores parameters
of these names.

```yaml flawed openapi 3.1.0
paths:
  /rides:
    get:
      operationId: listRides
      parameters: [{name: Authorization, in: header, schema: {type: string}}]
      responses: {'204': {description: None.}}
```
""",
        "link-operation-unknown": """A link names an operation that the document does not have.

Its `operationId` is misspelled, or the operation was renamed. Nobody can follow the link.

```yaml flawed openapi 3.1.0
paths:
  /rides:
    post:
      operationId: startRide
      responses: {'204': {description: Started., links: {next: {operationId: stopRide}}}}
```
""",
        "operation-id-duplicate": """An id of an operation is used twice.

Methods, tests and links are named after it, so it must tell operations apart.

```yaml flawed openapi 3.1.0
paths:
  /rides: {get: {operationId: list, responses: {'204': {description: None.}}}}
  /fares: {get: {operationId: list, responses: {'204': {description: None.}}}}
```
""",
        "operation-id-missing": """An operation has no id of its own.

It is called by its method and path, or its channel; a change of these changes the name of the method in generated
code. An `operationId` stays.

```yaml flawed openapi 3.1.0
paths:
  /rides: {get: {responses: {'204': {description: None.}}}}
```
""",
        "pagination-malformed": """An `x-apictl-pagination` is not written as it must be.

It says how the operation lists page by page: a `style` (`cursor`, `offset`, `page` or `link`), `items`, a JSON Pointer
to the list in the body, and, but for links, the `parameter` of the query that asks for a page. By cursor, `next` is the
pointer to the cursor of the next page in the body, or `last` the pointer to it in the last item. `more` may point to a
boolean that says whether there is another page; `first` is the number of the first page, 1 unless said.

```yaml flawed openapi 3.1.0
paths:
  /rides:
    get:
      operationId: listRides
      x-apictl-pagination: {style: cursors, parameter: cursor, items: /rides, next: /next}
      parameters: [{name: cursor, in: query, schema: {type: string}}]
      responses: {'200': {description: A page.}}
```
""",
        "parameter-duplicate": """A list of parameters has the same one twice.

A parameter is known by its name and where it stands; which of the two counts is undefined.

```yaml flawed openapi 3.1.0
paths:
  /rides:
    get:
      operationId: listRides
      parameters:
        - {name: limit, in: query, schema: {type: integer}}
        - {name: limit, in: query, schema: {type: string}}
      responses: {'204': {description: None.}}
```
""",
        "path-duplicate": """Two paths can't be told apart.

They differ in the names of their parameters only, or in the order of a fixed query. Write both in the same way, and
merge them. While they share no method it is a warning; so it is for a service that others run, which `external: true`
in `apictl.yaml` says: they tell the requests apart, and a client has a method for each.

```yaml flawed openapi 3.1.0
paths:
  '/rides/{id}':
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {operationId: getRide, responses: {'204': {description: None.}}}
  '/rides/{ride}':
    parameters: [{name: ride, in: path, required: true, schema: {type: string}}]
    get: {operationId: readRide, responses: {'204': {description: None.}}}
```
""",
        "path-fragment": """A path has a `#`, and no request carries what follows it.

Clients keep the fragment of a URL to themselves (RFC 9110, 4.2.5). Merge the operations into those of the path before
the `#`, or write it as `%23`. For a service that others run, which `external: true` in `apictl.yaml` says, it is a
warning: a client has a method for each, and sends what stands before the `#`.

```yaml flawed openapi 3.1.0
paths:
  '/rides#recent': {get: {operationId: listRecent, responses: {'204': {description: None.}}}}
```
""",
        "path-item-reference-siblings": """Something stands beside the `$ref` of a path item.

OpenAPI leaves open what that means, and tools differ. Move it into the path item that is referred to.

```yaml flawed openapi 3.0.3
paths:
  /rides: {post: {operationId: startRide, responses: {'204': {description: Started.}}}}
  /trips:
    $ref: '#/paths/~1rides'
    get: {operationId: listTrips, responses: {'204': {description: None.}}}
```
""",
        "path-parameter-undeclared": """A name in a path is no parameter.

It is taken for a string. Declare it, so that what it may be is known.

```yaml flawed openapi 3.1.0
paths:
  '/rides/{id}': {get: {operationId: getRide, responses: {'204': {description: None.}}}}
```
""",
        "path-parameter-unused": """A path parameter is not in the path.

It is misspelled in one of the two places, or the path was changed. A webhook or callback has no path of its own:
whoever receives it chooses the URL.

```yaml flawed openapi 3.1.0
paths:
  /rides:
    get:
      operationId: listRides
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'204': {description: None.}}
```
""",
        "path-query-parameter": """A path has a parameter in its query.

Path parameters are parts of the path, which ends at the `?`. Declare it with `in: query`.

```yaml flawed openapi 3.1.0
paths:
  '/rides?city={city}': {get: {operationId: listRides, responses: {'204': {description: None.}}}}
```
""",
        "path-template-malformed": """The braces of a path enclose no name, or the same name twice.

Each parameter of a path stands in a pair of braces of its own, and has a name of its own.

```yaml flawed openapi 3.1.0
paths:
  '/rides/{}': {get: {operationId: getRide, responses: {'204': {description: None.}}}}
```
""",
        "path-without-slash": """A path does not begin with `/`.

A path is appended to the url of the server.

```yaml flawed openapi 3.1.0
paths:
  rides: {get: {operationId: listRides, responses: {'204': {description: None.}}}}
```
""",
        "querystring-encoding": """The fields of a query have an encoding of their own.

A parameter with `in: querystring` is the whole query. Its fields are written as those of a form usually are; another
way is not supported. Remove `encoding`, or declare each field with `in: query`.

```yaml flawed openapi 3.2.0
paths:
  /rides:
    get:
      operationId: listRides
      parameters:
        - name: filter
          in: querystring
          content:
            application/x-www-form-urlencoded:
              schema: {type: object, properties: {cities: {type: array, items: {type: string}}}}
              encoding: {cities: {style: pipeDelimited}}
      responses: {'204': {description: None.}}
```
""",
        "querystring-shared": """A parameter is the whole query, and another one is in it, too.

`in: querystring` leaves no room for parameters with `in: query`, nor for a second one of its kind.

```yaml flawed openapi 3.2.0
paths:
  /rides:
    parameters: [{name: limit, in: query, schema: {type: integer}}]
    get:
      operationId: listRides
      parameters: [{name: filter, in: querystring, content: {application/json: {schema: {type: object}}}}]
      responses: {'204': {description: None.}}
```
""",
        "response-success-undeclared": """An operation declares no answer of success.

It can only fail, by its contract. An answer without content is taken for its success; declare what it answers.

```yaml flawed openapi 3.1.0
paths:
  /rides: {get: {operationId: listRides, responses: {'404': {description: None.}}}}
```
""",
        "security-scheme-undefined": """A requirement names a security scheme that is not declared.

Schemes stand under `components`, `securitySchemes`.

```yaml flawed openapi 3.1.0
security: [{key: []}]
paths: {}
```
""",
        "security-scope-undeclared": """A requirement asks for a scope that its scheme does not declare.

No flow of the scheme grants it, so nobody could fulfil the requirement.

```yaml flawed openapi 3.1.0
security: [{oauth: [rides:write]}]
paths: {}
components:
  securitySchemes:
    oauth:
      type: oauth2
      flows: {clientCredentials: {tokenUrl: 'https://rides.example/token', scopes: {'rides:read': Read.}}}
```
""",
        "server-variable-default": """The default of a server's variable is none of its values.

Where a list of values is given, the default is one of them.

```yaml flawed openapi 3.1.0
servers: [{url: 'https://{region}.rides.example', variables: {region: {enum: [eu, us], default: asia}}}]
paths: {}
```
""",
        "server-variable-undeclared": """The address of a server has a variable that is not declared.

Its default stands under `variables`.

```yaml flawed openapi 3.1.0
servers: [{url: 'https://{region}.rides.example'}]
paths: {}
```
""",
        "status-unknown": """A key of `responses` is no status.

It is three digits, a digit and `XX`, or `default`.

```yaml flawed openapi 3.1.0
paths:
  /rides: {get: {operationId: listRides, responses: {'204': {description: None.}, '20': {description: No.}}}}
```
""",
        "tag-parent-cycle": """A tag is below itself.

Following the parents of a tag leads back to it. Take one of them out.

```yaml flawed openapi 3.2.0
tags: [{name: rides, parent: trips}, {name: trips, parent: rides}]
paths: {}
```
""",
        "tag-parent-undeclared": """The parent of a tag is not declared.

A parent is the name of another tag of the document. It is misspelled, or was removed.

```yaml flawed openapi 3.2.0
tags: [{name: rides, parent: trip}, {name: trips}]
paths: {}
```
""",
        "tag-duplicate": """A tag is declared twice.

Operations refer to a tag by its name, so a name means one tag.

```yaml flawed openapi 3.1.0
tags: [{name: rides}, {name: rides}]
paths: {}
```
""",
    }
)
"""By id."""
