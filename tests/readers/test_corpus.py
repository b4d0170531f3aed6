"""Real documents: every reference of a contract leads to a definition, and every definition judges values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest
from jsonschema_rs import validator_map_for

from apictl.contract.contract import Contract
from apictl.contract.operation import Operation
from apictl.contract.schema import Schema, referenced_names
from apictl.readers.read import read
from apictl.source.library import Library
from tests.corpus.documents import CORPUS, MISSING, openapi_documents, swagger_documents

LARGEST_BYTES: Final = 400_000


def schemas_of(operation: Operation) -> Iterator[Schema]:
    for parameter in operation.parameters:
        yield parameter.schema
    bodies = [operation.request_body.contents] if operation.request_body else []
    for response in operation.responses:
        bodies.append(response.contents)
        yield from (header.schema for header in response.headers)
    yield from (media.schema for contents in bodies for media in contents if media.schema is not None)
    yield from (media.item_schema for contents in bodies for media in contents if media.item_schema is not None)
    for callback in operation.callbacks:
        for below in callback.operations:
            yield from schemas_of(below)


@pytest.mark.skipif(not CORPUS.is_dir(), reason=MISSING)
@pytest.mark.parametrize("file", [one.file for one in (*openapi_documents(LARGEST_BYTES), *swagger_documents())])
def test_contract_of_a_real_document_is_whole(file: str) -> None:
    contract = read(Library(lambda path: (CORPUS / path).read_bytes()), file, service="corpus").contract
    if contract is None:
        pytest.skip("refused, as openapi-spec-validator refuses it")

    used = {name for schema in all_schemas(contract) for name in referenced_names(schema)}

    assert used <= contract.definitions.keys()
    definitions: dict[str, Any] = {name: definition.schema for name, definition in contract.definitions.items()}
    assert len(validator_map_for({"$defs": definitions})) > len(definitions)


def all_schemas(contract: Contract) -> Iterator[Schema]:
    yield from (definition.schema for definition in contract.definitions.values())
    for operation in (*contract.operations, *contract.webhooks):
        yield from schemas_of(operation)
