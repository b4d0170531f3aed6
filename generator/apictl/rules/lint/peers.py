"""Rules of other linters, and which of ours finds the same, or why none does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

_SECOND: Final = "OpenAPI 2.0 is not read; the hint says how to convert it"
_NEWER: Final = "OpenAPI 3.2 is not read yet"
_STRUCTURE: Final = (
    "structure",
    "field-unknown",
    "field-missing",
    "type-wrong",
    "value-not-allowed",
    "component-name",
    "composition-empty",
    "keyword-ill-formed",
    "path-without-slash",
    "pattern-uncompilable",
    "required-repeated",
    "status-unknown",
)
_TASTE: Final = "asks for what a team chooses by name; write a rule of your own"


@dataclass(frozen=True, slots=True)
class Peer:
    """A rule of another linter.

    Attributes:
        tool: set of rules that it is from.
        id: there.
        ours: ids that find the same, be it in one language or version each; empty when none does.
        why: why none does.
    """

    tool: str
    id: str
    ours: tuple[str, ...] = ()
    why: str = ""


_OAS: Final[Mapping[str, str | tuple[str, ...]]] = MappingProxyType(
    {
        "array-items": ("array-items-missing",),
        "contact-properties": ("contact-incomplete",),
        "duplicated-entry-in-enum": ("enum-duplicate",),
        "info-contact": ("contact-missing",),
        "info-description": ("info-undescribed",),
        "info-license": ("license-missing",),
        "license-url": ("license-without-terms",),
        "no-$ref-siblings": ("reference-siblings-ignored", "path-item-reference-siblings"),
        "no-eval-in-markdown": ("markdown-unsafe",),
        "no-script-tags-in-markdown": ("markdown-unsafe",),
        "oas2-anyOf": _SECOND,
        "oas2-api-host": _SECOND,
        "oas2-api-schemes": _SECOND,
        "oas2-discriminator": _SECOND,
        "oas2-host-not-example": _SECOND,
        "oas2-host-trailing-slash": _SECOND,
        "oas2-oneOf": _SECOND,
        "oas2-operation-formData-consume-check": _SECOND,
        "oas2-operation-security-defined": _SECOND,
        "oas2-parameter-description": _SECOND,
        "oas2-schema": _SECOND,
        "oas2-unused-definition": _SECOND,
        "oas2-valid-media-example": _SECOND,
        "oas2-valid-schema-example": _SECOND,
        "oas3-api-servers": ("servers-missing",),
        "oas3-callbacks-in-callbacks": ("callback-in-callback",),
        "oas3-examples-value-or-externalValue": ("example-ambiguous", "structure"),
        "oas3-operation-security-defined": ("security-scheme-undefined", "security-scope-undeclared"),
        "oas3-parameter-description": ("parameter-undescribed",),
        "oas3-schema": _STRUCTURE,
        "oas3-server-not-example.com": ("server-of-example",),
        "oas3-server-trailing-slash": ("server-trailing-slash",),
        "oas3-server-variables": ("server-variable-undeclared", "server-variable-unused", "server-variable-default"),
        "oas3-unused-component": ("component-unused",),
        "oas3-valid-media-example": ("example-mismatch",),
        "oas3-valid-schema-example": ("example-mismatch", "default-mismatch"),
        "oas3_1-callbacks-in-webhook": ("webhook-with-callbacks",),
        "oas3_1-servers-in-webhook": ("webhook-with-servers",),
        "oas3_2-no-deprecated-xml-attribute": _NEWER,
        "openapi-tags": ("tags-missing",),
        "openapi-tags-alphabetical": ("tags-unsorted",),
        "openapi-tags-uniqueness": ("tag-duplicate",),
        "operation-description": ("operation-undescribed", "operation-without-description"),
        "operation-operationId": ("operation-id-missing",),
        "operation-operationId-unique": ("operation-id-duplicate",),
        "operation-operationId-valid-in-url": ("operation-id-not-url-safe",),
        "operation-parameters": ("parameter-duplicate",),
        "operation-singular-tag": ("operation-tags-several",),
        "operation-success-response": ("response-success-undeclared",),
        "operation-tag-defined": ("tag-undeclared", "tags-missing"),
        "operation-tags": ("operation-untagged",),
        "path-declarations-must-exist": ("path-template-malformed",),
        "path-keys-no-trailing-slash": ("path-trailing-slash",),
        "path-not-include-query": ("path-query", "path-query-parameter"),
        "path-params": ("path-parameter-undeclared", "path-parameter-unused", "path-duplicate"),
        "tag-description": ("tag-undescribed",),
        "typed-enum": ("enum-type-mismatch",),
    }
)
_ASYNCAPI: Final[Mapping[str, str | tuple[str, ...]]] = MappingProxyType(
    {
        "asyncapi-3-channel-no-empty-parameter": ("channel-address-malformed",),
        "asyncapi-3-channel-no-query-nor-fragment": ("channel-query",),
        "asyncapi-3-channel-no-trailing-slash": ("channel-trailing-slash",),
        "asyncapi-3-channel-servers": ("server-undeclared",),
        "asyncapi-3-document-resolved": ("structure", "field-unknown", "field-missing", "type-wrong"),
        "asyncapi-3-document-unresolved": ("structure", "reference-wrong-kind", "reference-unresolved"),
        "asyncapi-3-headers-schema-type-object": ("headers-not-object",),
        "asyncapi-3-operation-description": ("operation-undescribed",),
        "asyncapi-3-operation-security": ("security-scheme-undefined", "security-scope-undeclared"),
        "asyncapi-3-payload-unsupported-schemaFormat": ("payload-opaque",),
        "asyncapi-3-server-no-empty-variable": ("server-variable-empty",),
        "asyncapi-3-server-no-trailing-slash": ("server-trailing-slash",),
        "asyncapi-3-server-not-example-com": ("server-of-example",),
        "asyncapi-3-tag-description": ("tag-undescribed",),
        "asyncapi-3-tags": ("event-tags-missing",),
        "asyncapi-3-tags-alphabetical": ("tags-unsorted",),
        "asyncapi-3-tags-uniqueness": ("event-tag-duplicate",),
        "asyncapi-channel-no-empty-parameter": ("channel-address-malformed",),
        "asyncapi-channel-no-query-nor-fragment": ("channel-query",),
        "asyncapi-channel-no-trailing-slash": ("channel-trailing-slash",),
        "asyncapi-channel-parameters": ("channel-parameter-undeclared", "channel-parameter-unused"),
        "asyncapi-channel-servers": ("server-undeclared",),
        "asyncapi-headers-schema-type-object": ("headers-not-object", "structure", "value-not-allowed"),
        "asyncapi-info-contact": ("contact-missing",),
        "asyncapi-info-contact-properties": ("contact-incomplete",),
        "asyncapi-info-description": ("info-undescribed",),
        "asyncapi-info-license": ("license-missing",),
        "asyncapi-info-license-url": ("license-without-terms",),
        "asyncapi-latest-version": ("version-old",),
        "asyncapi-message-examples": ("example-mismatch",),
        "asyncapi-message-messageId-uniqueness": ("message-id-duplicate",),
        "asyncapi-operation-description": ("operation-undescribed",),
        "asyncapi-operation-operationId": ("operation-id-missing",),
        "asyncapi-operation-operationId-uniqueness": ("operation-id-duplicate",),
        "asyncapi-operation-security": ("security-scheme-undefined", "security-scope-undeclared"),
        "asyncapi-parameter-description": ("parameter-undescribed",),
        "asyncapi-payload": ("structure", "type-wrong", "value-not-allowed"),
        "asyncapi-payload-default": ("default-mismatch",),
        "asyncapi-payload-examples": ("example-mismatch",),
        "asyncapi-payload-unsupported-schemaFormat": ("payload-opaque",),
        "asyncapi-schema": ("structure", "field-unknown", "field-missing", "type-wrong", "value-not-allowed"),
        "asyncapi-schema-default": ("default-mismatch",),
        "asyncapi-schema-examples": ("example-mismatch",),
        "asyncapi-server-no-empty-variable": ("server-variable-empty",),
        "asyncapi-server-no-trailing-slash": ("server-trailing-slash",),
        "asyncapi-server-not-example-com": ("server-of-example",),
        "asyncapi-server-security": ("security-scheme-undefined", "security-scope-undeclared"),
        "asyncapi-server-variables": ("server-variable-undeclared", "server-variable-unused"),
        "asyncapi-servers": ("event-servers-missing",),
        "asyncapi-tag-description": ("tag-undescribed",),
        "asyncapi-tags": ("event-tags-missing",),
        "asyncapi-tags-alphabetical": ("tags-unsorted",),
        "asyncapi-tags-uniqueness": ("event-tag-duplicate",),
        "asyncapi-unused-components-schema": ("component-unused",),
        "asyncapi-unused-components-server": ("component-unused",),
    }
)
_REDOCLY: Final[Mapping[str, str | tuple[str, ...]]] = MappingProxyType(
    {
        "array-parameter-serialization": ("parameter-without-serialization",),
        "boolean-parameter-prefixes": _TASTE,
        "channels-kebab-case": ("channel-not-kebab",),
        "component-name-unique": ("definition-clash", "name-clash"),
        "info-contact": ("contact-missing",),
        "info-license": ("license-missing",),
        "info-license-strict": ("license-without-terms",),
        "no-ambiguous-paths": ("path-ambiguous", "path-duplicate"),
        "no-channel-trailing-slash": ("channel-trailing-slash",),
        "no-duplicated-enum-values": ("enum-duplicate",),
        "no-duplicated-tag-names": ("tag-duplicate", "event-tag-duplicate"),
        "no-empty-servers": ("servers-missing",),
        "no-enum-type-mismatch": ("enum-type-mismatch",),
        "no-example-value-and-externalValue": ("example-ambiguous", "structure"),
        "no-http-verbs-in-paths": ("path-verb",),
        "no-identical-paths": ("path-duplicate",),
        "no-illogical-composition-keywords": ("composition-illogical", "composition-empty"),
        "no-invalid-media-type-examples": ("example-mismatch",),
        "no-invalid-parameter-examples": ("example-mismatch",),
        "no-invalid-schema-examples": ("example-mismatch",),
        "no-mixed-number-range-constraints": ("bounds-doubled",),
        "no-path-trailing-slash": ("path-trailing-slash",),
        "no-required-schema-properties-undefined": ("required-undeclared",),
        "no-schema-type-mismatch": ("keyword-without-effect",),
        "no-server-example.com": ("server-of-example",),
        "no-server-trailing-slash": ("server-trailing-slash",),
        "no-server-variables-empty-enum": ("server-variable-default",),
        "no-undefined-server-variable": ("server-variable-undeclared", "server-variable-unused"),
        "no-unresolved-refs": (
            "reference-unresolved",
            "reference-file-missing",
            "reference-outside-workspace",
            "reference-pointer-malformed",
            "reference-remote",
        ),
        "no-unsafe-markdown": ("markdown-unsafe",),
        "no-unused-components": ("component-unused",),
        "nullable-type-sibling": ("nullable-without-type",),
        "operation-2xx-response": ("response-success-undeclared",),
        "operation-4xx-problem-details-rfc7807": ("error-not-problem",),
        "operation-4xx-response": ("client-error-undeclared",),
        "operation-description": ("operation-undescribed", "operation-without-description"),
        "operation-operationId": ("operation-id-missing",),
        "operation-operationId-unique": ("operation-id-duplicate",),
        "operation-operationId-url-safe": ("operation-id-not-url-safe",),
        "operation-parameters-unique": ("parameter-duplicate",),
        "operation-singular-tag": ("operation-tags-several",),
        "operation-summary": ("operation-undescribed", "operation-without-summary"),
        "operation-tag-defined": ("tag-undeclared", "tags-missing"),
        "parameter-description": ("parameter-undescribed",),
        "path-declaration-must-exist": ("path-template-malformed",),
        "path-http-verbs-order": "the order of methods says nothing to anybody who calls them",
        "path-not-include-query": ("path-query", "path-query-parameter"),
        "path-parameters-defined": ("path-parameter-undeclared", "path-parameter-unused"),
        "path-params-defined": ("path-parameter-undeclared", "path-parameter-unused"),
        "path-segment-plural": ("path-singular",),
        "paths-kebab-case": ("path-not-kebab",),
        "request-mime-type": _TASTE,
        "required-string-property-missing-min-length": _TASTE,
        "response-contains-header": _TASTE,
        "response-contains-property": _TASTE,
        "response-mime-type": _TASTE,
        "scalar-property-missing-example": "examples of whole bodies say more; `example-missing` asks for them",
        "security-defined": (
            "security-scheme-undefined",
            "write-unauthenticated",
            "read-unauthenticated",
            "event-server-unauthenticated",
        ),
        "security-scopes-defined": ("security-scope-undeclared",),
        "spec-components-invalid-map-name": ("component-name",),
        "spec-discriminator-defaultMapping": _NEWER,
        "spec-example-values": ("example-ambiguous", "structure"),
        "spec-no-invalid-encoding-combinations": _NEWER,
        "spec-no-invalid-tag-parents": _NEWER,
        "spec-querystring-parameters": _NEWER,
        "spec-ref-siblings": ("reference-siblings-ignored", "path-item-reference-siblings"),
        "spec-strict-refs": "a reference where none may stand is a field that is unknown there: `field-unknown`",
        "struct": (*_STRUCTURE, "avro-malformed", "protobuf-malformed", "reference-wrong-kind", "trait-nested"),
        "tag-description": ("tag-undescribed",),
        "tags-alphabetical": ("tags-unsorted",),
    }
)


def peers() -> tuple[Peer, ...]:
    """Return the rules of `spectral:oas` and `spectral:asyncapi` (6.16) and those that Redocly configures (2.64)."""
    sources = {"spectral:oas": _OAS, "spectral:asyncapi": _ASYNCAPI, "redocly": _REDOCLY}
    return tuple(
        Peer(tool, name, why=found) if isinstance(found, str) else Peer(tool, name, found)
        for tool, known in sources.items()
        for name, found in known.items()
    )
