"""Why a verdict differs from the suite's: a value that shows it, or why nobody notices."""

from __future__ import annotations

from typing import Final

_LOCKED: Final = "who called without credentials is refused: that breaks"
_OPENED: Final = "who shows the credentials that were asked for is let in as before: nobody is hurt"
_NOT_SENT: Final = "answers without the required member come now: {} was refused by the old schema"
_TEXT_ONLY: Final = "the keyword speaks of numbers and the schema allows only {}: no value is judged otherwise"
_NO_OBJECT: Final = "the schema allows only texts, so that nothing in its properties judges a value"

REASONS: Final[dict[str, str]] = {
    "TestAPIGlobalSecurityDeleted_WithSources": _OPENED,
    "TestAPIGlobalSecurityyAdded": _LOCKED,
    "TestAPISecurityAdded": _LOCKED,
    "TestAPISecurityDeleted": _OPENED,
    "TestAPISecurityDeleted_WithSources": _OPENED,
    "TestBreaking_AnyOf": "'required' speaks of objects and the schema allows only arrays: nothing is refused",
    "TestBreaking_GeneralizedPattern": "no date-time is made of small letters: '2026-01-15T09:30:00Z' comes only now",
    "TestBreaking_ReqBodyNewRequiredPropertyNew": "'required' holds for undeclared members, too: {} was accepted",
    "TestBreaking_RequestPropertyAnyOfRemoved": "another alternative allows the same: nothing is refused",
    "TestBreaking_RequiredPropertyWriteOnlyEnabled": _NOT_SENT.format("{'name': 'a'}"),
    "TestBreaking_ResponseMinItemsSmaller": "'minItems' speaks of arrays and the schema allows only texts",
    "TestBreaking_ResponseUnparseableStatusRemoved": "an operation without any answer is no valid document",
    "TestListOfTypesUncoveredPaths/parameter_deleted_types": "in a query 1 and true are text, and any text is accepted",
    "TestRequestBodyFormatChangedCheck": "'format' speaks of texts and the schema allows only objects",
    "TestRequestBodyMaxDecreasedCheck": _TEXT_ONLY.format("objects"),
    "TestRequestBodyPrefixItemsAdded": "the first item was a text and is a number now: ['a'] was accepted",
    "TestRequestBodyTypeRemovedEntirelyStaysNullable": "a schema that lists properties and names no type is read as of "
    "objects: null was accepted",
    "TestRequestPropertyMaxDecreasedCheck": _TEXT_ONLY.format("texts"),
    "TestRequestPropertyOneOfAdded": "two alternatives are alike and oneOf wants exactly one: {'breed': {}} is refused",
    "TestRequestReadOnlyPropertyMaxDecreasedCheck": "requests may not have the member now: {'name': 'a'} was accepted, "
    "and no maximum of it judges a request",
    "TestRequestRequiredPropertyBecameNonReadOnly": "the member was forbidden and is required now: {} was taken",
    "TestResponseBodyDependentRequiredChanged": "who has 'name' has 'email', as before, and one more: all that comes "
    "now could come before",
    "TestResponsePropertyFormatChangedCheck": _NO_OBJECT,
    "TestResponsePropertyFormatRemovedCheck": _NO_OBJECT,
    "TestResponsePropertyTypeChangedCheck": _NO_OBJECT,
    "TestResponseRequiredPropertyBecameWriteOnly": _NOT_SENT.format("{'data': {'id': 'a'}}"),
    "TestResponseSchemaTypeMultiCheck": _NO_OBJECT,
    "TestResponseWriteOnlyPropertyEnumValueRemoved": "answers have the member neither before nor now",
    "TestWebhookOperationChangesDetected": "the service sends the body of a webhook: always sending it hurts nobody",
}
"""By the name of the case."""
