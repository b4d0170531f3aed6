"""What is served of a Swagger 2.0 document is an OpenAPI 3.0 document of the same meaning."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV30SpecValidator

from apictl.readers.read import read
from apictl.rules.dials import Dials
from apictl.rules.walk import changes
from apictl.source.library import Library
from tests.corpus.documents import CORPUS, MISSING, swagger_documents
from tests.readers.documents import contract_of, read_tree

SPECIMEN = Path(__file__).parents[1] / "generated" / "specimens" / "swagger-2-0.yaml"
REAL = [
    pytest.param(one.path, id=one.service)
    for one in swagger_documents()
    if one.service != "slack-web"  # it has lists of schemas under `items`, which OpenAPI 3.0 has no word for
]


@pytest.mark.parametrize("path", [SPECIMEN, *REAL])
def test_what_is_served_means_the_same(path: Path) -> None:
    contract = contract_of(read(Library(lambda name: Path(name).read_bytes()), str(path), service="pets"))
    served: Any = json.loads(json.dumps(dict(contract.source)))

    again = contract_of(read_tree(served))

    assert served["openapi"] == "3.0.3"
    assert [operation.id for operation in again.operations] == [operation.id for operation in contract.operations]
    assert [change.rule for change in changes(contract, again, Dials())] == []


@pytest.mark.parametrize("path", [SPECIMEN, *REAL])
def test_what_is_served_is_valid(path: Path) -> None:
    contract = contract_of(read(Library(lambda name: Path(name).read_bytes()), str(path), service="pets"))

    assert OpenAPIV30SpecValidator(json.loads(json.dumps(dict(contract.source)))).is_valid()


@pytest.mark.skipif(not CORPUS.is_dir(), reason=MISSING)
def test_real_documents_are_there() -> None:
    assert len(REAL) == 2
