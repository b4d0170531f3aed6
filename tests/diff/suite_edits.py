"""What the suite's own tests do to documents before they compare them: several pairs are one document on both sides.

An edit is (which document, steps to a node, its new value); steps follow `$ref`, what is missing on the way is made.
"""

# ruff: noqa: FBT003 - a new value is whatever the document gets

from __future__ import annotations

from typing import Any, Final, Literal, NamedTuple


class Gone:
    """Instead of a value: the node is removed."""


class Edit(NamedTuple):
    which: Literal["base", "revision"]
    steps: tuple[str | int, ...]
    value: Any


GONE: Final = Gone()
_JSON: Final = "application/json"
_BADGES: Final = ("paths", "/api/{domain}/{project}/badges/security-score", "get")
_INSTALL: Final = ("paths", "/api/{domain}/{project}/install-command", "get")
_GROUPS: Final = ("paths", "/api/v1.0/groups", "post")
_DOMAIN: Final = (*_INSTALL, "parameters", "path domain", "schema")
_POLICIES: Final = (*_INSTALL, "parameters", "header network-policies")
_SCORE: Final = (*_BADGES, "responses", "201", "content", "application/xml", "schema")
_LIMIT: Final = (*_INSTALL, "responses", "default", "headers", "X-RateLimit-Limit")
_VIEW: Final = ("components", "schemas", "GroupView", "properties", "data")


def _request(path: str, *more: str) -> tuple[str, ...]:
    return ("paths", path, "post", "requestBody", "content", _JSON, "schema", *more)


def _response(status: str, media_type: str, *more: str) -> tuple[str, ...]:
    return (*_GROUPS, "responses", status, "content", media_type, "schema", *more)


def _base(steps: tuple[str | int, ...], value: Any) -> Edit:
    return Edit("base", steps, value)


def _revision(steps: tuple[str | int, ...], value: Any) -> Edit:
    return Edit("revision", steps, value)


def _both(steps: tuple[str | int, ...], old: Any, new: Any) -> tuple[Edit, ...]:
    return _base(steps, old), _revision(steps, new)


def _parameter(index: int, *more: str) -> tuple[str | int, ...]:
    return (*_GROUPS, "parameters", index, "schema", *more)


_AGE: Final = _request("/pets", "properties", "age")
_NAME: Final = _request("/pets", "properties", "name")
_TEST: Final = _request("/test")
_ANSWER: Final = ("paths", "/test", "get", "responses", "200", "content", _JSON, "schema")
_OK_NAME: Final = _response("200", _JSON, "properties", "data", "properties", "name")
_EMPTY_BODY: Final[dict[str, Any]] = {"content": {_JSON: {}}}

EDITS: Final[dict[str, tuple[Edit, ...]]] = {
    "TestOperationIdAdded": (_revision((*_GROUPS, "operationId"), "NewOperationId"),),
    "TestAPIGlobalSecurityScopeAdded": (_base(("security", 0, "petstore_auth"), ["write:pets"]),),
    "TestTagAdded": (_revision((*_GROUPS, "tags"), ["newTag"]),),
    "TestBreaking_RequestMaxLengthSmaller": _both((*_DOMAIN, "maxLength"), 13, 11),
    "TestBreaking_ResponseMaxLengthSmaller": _both((*_SCORE, "maxLength"), 13, 11),
    "TestBreaking_RequestMinLengthSmaller": _both((*_DOMAIN, "minLength"), 13, 11),
    "TestBreaking_RequestMaxLengthGreater": _both((*_DOMAIN, "maxLength"), 13, 14),
    "TestBreaking_RequestMaxLengthToNil": _both((*_DOMAIN, "maxLength"), 13, GONE),
    "TestBreaking_MaxLengthBothNil": _both((*_DOMAIN, "maxLength"), GONE, GONE),
    "TestBreaking_ResponseMaxLengthBothNil": _both((*_SCORE, "maxLength"), GONE, GONE),
    "TestBreaking_ResponseMinItemsSmaller": _both((*_SCORE, "minItems"), 13, 11),
    "TestBreaking_ReqTypeStringToNumber": _both((*_TEST, "type"), "string", "number"),
    "TestBreaking_ReqTypeNumberToString": _both((*_TEST, "type"), "number", "string"),
    "TestBreaking_ReqTypeNumberToInteger": _both((*_TEST, "type"), "number", "integer"),
    "TestBreaking_ReqTypeUnionNarrowed": (
        *_both(_TEST, {"anyOf": [{"type": "string"}, {"type": "integer"}]}, {"type": "string"}),
    ),
    "TestBreaking_ReqTypeStringDeleted": _both((*_TEST, "type"), "string", GONE),
    "TestBreaking_ReqTypeNumberToInt32": (
        *_both((*_TEST, "type"), "number", "integer"),
        _revision((*_TEST, "format"), "int32"),
    ),
    "TestBreaking_RespTypeStringToNumber": _both((*_ANSWER, "type"), "string", "number"),
    "TestBreaking_RespTypeNumberToString": _both((*_ANSWER, "type"), "number", "string"),
    "TestBreaking_RespTypeIntegerToNumber": _both((*_ANSWER, "type"), "integer", "number"),
    "TestBreaking_RequestBodyRequiredEnabled": (
        *_both((*_INSTALL, "requestBody"), _EMPTY_BODY, _EMPTY_BODY | {"required": True}),
    ),
    "TestBreaking_ResponseHeaderRemoved": (_base((*_LIMIT, "required"), True), _revision(_LIMIT, GONE)),
    "TestBreaking_ResponseNonSuccessStatusUpdated": (_revision((*_BADGES, "responses", "400"), GONE),),
    "TestBreaking_ResponseUnparseableStatusRemoved": (_revision((*_INSTALL, "responses", "default"), GONE),),
    "TestBreaking_ResponseErrorStatusRemoved": (_revision((*_BADGES, "responses", "400"), GONE),),
    "TestBreaking_ModifyRequiredOptionalParamDefaultValue": _both((*_POLICIES, "schema", "default"), "X", "Y"),
    "TestBreaking_AddingOptionalRequestBody": (_revision((*_INSTALL, "requestBody"), _EMPTY_BODY),),
    "TestBreaking_NewOptionalHeaderParam": (_base(_POLICIES, GONE), _revision((*_POLICIES, "required"), False)),
    "TestBreaking_HeaderParamRequiredDisabled": _both((*_POLICIES, "required"), True, False),
    "TestBreaking_NewRequiredResponseHeader": (_base(_LIMIT, GONE), _revision((*_LIMIT, "required"), True)),
    "TestBreaking_DeprecatedHeader": (_revision((*_LIMIT, "deprecated"), True),),
    "TestBreaking_DeprecatedSchema": (_revision((*_POLICIES, "schema", "deprecated"), True),),
    "TestBreaking_OperationIdAdded": (_base((*_BADGES, "operationId"), GONE),),
    "TestRequestBodyBecameRequired": (_revision((*_GROUPS, "requestBody", "required"), True),),
    "TestRequestParameterPatternChanged": (
        _revision(("paths", "/test", "post", "parameters", 0, "schema", "pattern"), r"^[\w\s]+$"),
    ),
    "TestBreaking_HeaderParamBecameRequired_WithSources": _both((*_POLICIES, "required"), False, True),
    "TestRequestParameterDefaultValueAdded": (_base(_parameter(1, "default"), GONE),),
    "TestRequestPathParamTypeChanged": (_revision(_parameter(0, "type"), "integer"),),
    "TestRequestQueryParamTypeChanged": (_revision(_parameter(1, "type"), "integer"),),
    "TestRequestQueryHeaderTypeChanged": (_revision(_parameter(2, "type"), "integer"),),
    "TestRequestPathParamFormatChanged": (_revision(_parameter(0, "format"), "uuid"),),
    "TestRequestQueryParamFormatChanged": (_revision(_parameter(1, "format"), "uri"),),
    "TestRequestQueryHeaderFormatChanged": (_revision(_parameter(2, "format"), "uri"),),
    "TestRequestPathParamTypeAddString": (
        *_both(_parameter(0), {"type": "integer"}, {"anyOf": [{"type": "integer"}, {"type": "string"}]}),
    ),
    "TestResponsePropertyFormatRemovedCheck": (_revision((*_OK_NAME, "format"), GONE),),
    "TestRequestBodyTypeRemovedEntirelyStaysNullable": (_revision(_request("/products", "type"), GONE),),
    "TestRequestBodyConstAdded": (
        _base(("paths", "/products", "post", "requestBody", "content", "text/plain", "schema", "const"), GONE),
        _base(_request("/products", "properties", "status", "const"), GONE),
    ),
    "TestRequestPropertyDefaultValueChanged": (
        _revision(_request("/products", "properties", "price", "default"), 20.0),
    ),
    "TestRequestBodyDefaultValueRemoving": (
        _revision(("paths", "/products", "post", "requestBody", "content", "text/plain", "schema", "default"), GONE),
        _revision(_request("/products", "properties", "price", "default"), GONE),
    ),
    "TestRequestPropertyMaxLengthIncreasedCheck": (
        *_both(_request("/pets", "properties", "description", "maxLength"), 50, 100),
    ),
    "TestRequestPropertyMaxDecreasedCheck": (_revision((*_NAME, "maximum"), 10),),
    "TestRequestReadOnlyPropertyMaxDecreasedCheck": (
        _revision((*_NAME, "maximum"), 10),
        _revision((*_NAME, "readOnly"), True),
    ),
    "TestRequestPropertyMaxIncreasingCheck": (_revision((*_NAME, "maximum"), 20),),
    "TestRequestBodyMaxDecreasedCheck": _both(_request("/pets", "maximum"), 25, 20),
    "TestRequestPropertyMinLengthDecreased": (_revision(_request("/products", "properties", "name", "minLength"), 2),),
    "TestRequestPropertyMarkedRequired": (_base(_request("/products", "required"), GONE),),
    "TestRequestBodyTypeChangedCheck": (_revision(_request("/pets", "type"), "array"),),
    "TestRequestBodyFormatChangedCheck": (_revision(_request("/pets", "format"), "uuid"),),
    "TestRequestPropertyTypeUnionNarrowedCheck": (
        *_both(_AGE, {"anyOf": [{"type": "string"}, {"type": "integer"}]}, {"type": "string"}),
    ),
    "TestRequestPropertyTypeDeletedCheck": _both(_AGE, {"type": "string"}, {}),
    "TestRequestOptionalPropertyBecameNonReadOnly": (
        _base(_request("/api/v1.0/groups", "properties", "name", "readOnly"), True),
    ),
    "TestRequestRequiredPropertyBecameNonReadOnly": (
        _base(_request("/api/v1.0/groups", "properties", "id", "readOnly"), True),
    ),
    "TestResponseHeaderAdded": (_base(_LIMIT, GONE),),
    "TestResponseOptionalPropertyBecameWriteOnly": (_revision((*_VIEW, "properties", "name", "writeOnly"), True),),
    "TestResponsePropertyPatternRemoved": (_revision((*_VIEW, "properties", "created", "pattern"), GONE),),
    "TestResponsePropertyConstAdded": (
        _base(_response("404", "text/plain", "const"), GONE),
        _base(_response("200", _JSON, "properties", "status", "const"), GONE),
    ),
    "TestResponsePropertyConstRemoved": (
        _revision(_response("404", "text/plain", "const"), GONE),
        _revision(_response("200", _JSON, "properties", "status", "const"), GONE),
    ),
    "TestResponseSchemaDefaultValueUpdatedCheck": (
        _revision(_response("404", "text/plain", "default"), "new default value"),
    ),
    "TestResponsePropertyEnumValueAdded": (
        _revision((*_VIEW, "properties", "typeEnum", "enum"), ["TYPE1", "TYPE2", "Test"]),
    ),
    "TestResponseWriteOnlyPropertyEnumValueRemoved": (
        _revision((*_VIEW, "properties", "writeOnlyEnum", "enum"), ["TYPE1"]),
    ),
    "TestResponsePropertyTypeChangedCheck": (_revision((*_OK_NAME, "type"), "integer"),),
    "TestResponsePropertyFormatChangedCheck": (_revision((*_OK_NAME, "format"), "uuid"),),
    "TestResponseSchemaTypeMultiCheck": (_revision(_OK_NAME, {"anyOf": [{"type": "integer"}, {"type": "string"}]}),),
    "TestResponseRequiredPropertyBecameWriteOnly": (_revision((*_VIEW, "properties", "name", "writeOnly"), True),),
    "TestResponseRequiredPropertyBecameNonReadOnly": (_revision((*_VIEW, "properties", "id", "readOnly"), False),),
    "TestResponseSuccessStatusAdded": (_revision((*_GROUPS, "responses", "201"), {"description": "Created."}),),
    # Of pairs that differ already.
    "TestResponseWriteOnlyPropertyBecameOptionalCheck": (_base((*_VIEW, "properties", "name", "writeOnly"), True),),
    "TestResponseWriteOnlyPropertyBecameRequiredCheck": (_base((*_VIEW, "properties", "name", "writeOnly"), True),),
    "TestBreaking_DeprecationWithInvalidJsonSunset": (
        _revision(("paths", "/api/test", "get", "x-sunset"), {"invalid": "object"}),
    ),
    "TestRequestPropertyPatternGeneralized": (_revision((*_TEST, "properties", "name", "pattern"), ".*"),),
    "TestRequiredOptionalPropertyAdded": (_revision(_request("/products", "required"), ["name"]),),
    "TestResponseOptionalWriteOnlyPropertyRemovedCheck": (
        _base(_response("200", _JSON, "properties", "data", "properties", "id", "writeOnly"), True),
    ),
    "TestResponsePropertyPatternChanged": (_revision((*_VIEW, "properties", "name", "writeOnly"), True),),
    "TestResponseRequiredWriteOnlyPropertyRemoved": (
        _base((*_VIEW, "properties", "new", "writeOnly"), True),
        _revision((*_VIEW, "required"), ["name", "id"]),
    ),
}
