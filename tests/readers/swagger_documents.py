"""Reading Swagger 2.0 documents that stand in a test."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from apictl.contract.operation import MediaType, Operation, Parameter
from apictl.findings import Finding
from apictl.readers.read import read
from apictl.readers.reading import Reading
from apictl.source.library import DocumentMissing, Library
from apictl.workspace.locating import located
from tests.readers.documents import contract_of, read_tree

HEAD: Final = "swagger: '2.0'\ninfo: {title: Pets, version: '1'}\n"
DONE: Final = {"204": {"description": "Done."}}


def library_of(files: Mapping[str, str]) -> Library:
    """A workspace that holds *files*."""

    def fetch(name: str) -> bytes:
        if name not in files:
            raise DocumentMissing(name)
        return files[name].encode()

    return Library(fetch)


def told(text: str) -> list[tuple[str, int | None, int | None]]:
    """Rule, line and column of each finding about the document *text*."""
    library = library_of({"swagger.yaml": text})
    findings = read(library, "swagger.yaml", service="pets").findings
    return [_told(located(each, library)) for each in findings if each.rule != "operation-id-missing"]


def _told(finding: Finding) -> tuple[str, int | None, int | None]:
    return finding.rule, finding.place.line, finding.place.column


def document(operation: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """A document of which only what matters is given."""
    paths = {} if operation is None else {"/pets": {"post": {"responses": DONE, **operation}}}
    return {"swagger": "2.0", "info": {"title": "Pets", "version": "1"}, "paths": paths} | more


def operation_of(reading: Reading) -> Operation:
    """The only operation."""
    (operation,) = contract_of(reading).operations
    return operation


def parameter_of(**fields: Any) -> Parameter:
    """The parameter that has *fields*."""
    (parameter,) = operation_of(read_tree(document({"parameters": [fields]}))).parameters
    return parameter


def contents_of(reading: Reading) -> dict[str, MediaType]:
    """The representations of the only request body, by media type."""
    body = operation_of(reading).request_body
    assert body is not None
    return {content.name: content for content in body.contents}


def answers_of(reading: Reading, status: str = "200") -> dict[str, MediaType]:
    """The representations of the answer with *status*, by media type."""
    (response,) = (each for each in operation_of(reading).responses if each.status == status)
    return {content.name: content for content in response.contents}


def resolved(content: MediaType, reading: Reading) -> Any:
    """The definition that the schema of *content* refers to."""
    schema: Any = content.schema
    name = schema["$ref"].rpartition("/")[2]
    return contract_of(reading).definitions[name].schema
