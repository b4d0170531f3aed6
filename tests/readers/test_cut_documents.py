"""A document that ends too early is refused, or means what its beginning says; it is never a crash."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from apictl.findings import is_refused
from apictl.readers.read import read
from apictl.source.library import Library
from apictl.workspace.locating import located
from tests.corpus.documents import CORPUS, MISSING

_FILES: Final = (
    "openapi/oai-3.0-petstore.yaml",
    "openapi/oai-3.1-tictactoe.yaml",
    "openapi/oai-3.0-uspto.yaml",
    "openapi/oai-3.0-callback-example.yaml",
    "openapi/xero-webhooks.yaml",
    "openapi/vonage-verify.yaml",
    "asyncapi/spec-streetlights-kafka.yaml",
    "asyncapi/spec26-gitter-streaming.yaml",
    "asyncapi/spec-kraken-websocket-request-reply-multiple-channels.yaml",
    "asyncapi/spec-rpc-server.yaml",
)


@pytest.mark.skipif(not CORPUS.is_dir(), reason=MISSING)
@pytest.mark.parametrize("file", _FILES)
@pytest.mark.parametrize("tenth", range(10))
def test_cut_document_is_told_at_a_line_that_is_there(file: str, tenth: int) -> None:  # B18
    raw = Path(CORPUS / file).read_bytes()
    raw = raw[: len(raw) * tenth // 10]
    library = Library(lambda _: raw)

    reading = read(library, file, service="cut")

    assert is_refused(reading.findings) == (reading.contract is None)
    lines = [located(finding, library).place.line or 0 for finding in reading.findings]
    assert all(1 <= line <= raw.count(b"\n") + 1 for line in lines)
