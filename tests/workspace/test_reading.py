"""One service, two documents, one contract."""

from __future__ import annotations

from apictl.source.library import Library
from apictl.workspace.manifest import Service
from apictl.workspace.reading import read_service

OPENAPI = """
openapi: 3.1.0
info: {title: Shop, version: 1.0.0}
paths: {/items: {get: {operationId: list, responses: {'200': {description: ok, content: {application/json: {schema:
  {$ref: 'common.yaml#/Item'}}}}}}}}
"""
ASYNCAPI = """
asyncapi: 2.6.0
info: {title: Shop, version: 1.0.0}
channels: {items: {publish: {operationId: hear, message: {name: item, payload: {$ref: 'common.yaml#/Item'}}}}}
"""
COMMON = "Item: {type: object, properties: {name: {type: string}}}"


def library(asyncapi: str = ASYNCAPI) -> Library:
    """Return the documents of one service."""
    documents = {"openapi.yaml": OPENAPI, "asyncapi.yaml": asyncapi, "common.yaml": COMMON}
    return Library(lambda path: documents[path].encode())


def test_both_documents_share_their_definitions() -> None:
    reading = read_service(library(), Service("shop", openapi="openapi.yaml", asyncapi="asyncapi.yaml"))

    assert reading.contract is not None, reading.findings
    assert [*reading.contract.definitions] == ["Item"]
    assert [each.id for each in reading.contract.operations] == ["list"]
    assert reading.contract.events is not None
    assert [each.id for each in reading.contract.events.operations] == ["hear"]


def test_perspective_of_the_manifest_turns_a_document_round() -> None:
    own = read_service(library(), Service("shop", asyncapi="asyncapi.yaml"))
    others = read_service(library(), Service("shop", asyncapi="asyncapi.yaml", perspective="client"))

    directions = [
        operation.direction.value
        for reading in (own, others)
        if reading.contract is not None and reading.contract.events is not None
        for operation in reading.contract.events.operations
    ]
    assert directions == ["receive", "send"]


def test_document_of_requests_where_events_belong_is_refused() -> None:
    reading = read_service(library(OPENAPI), Service("shop", asyncapi="asyncapi.yaml"))

    assert reading.contract is None
    assert [(each.rule, each.place.path) for each in reading.findings] == [("language-unexpected", "asyncapi.yaml")]
