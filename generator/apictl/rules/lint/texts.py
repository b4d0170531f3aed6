"""Pages of what may be wrong with the text of a document, before anybody asks what it means."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

PAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "alias-expansion-limit": """Aliases of YAML repeat more nodes than any contract needs.

A few lines of aliases of aliases can stand for more nodes than a machine has memory for. Nothing of the document is
read then. Use `$ref` for what is shared: a reference costs nothing, however often it is followed.
""",
        "alias-recursive": """An alias of YAML stands within the node that it stands for.

Such a document has no end, and JSON has no way to say it. A schema that holds itself is written with `$ref`.

```yaml flawed text
openapi: 3.1.0
info: &about {title: Rides, version: '1', x-again: *about}
paths: {}
```
""",
        "alias-undefined": """An alias of YAML has no anchor before it.

The anchor is missing, comes later, or is spelled otherwise.

```yaml flawed text
openapi: 3.1.0
info: {title: Rides, version: '1', x-owner: *owner}
paths: {}
```
""",
        "boolean-word-unquoted": """A word like `no` or `on` stands without quotes.

YAML 1.2 takes it for a string, and so does apictl; older tools take it for true or false. Quotes make it the same to
all.

```yaml flawed openapi 3.1.0
components:
  schemas:
    Country: {type: string, enum: [no, se]}
```
""",
        "control-character": """A text holds a character that no contract may hold.

Control characters, and halves of surrogate pairs, can neither be printed nor written again. They come from copies out
of other programs. Delete the character, or write it as an escape where it is meant.
""",
        "direction-override": """A character turns the direction of writing.

Such characters make a text look otherwise than programs read it: a name may show another one's letters. Marks for
languages that are written from right to left do without them.

```yaml flawed openapi 3.1.0
tags: [{name: "rides\u202e"}]
```
""",
        "document-empty": """The file holds nothing.

It was saved empty, or holds only comments.
""",
        "documents-several": """The file holds a second document after `---`.

A contract is one document. Move what follows to a file of its own.

```yaml flawed text
openapi: 3.1.0
info: {title: Rides, version: '1'}
paths: {}
---
openapi: 3.1.0
```
""",
        "encoding-not-utf8": """The bytes of the file are no UTF-8.

Contracts are UTF-8 everywhere. Save the file in that encoding; most editors offer it at "save as".
""",
        "json-syntax": """The text begins like JSON and breaks its grammar.

The place is where it could not go on; what is wrong stands there or right before it. A comma after the last member
and comments are no JSON; they may be written in a `.yaml` file.
""",
        "key-duplicate": """A mapping has a key twice.

Readers disagree about which of the two counts, so neither does here. Often it is a copy whose key was not changed.

```yaml flawed openapi 3.1.0
paths:
  /rides: {get: {operationId: listRides, responses: {'204': {description: None.}}}}
  /rides: {post: {operationId: startRide, responses: {'204': {description: Started.}}}}
```
""",
        "key-not-a-string": """A key of a mapping is no string.

JSON, in which all contracts can be written, has only strings as keys. Quote it.

```yaml flawed openapi 3.1.0
components:
  schemas:
    null: {type: object}
```
""",
        "key-unquoted": """A status stands as a number where a string belongs.

It is read as the string that it looks like. Quote it, so that other tools do the same.

```yaml flawed openapi 3.1.0
paths:
  /rides: {get: {operationId: listRides, responses: {204: {description: None.}}}}
```
""",
        "merge-not-a-mapping": """The merge key `<<` holds something that is no mapping.

It takes an alias of a mapping, or a list of such. A contract is easier to read, and to move, with `$ref`.

```yaml flawed openapi 3.1.0
components:
  schemas:
    Ride: {<<: [wheels]}
```
""",
        "nesting-limit": """Mappings and lists are nested deeper than any contract is.

Nothing of the document is read then, as most tools fail at such depths. Give the inner schemas names, and refer to
them.
""",
        "not-a-mapping": """The document is a list or a single value.

A contract is a mapping that begins with `openapi:` or `asyncapi:`.

```yaml flawed text
- openapi: 3.1.0
```
""",
        "not-text": """The file is no text.

It is an archive, a picture or something else in bytes. Look whether the path is the one that is meant.
""",
        "number-leading-zero": """A number has a zero in front.

YAML 1.2 reads `010` as ten, YAML 1.1 as eight. Quote it if it is a text, as a code or a telephone number is.

```yaml flawed openapi 3.1.0
components:
  schemas:
    Gate: {type: integer, default: 010}
```
""",
        "number-not-finite": """A number is infinite, or none at all.

JSON has neither, so no message could carry it. Leave a bound out where there is none.

```yaml flawed openapi 3.1.0
components:
  schemas:
    Price: {type: number, maximum: .inf}
```
""",
        "number-too-large": """A number has more digits than any program keeps.

Nothing is gained by it: leave the bound out, or write a smaller one.
""",
        "size-limit": """The file is larger than contracts are.

Nothing of it is read. Split it, and refer from one file to the others.
""",
        "tag-unknown": """A value has a tag of YAML that means nothing in a contract.

Tags like `!ruby/object` ask a reader to build something else than data. Remove the tag.

```yaml flawed openapi 3.1.0
components:
  schemas:
    Ride: !schema {type: object}
```
""",
        "yaml-directive": """A directive of YAML is not followed.

All documents are read as YAML 1.2. Remove the line that begins with `%`.

```yaml flawed text
%YAML 1.1
---
openapi: 3.1.0
info: {title: Rides, version: '1'}
paths: {}
```
""",
        "yaml-syntax": """The text breaks the grammar of YAML.

The place is where it could not go on; what is wrong stands there or above. Often a colon within a text needs quotes,
or a line is not as far in as its neighbours.

```yaml flawed text
openapi: 3.1.0
info: {title: Rides: the contract, version: '1'
paths: {}
```
""",
    }
)
"""By id."""
