"""Where text of other people can stand: in a contract, in its file name, in the manifest (BADINPUTS' section H)."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

from tests.injection.base import APART, BASE, MANIFEST, Document

CANARY: Final = "CANARY_7f3a"
"""Stands in every payload: as a name or a call in generated code it has escaped."""

PAYLOADS: Final[dict[str, str]] = {
    "triple-quote": f'""" + {CANARY}() + """',
    "single-quote": f"' + {CANARY}() + '",
    "double-quote": f'" + {CANARY}() + "',
    "f-string": f"{{{CANARY}()}}",
    "backslash": f"{CANARY}\\",
    "newline": f"x\n{CANARY}()\n",
    "line-separators": f"x\r{CANARY}()\u2028{CANARY}()\x85",
    "template": f"{{{{ 7*7 }}}}{{% raw %}}{CANARY}",
    "comment-ends": f"*/ --> {CANARY}",
}
"""Name → text that tries to leave the literal, docstring or comment it is put into."""


@dataclass(slots=True)
class Inputs:
    """All that other people write, while a payload is put into it.

    Attributes:
        contract: the document.
        apart: the document beside it that it refers to.
        manifest: `apictl.yaml`; the first service is the one that is generated.
        path: of the contract, unless the manifest says it.
    """

    contract: Document = field(default_factory=lambda: copy.deepcopy(BASE))
    apart: Document = field(default_factory=lambda: copy.deepcopy(APART))
    manifest: Document = field(default_factory=lambda: copy.deepcopy(MANIFEST))
    path: str = "specs/base/openapi.json"


Put = Callable[[Inputs, str], None]


@dataclass(frozen=True, slots=True)
class InjectionPlace:
    """A place that takes any text.

    Attributes:
        name: for the test's id.
        put: writes text into fresh inputs.
        is_prose: whether any text is right there and none of it is a name: it is accepted and changes no code.
        is_kept: whether the exact text is somewhere in the generated files.
        shown: files in which people read the text.
        start: makes the inputs without a payload.
    """

    name: str
    put: Put
    is_prose: bool = False
    is_kept: bool = True
    shown: tuple[str, ...] = ()
    start: Callable[[], Inputs] = Inputs


def injected(place: InjectionPlace, payload: str) -> Inputs:
    """Return the inputs with *payload* in *place*."""
    inputs = place.start()
    place.put(inputs, payload)
    return inputs


def _set(document: Document, path: tuple[str | int, ...], text: str) -> None:
    node: Any = document
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = text


def _renamed(document: Document, path: tuple[str | int, ...], text: str) -> None:
    """Give the last key of *path* the name *text*, in its place."""
    node: Any = document
    for step in path[:-1]:
        node = node[step]
    items = [(text if key == path[-1] else key, value) for key, value in node.items()]
    node.clear()
    node.update(items)


def at(*path: str | int) -> Put:
    """Return what writes a text to *path*."""
    return lambda inputs, text: _set(inputs.contract, path, text)


def rename(*path: str | int) -> Put:
    """Return what gives the key at the end of *path* a text as its name."""
    return lambda inputs, text: _renamed(inputs.contract, path, text)


def all_of(*writers: Put) -> Put:
    """Return what writes a text by all of *writers*."""

    def put(inputs: Inputs, text: str) -> None:
        for writer in writers:
            writer(inputs, text)

    return put


_CODE: Final = ("client.py", "server.py")
_WEBHOOKS: Final = ("sender.py", "receiver.py")
_METHODS: Final = (*_CODE, "test_operations.py")
_MAKE: Final = ("paths", "/things/{id}", "post")
_MADE: Final = ("webhooks", "made", "post")
_DONE: Final = (*_MAKE, "callbacks", "done")
_SEND: Final = ("paths", "/sent", "put")
_FORM: Final = (*_SEND, "requestBody", "content", "multipart/form-data")
_OK: Final = (*_MAKE, "responses", "200")
_SCHEMAS: Final = ("components", "schemas")
_THING: Final = (*_SCHEMAS, "Thing")
_PROPERTIES: Final = (*_THING, "properties")
_SCHEMES: Final = ("components", "securitySchemes")
_SCOPES: Final = (*_SCHEMES, "oauth", "flows", "clientCredentials", "scopes")
_EXTENSIONS: Final = ("x-python-type", "x-python-import", "x-custom-type-path", "x-default-factory", "x-any")


def _prose(name: str, *path: str | int, shown: tuple[str, ...] = ()) -> InjectionPlace:
    return InjectionPlace(name, at(*path), is_prose=True, shown=shown)


def _extensions(inputs: Inputs, text: str) -> None:
    for path in ((), ("info",), _MAKE, _THING, (*_PROPERTIES, "name")):
        for name in _EXTENSIONS:
            _set(inputs.contract, (*path, name), text)


def _path_of_contract(inputs: Inputs, text: str) -> None:
    # The one character besides NUL that no folder of POSIX may have.
    inputs.path = f"specs/{text.replace('/', '|')}/openapi.json"
    del inputs.manifest["services"]["base"]


def _path_in_manifest(inputs: Inputs, text: str) -> None:
    inputs.manifest["services"]["base"]["openapi"] = f"specs/{text}.json"


def _manifest(*path: str | int) -> Put:
    return lambda inputs, text: _set(inputs.manifest, path, text)


def _manifest_rename(*path: str | int) -> Put:
    return lambda inputs, text: _renamed(inputs.manifest, path, text)


def _of_manifest(name: str, put: Put) -> InjectionPlace:
    return InjectionPlace(name, put, is_kept=False)


_PROSE: Final = (  # H01 to H04, H06, H07, H09 to H11, H15, H16
    _prose("info-title", "info", "title", shown=("__init__.py", "README.md", "pyproject.toml", *_METHODS, "sample.py")),
    _prose("info-version", "info", "version"),
    _prose("info-summary", "info", "summary"),
    _prose("info-description", "info", "description"),
    _prose("info-terms", "info", "termsOfService"),
    _prose("contact-name", "info", "contact", "name"),
    _prose("licence-name", "info", "license", "name"),
    _prose("licence-url", "info", "license", "url"),
    _prose("server-description", "servers", 0, "description"),
    _prose("server-variable", "servers", 0, "variables", "host", "default"),
    _prose("tag-description", "tags", 0, "description", shown=_CODE),
    _prose("external-docs-url", "externalDocs", "url"),
    _prose("external-docs-description", "externalDocs", "description"),
    _prose("operation-summary", *_MAKE, "summary", shown=(*_METHODS, "README.md")),
    _prose("operation-description", *_MAKE, "description", shown=_CODE),
    _prose("operation-docs-url", *_MAKE, "externalDocs", "url"),
    _prose("parameter-description", *_MAKE, "parameters", 1, "description", shown=_CODE),
    _prose("parameter-schema-description", *_MAKE, "parameters", 1, "schema", "description"),
    _prose("parameter-default", *_MAKE, "parameters", 1, "schema", "default"),
    _prose("parameter-example", *_MAKE, "parameters", 3, "example"),
    _prose("body-description", *_MAKE, "requestBody", "description"),
    _prose("body-example", *_SEND, "responses", "200", "content", "text/plain", "example"),
    _prose("response-description", *_MAKE, "responses", "404", "description", shown=(*_CODE, "errors.py")),
    _prose("response-header-description", *_OK, "headers", "X-R", "description", shown=("results.py",)),
    _prose("webhook-summary", *_MADE, "summary", shown=(*_WEBHOOKS, "test_webhooks.py", "README.md")),
    _prose("webhook-description", *_MADE, "description", shown=_WEBHOOKS),
    _prose("webhook-response-description", *_MADE, "responses", "401", "description", shown=_WEBHOOKS),
    _prose("callback-description", *_DONE, "{$request.query.q}/done", "post", "description", shown=_WEBHOOKS),
    _prose("link-description", *_OK, "links", "again", "description"),
    _prose("security-description", *_SCHEMES, "key", "description", shown=_CODE),
    _prose("oauth-scope-description", *_SCOPES, "write"),
    _prose("oauth-token-url", *_SCHEMES, "oauth", "flows", "clientCredentials", "tokenUrl"),
    _prose("openid-url", *_SCHEMES, "openid", "openIdConnectUrl"),
    _prose("schema-title", *_THING, "title"),
    _prose("schema-description", *_THING, "description", shown=("models.py",)),
    _prose("schema-docs-description", *_THING, "externalDocs", "description"),
    _prose("schema-example", *_THING, "example", "name"),
    _prose("enum-description", *_SCHEMAS, "Mode", "description", shown=("models.py",)),
    _prose("property-title", *_PROPERTIES, "name", "title"),
    _prose("property-description", *_PROPERTIES, "name", "description", shown=("models.py",)),
    _prose("property-default", *_PROPERTIES, "size", "default"),
    _prose("property-format", *_PROPERTIES, "size", "format"),
    _prose("property-example", *_PROPERTIES, "name", "examples", 0),
    _prose("enum-value-descriptions", *_PROPERTIES, "mode", "x-enum-descriptions", 0),
    _prose("api-key-name", *_SCHEMES, "key", "name"),
    InjectionPlace("extensions", _extensions, is_prose=True),
    InjectionPlace("apart-description", lambda inputs, text: _set(inputs.apart, ("description",), text), is_prose=True),
)

_NAMES: Final = (  # H02 to H14
    InjectionPlace("server-url", at("servers", 0, "url")),
    InjectionPlace("tag-name", all_of(at("tags", 0, "name"), at(*_MAKE, "tags", 0))),
    InjectionPlace("operation-id", at(*_MAKE, "operationId")),
    InjectionPlace("path-key", lambda inputs, text: rename(*_MAKE[:2])(inputs, "/{id}/" + text), shown=("README.md",)),
    InjectionPlace("query-name", at(*_MAKE, "parameters", 1, "name")),
    InjectionPlace("header-name", at(*_MAKE, "parameters", 2, "name")),
    InjectionPlace("cookie-name", at(*_MAKE, "parameters", 3, "name")),
    InjectionPlace("response-header-name", rename(*_OK, "headers", "X-R")),
    InjectionPlace("request-media-type", rename(*_MAKE, "requestBody", "content", "application/json")),
    InjectionPlace("response-media-type", rename(*_OK, "content", "application/json")),
    InjectionPlace("encoding-media-type", at(*_FORM, "encoding", "note", "contentType")),
    InjectionPlace(
        "form-field-name", all_of(rename(*_FORM, "schema", "properties", "note"), rename(*_FORM, "encoding", "note"))
    ),
    InjectionPlace("webhook-name", rename(*_MADE[:2]), shown=_WEBHOOKS),
    InjectionPlace("webhook-id", at(*_MADE, "operationId")),
    InjectionPlace("webhook-header-name", at(*_MADE, "parameters", 0, "name")),
    InjectionPlace("callback-name", rename(*_DONE), shown=_WEBHOOKS),
    InjectionPlace("callback-expression", rename(*_DONE, "{$request.query.q}/done"), shown=_WEBHOOKS),
    InjectionPlace("link-name", rename(*_OK, "links", "again")),
    InjectionPlace("security-scheme-id", all_of(rename(*_SCHEMES, "key"), rename(*_MAKE, "security", 0, "key"))),
    InjectionPlace("oauth-scope", all_of(rename(*_SCOPES, "write"), at(*_MAKE, "security", 1, "oauth", 0))),
    InjectionPlace("schema-name", rename(*_SCHEMAS, "Mode")),
    InjectionPlace("property-name", rename(*_PROPERTIES, "kind")),
    InjectionPlace("property-pattern", at(*_PROPERTIES, "name", "pattern")),
    InjectionPlace("pattern-of-properties", rename(*_PROPERTIES, "counts", "patternProperties", "^c")),
    InjectionPlace("dependent-name", at(*_THING, "dependentRequired", "size", 0)),
    InjectionPlace("enum-value", at(*_SCHEMAS, "Mode", "enum", 1)),
    InjectionPlace("inline-enum-value", at(*_PROPERTIES, "mode", "enum", 0)),
    InjectionPlace("enum-varnames", at(*_PROPERTIES, "mode", "x-enum-varnames", 0)),
    InjectionPlace("const", at(*_PROPERTIES, "kind", "const")),
    InjectionPlace(
        "discriminator-property",
        all_of(
            at(*_SCHEMAS, "Shape", "discriminator", "propertyName"),
            *[
                writer
                for name in ("Round", "Square")
                for writer in (
                    at(*_SCHEMAS, name, "required", 0),
                    rename(*_SCHEMAS, name, "properties", "form"),
                )
            ],
        ),
    ),
    InjectionPlace("discriminator-value", rename(*_SCHEMAS, "Shape", "discriminator", "mapping", "round")),
)

_FILES: Final = (  # H18
    InjectionPlace("file-of-the-contract", _path_of_contract, is_kept=False),
    InjectionPlace("file-of-the-contract-in-the-manifest", _path_in_manifest, is_kept=False),
    InjectionPlace(
        "file-of-a-schema",
        lambda inputs, text: _set(inputs.contract, (*_SCHEMAS, "Apart", "$ref"), quote(f"{text}.json", safe="/")),
        is_kept=False,
    ),
)

_MANIFEST: Final = (  # H19
    _of_manifest("manifest-owner", _manifest("services", "base", "owner")),
    _of_manifest("manifest-visibility", _manifest("services", "base", "visibility")),
    _of_manifest("manifest-service", _manifest_rename("services", "base")),
    _of_manifest("manifest-package", _manifest("services", "base", "package")),
    _of_manifest("manifest-consumed-service", _manifest_rename("services", "base", "consumes", "other")),
    _of_manifest("manifest-consumed-operation", _manifest("services", "base", "consumes", "other", 0)),
    _of_manifest("manifest-output", _manifest("output")),
    _of_manifest("manifest-specs", _manifest("specs")),
    _of_manifest("manifest-templates", _manifest("templates")),
    _of_manifest("manifest-version", _manifest("version")),
    _of_manifest("manifest-key", _manifest_rename("output")),
)

PLACES: Final[tuple[InjectionPlace, ...]] = (*_PROSE, *_NAMES, *_FILES, *_MANIFEST)
"""Every place; where a text is no name of its kind, the inputs are refused, and it is said where."""
